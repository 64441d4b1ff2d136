/** Names with their ids. The first of a name wins. */
type Entries<Id> = readonly (readonly [name: string, id: Id])[];

/** The ids behind names, read once for all who ask, and kept. A reading that fails is not kept. */
export class IdsByName<Id extends string> {
  readonly #read: () => Promise<Entries<Id>>;
  #ids: Promise<ReadonlyMap<string, Id>> | undefined;
  /** The name of each id that was ever read. There are as many as a guild has ever had channels or roles in this process's time. */
  readonly #names = new Map<Id, string>();

  constructor(read: () => Promise<Entries<Id>>) {
    this.#read = read;
  }

  /** The id with this name, or undefined if there is none. Reads again if it is not known. */
  find(name: string): Promise<Id | undefined> {
    return this.#findUnless(name, undefined);
  }

  /** The id that the name of `dead` has now. Reads again if nobody has since `dead` died; undefined if there is none. */
  async replacementOf(dead: Id): Promise<Id | undefined> {
    const name = this.#names.get(dead);
    return name === undefined ? undefined : this.#findUnless(name, dead);
  }

  /** Forgets what was read. */
  forget(): void {
    this.#ids = undefined;
  }

  async #findUnless(name: string, dead: Id | undefined): Promise<Id | undefined> {
    const known = this.#known();
    const id = (await known).get(name);
    if (id !== undefined && id !== dead) return id;
    // Many may find this out at the same time: the first of them reads again.
    if (this.#ids === known) this.forget();
    const now = (await this.#known()).get(name);
    return now === dead ? undefined : now;
  }

  #known(): Promise<ReadonlyMap<string, Id>> {
    this.#ids ??= this.#readAll();
    return this.#ids;
  }

  #readAll(): Promise<ReadonlyMap<string, Id>> {
    const reading: Promise<ReadonlyMap<string, Id>> = this.#read().then(
      (entries) => {
        for (const [name, id] of entries) this.#names.set(id, name);
        return new Map([...entries].reverse());
      },
      (error) => {
        if (this.#ids === reading) this.forget();
        throw error;
      },
    );
    return reading;
  }
}
