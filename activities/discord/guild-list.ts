/** What a guild has a list of: its channels, or its roles. */
interface Listed {
  readonly id: string;
  readonly name: string;
}

/**
 * A list of a guild by names. It is read once and kept; read again when a name is not found or an id has turned out to be
 * dead. Whoever asks while it is read waits for the same reading.
 */
export class GuildList<Item extends Listed> {
  readonly #read: () => Promise<readonly Item[]>;
  /** Everything that was ever read, by its id: also what is dead by now. */
  readonly #seen = new Map<string, Item>();
  #items: Promise<readonly Item[]> | undefined;

  constructor(read: () => Promise<readonly Item[]>) {
    this.#read = read;
  }

  /** The first item with this name that fits, or undefined if there is none. */
  async find(name: string, fits: (item: Item) => boolean = () => true): Promise<Item | undefined> {
    const isWanted = (item: Item) => item.name === name && fits(item);
    const known = this.#current();
    const found = (await known).find(isWanted);
    if (found !== undefined) return found;
    this.#forget(known);
    return (await this.#current()).find(isWanted);
  }

  /** The item that now has the name of one that has turned out to be dead, or undefined if there is none or `dead` is none of ours. */
  async successorOf(dead: string, fits?: (item: Item) => boolean): Promise<Item | undefined> {
    const name = this.#seen.get(dead)?.name;
    if (name === undefined) return undefined;
    const known = this.#current();
    // Of many who meet the same dead id, one has the list read again.
    if ((await known).some(({ id }) => id === dead)) this.#forget(known);
    return this.find(name, (item) => item.id !== dead && (fits?.(item) ?? true));
  }

  /** Forgets what was read: something turned out to be dead. */
  forget(): void {
    this.#items = undefined;
  }

  /** Forgets `known`, unless it was forgotten and read again already. */
  #forget(known: Promise<readonly Item[]>): void {
    if (this.#items === known) this.forget();
  }

  #current(): Promise<readonly Item[]> {
    if (this.#items !== undefined) return this.#items;
    const items = this.#read();
    this.#items = items;
    items.then(
      (all) => {
        for (const item of all) this.#seen.set(item.id, item);
      },
      () => this.#forget(items),
    );
    return items;
  }
}
