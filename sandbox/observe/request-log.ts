/** The log of requests to the bot's API: the newest ones in full, all of them counted. */

import type { Exchange, RequestEntry } from '../control/api.ts';

export interface RequestFilter {
  since?: number | undefined;
  route?: string | undefined;
  method?: string | undefined;
  status?: number | undefined;
  limit: number;
}

export class RequestLog {
  readonly #size: number;
  readonly #recordsExchanges: boolean;
  readonly #listeners = new Set<(entry: RequestEntry) => void>();
  #entries: RequestEntry[] = [];
  #counts = new Map<string, { method: string; route: string; status: number; count: number }>();
  #exchanges: Exchange[] = [];
  #lastId = 0;

  /** Keeps `size` entries, and whole exchanges only when told to. */
  constructor(size: number, recordsExchanges: boolean) {
    this.#size = size;
    this.#recordsExchanges = recordsExchanges;
  }

  get lastId(): number {
    return this.#lastId;
  }

  get recordsExchanges(): boolean {
    return this.#recordsExchanges;
  }

  add(entry: Omit<RequestEntry, 'id'>): void {
    const numbered = { id: ++this.#lastId, ...entry };
    this.#entries.push(numbered);
    // Thrown away in large pieces: shifting one by one would move the whole list each time.
    if (this.#entries.length > this.#size * 1.25) this.#entries = this.#entries.slice(-this.#size);
    const key = `${entry.method} ${entry.route} ${entry.status}`;
    const counted = this.#counts.get(key);
    if (counted !== undefined) counted.count++;
    else this.#counts.set(key, { method: entry.method, route: entry.route, status: entry.status, count: 1 });
    for (const listener of this.#listeners) listener(numbered);
  }

  addExchange(exchange: Exchange): void {
    if (this.#recordsExchanges) this.#exchanges.push(exchange);
  }

  exchanges(): Exchange[] {
    return this.#exchanges;
  }

  clearExchanges(): void {
    this.#exchanges = [];
  }

  /** Oldest first. */
  entries(filter: RequestFilter): RequestEntry[] {
    const found: RequestEntry[] = [];
    for (let index = this.#firstAfter(filter.since ?? 0); index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry !== undefined && matches(entry, filter)) found.push(entry);
      if (found.length >= filter.limit) break;
    }
    return found;
  }

  counts(): { method: string; route: string; status: number; count: number }[] {
    return [...this.#counts.values()];
  }

  clear(): void {
    this.#entries = [];
    this.#counts = new Map();
  }

  /** Returns a function that ends the listening. */
  onEntry(listener: (entry: RequestEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ids are consecutive, so the place of one is known. */
  #firstAfter(id: number): number {
    const first = this.#entries[0]?.id ?? 0;
    return Math.max(0, id - first + 1);
  }
}

function matches(entry: RequestEntry, filter: RequestFilter): boolean {
  return (
    (filter.route === undefined || entry.route === filter.route) &&
    (filter.method === undefined || entry.method === filter.method) &&
    (filter.status === undefined || entry.status === filter.status)
  );
}
