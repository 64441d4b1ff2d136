/** Members of whom something is remembered in this process: the latest ones, so that it takes no more memory than that. */
export class RecentMembers {
  readonly #limit: number;
  /** A set keeps the order in which its values were added. */
  readonly #ids = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(memberId: string): boolean {
    return this.#ids.has(memberId);
  }

  add(memberId: string): void {
    this.#ids.delete(memberId);
    this.#ids.add(memberId);
    const [oldest] = this.#ids;
    if (this.#ids.size > this.#limit && oldest !== undefined) this.#ids.delete(oldest);
  }

  /** Gives whether the member was among them. */
  delete(memberId: string): boolean {
    return this.#ids.delete(memberId);
  }
}
