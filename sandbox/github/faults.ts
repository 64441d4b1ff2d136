/** Faults on demand: what the next requests get instead of their answer. */

export type GithubFault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: unknown;
    }
  /** The connection ends before anything is done. */
  | { readonly kind: 'drop-before' }
  /** What was asked is done, and the answer is lost. */
  | { readonly kind: 'drop-after' }
  /** Nothing is done, and nothing answered: the connection stays open until the client gives up. */
  | { readonly kind: 'time-out-before' }
  /** What was asked is done, and nothing answered. */
  | { readonly kind: 'time-out-after' };

export interface GithubFaultRule {
  /** What the path begins with: `/login/oauth/access_token`, `/api/v3/repos/tixl3d`. */
  readonly path: string;
  /** Of every method when absent. */
  readonly method?: string | undefined;
  /** Of GraphQL requests: the first field, such as `createDiscussion`. */
  readonly operation?: string | undefined;
  readonly times: number;
  /** It happens to each so many-th of those requests; to each of them when absent. */
  readonly every?: number | undefined;
  readonly fault: GithubFault;
}

/** What is known of a request: of its operation only when its body was read. */
export interface FaultTarget {
  readonly path: string;
  readonly method: string;
  readonly operation?: string | undefined;
}

export class GithubFaults {
  #rules: { rule: GithubFaultRule; seen: number; left: number }[] = [];

  set(rules: readonly GithubFaultRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, seen: 0, left: rule.times }));
  }

  /** The fault that applies to a request, which thereby counts. */
  take(target: FaultTarget): GithubFault | undefined {
    const candidates = this.#rules.filter(({ rule, left }) => left > 0 && applies(rule, target));
    for (const candidate of candidates) candidate.seen += 1;
    const found = candidates.find(({ rule, seen }) => seen % (rule.every ?? 1) === 0);
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule.fault;
  }
}

function applies({ path, method, operation }: GithubFaultRule, target: FaultTarget): boolean {
  return (
    target.path.startsWith(path) &&
    (method === undefined || method === target.method) &&
    operation === target.operation
  );
}
