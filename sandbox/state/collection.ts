/** A Map that remembers which records changed since they were last saved. */

import type { Snowflake } from 'discord-api-types/v10';

export class Collection<T> {
  readonly #records = new Map<string, T>();
  readonly #changed = new Set<string>();
  #onChange: () => void = () => {};

  /** Is called at each change, until the next call of `takeChanges` at least once. */
  onChange(callback: () => void): void {
    this.#onChange = callback;
  }

  get(id: Snowflake): T | undefined {
    return this.#records.get(id);
  }

  has(id: Snowflake): boolean {
    return this.#records.has(id);
  }

  /** Adds or replaces a record; also what to call after changing a record in place. */
  set(id: Snowflake, record: T): T {
    this.#records.set(id, record);
    this.#touch(id);
    return record;
  }

  delete(id: Snowflake): boolean {
    const existed = this.#records.delete(id);
    if (existed) this.#touch(id);
    return existed;
  }

  clear(): void {
    for (const id of this.#records.keys()) this.#changed.add(id);
    this.#records.clear();
    this.#onChange();
  }

  values(): IterableIterator<T> {
    return this.#records.values();
  }

  keys(): IterableIterator<string> {
    return this.#records.keys();
  }

  entries(): IterableIterator<[string, T]> {
    return this.#records.entries();
  }

  get size(): number {
    return this.#records.size;
  }

  /** Puts a saved record back without marking it as changed. */
  restore(id: Snowflake, record: T): void {
    this.#records.set(id, record);
  }

  /** What changed since the last call: the record, or undefined when it was deleted. */
  takeChanges(): [id: string, record: T | undefined][] {
    const changes = [...this.#changed].map((id): [string, T | undefined] => [id, this.#records.get(id)]);
    this.#changed.clear();
    return changes;
  }

  #touch(id: string): void {
    this.#changed.add(id);
    this.#onChange();
  }
}
