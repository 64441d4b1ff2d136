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
  | { readonly kind: 'drop-after' };

export interface GithubFaultRule {
  /** What the path begins with: `/login/oauth/access_token`, `/api/v3/repos/tixl3d`. */
  readonly path: string;
  readonly times: number;
  readonly fault: GithubFault;
}

export class GithubFaults {
  #rules: { path: string; left: number; fault: GithubFault }[] = [];

  set(rules: readonly GithubFaultRule[]): void {
    this.#rules = rules.map(({ path, times, fault }) => ({ path, left: times, fault }));
  }

  /** The fault that applies to a request, which thereby counts. */
  take(path: string): GithubFault | undefined {
    const rule = this.#rules.find((candidate) => candidate.left > 0 && path.startsWith(candidate.path));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.fault;
  }
}
