/** Why GraphQL requests fail. */

/** A document that is not understood, or asks for what there is not. */
export class GraphqlProblem extends Error {
  override readonly name = 'GraphqlProblem';
}

/** What cannot be answered, in the list of errors: its type is GitHub's. */
export class GraphqlRefusal extends Error {
  override readonly name = 'GraphqlRefusal';
  readonly type: 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE' | 'INSUFFICIENT_SCOPES' | 'ARGUMENT_LIMIT';

  constructor(type: GraphqlRefusal['type'], message: string) {
    super(message);
    this.type = type;
  }
}
