/**
 * Work that goes on beside the story of a workflow. What fails is kept until somebody waits for it: a rejection that nobody
 * has looked at would fail the workflow's task again and again.
 */
export class UnderWay {
  readonly #work: Promise<PromiseSettledResult<void>>[] = [];

  begin(work: Promise<void>): void {
    this.#work.push(Promise.allSettled([work]).then(([result]) => result));
  }

  /** Waits for all of it. @throws what the first of it that failed has thrown */
  async finish(): Promise<void> {
    for (const result of await Promise.all(this.#work)) {
      if (result.status === 'rejected') throw result.reason;
    }
  }
}
