/** What a GraphQL request is answered: of all that there is, the fields that are asked for. */

import { NotValid } from './answers.ts';
import type { Field } from './graphql-document.ts';
import { GraphqlProblem, GraphqlRefusal } from './graphql-errors.ts';

/** Why one field is null. */
export interface FieldError {
  readonly type: string;
  readonly message: string;
  /** Where it stands in the answer: names, and places in a list. */
  readonly path: readonly (string | number)[];
}

/** An answer. What cannot be answered is null in it, and its reason stands among the errors; the rest is answered all the same. */
export class GraphqlAnswer {
  readonly errors: FieldError[] = [];

  /**
   * Of `value`, what the selection asks for. A part that is a function is called with the arguments of its field.
   * @throws GraphqlProblem for a field that there is not
   */
  select(
    value: unknown,
    fields: readonly Field[] | null,
    type: string,
    path: FieldError['path'] = [],
  ): unknown {
    if (isRefusal(value)) return this.#refused(value, path);
    if (Array.isArray(value))
      return value.map((one, index) => this.select(one, fields, type, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    if (fields === null) throw new GraphqlProblem(`Field must have selections (it returns ${type})`);
    const record = value as Readonly<Record<string, unknown>>;
    const wanted = fields.filter(({ on }) => on === null || on === record.__typename);
    return Object.fromEntries(
      wanted.map((field) => {
        const part = partOf(record, field, type);
        return [field.alias, this.select(part, field.fields, field.name, [...path, field.alias])];
      }),
    );
  }

  #refused(refusal: GraphqlRefusal | NotValid, path: FieldError['path']): null {
    this.errors.push({ ...toError(refusal), path });
    return null;
  }
}

/** A part of a record, or why there is none. @throws GraphqlProblem */
function partOf(record: Readonly<Record<string, unknown>>, { name, args }: Field, type: string): unknown {
  if (!(name in record)) throw new GraphqlProblem(`Field '${name}' doesn't exist on type '${type}'`);
  const part = record[name];
  if (typeof part !== 'function') return part;
  try {
    return part(args);
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

function isRefusal(value: unknown): value is GraphqlRefusal | NotValid {
  return value instanceof GraphqlRefusal || value instanceof NotValid;
}

function toError(refusal: GraphqlRefusal | NotValid): Omit<FieldError, 'path'> {
  if (refusal instanceof GraphqlRefusal) return { type: refusal.type, message: refusal.message };
  return { type: 'UNPROCESSABLE', message: refusal.errors.map(({ message }) => message).join(', ') };
}
