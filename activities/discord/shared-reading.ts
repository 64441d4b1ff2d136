/**
 * Something that many may want to read at the same moment, and that one request gives to all of them. Whoever asks gets a reading that
 * was begun after they have asked, never an older one.
 */
export class SharedReading<Of, Answer> {
  readonly #read: (of: Of) => Promise<Answer>;
  readonly #gather: () => Promise<unknown>;
  /** The reading that is under way, if any: it was begun before whoever asks now. */
  readonly #underWay = new Map<Of, Promise<unknown>>();
  /** The one after that, for all who ask meanwhile. */
  readonly #next = new Map<Of, Promise<Answer>>();

  /**
   * @param gather how long a reading waits for others to join it: where answers come at once, hardly anybody would share one, and a limit
   * on readings is used up by the first ones
   */
  constructor(read: (of: Of) => Promise<Answer>, gather: () => Promise<unknown> = async () => undefined) {
    this.#read = read;
    this.#gather = gather;
  }

  /** Reads, together with all others who wait for the same reading. @throws what the reading throws, to each of them */
  read(of: Of): Promise<Answer> {
    const joined = this.#next.get(of);
    if (joined !== undefined) return joined;
    const next = Promise.all([this.#underWay.get(of), this.#gather()]).then(() => {
      this.#next.delete(of);
      const reading = this.#read(of);
      this.#underWay.set(
        of,
        reading.catch(() => undefined),
      );
      return reading;
    });
    this.#next.set(of, next);
    return next;
  }
}
