/** Work that goes on beside the story of a workflow, one piece after the other, in the order in which it was given. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  add(work: () => Promise<unknown>): void {
    this.#last = this.#last.then(work);
    // A rejection that nobody has looked at would fail the workflow's task again and again: `finish` looks.
    this.#last.catch(() => undefined);
  }

  /** Waits for all of it. @throws what the first piece that failed has thrown */
  async finish(): Promise<void> {
    await this.#last;
  }
}
