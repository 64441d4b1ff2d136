/** What has begun and must not be cut off when the process ends. */
export class UnderWay {
  readonly #work = new Set<Promise<void>>();

  /** Notes `work` until it is over. Gives the same promise. */
  track(work: Promise<void>): Promise<void> {
    this.#work.add(work);
    const forget = () => void this.#work.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Waits for everything that has begun. Never throws: whoever began it hears of failures. */
  async finish(): Promise<void> {
    await Promise.allSettled(this.#work);
  }
}
