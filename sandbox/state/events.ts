/** What happens, told to whoever listens: the gateway's sessions and the viewers of the control API. */

import type { Snowflake } from 'discord-api-types/v10';
import type { Dispatch, InteractionState } from '../control/api.ts';

/** Whom a dispatch concerns. */
interface Audience {
  /** Null for what happens in direct messages or to the application. */
  guildId: Snowflake | null;
  /** The channel that one must see to be told. */
  channelId: Snowflake | null;
  /** The one member who sees it (an ephemeral message): bots are not told of it. */
  visibleTo: Snowflake | null;
  pinged: Snowflake[];
  /** An interaction is told to the application alone. */
  botOnly: boolean;
}

/** Something that Discord tells by a gateway dispatch. It is turned into JSON once, however many listen. */
export class DispatchEvent implements Audience {
  readonly dispatch: Dispatch;
  readonly guildId: Snowflake | null;
  readonly channelId: Snowflake | null;
  readonly visibleTo: Snowflake | null;
  readonly pinged: Snowflake[];
  readonly botOnly: boolean;
  #json: string | undefined;

  constructor(dispatch: Dispatch, audience: Partial<Audience>) {
    this.dispatch = dispatch;
    this.guildId = audience.guildId ?? null;
    this.channelId = audience.channelId ?? null;
    this.visibleTo = audience.visibleTo ?? null;
    this.pinged = audience.pinged ?? [];
    this.botOnly = audience.botOnly ?? false;
  }

  /** The dispatch's data as JSON. */
  get json(): string {
    this.#json ??= JSON.stringify(this.dispatch.d);
    return this.#json;
  }
}

/** What Discord's gateway does not tell, but a viewer of the page wants to see. */
export type SideEvent =
  | { kind: 'member'; userId: Snowflake }
  | { kind: 'commands' }
  | { kind: 'interaction'; interaction: InteractionState }
  | { kind: 'reset' };

type Listener<T> = (event: T) => void;

export class EventStream {
  readonly #dispatchListeners = new Set<Listener<DispatchEvent>>();
  readonly #sideListeners = new Set<Listener<SideEvent>>();
  #muted = false;

  /** Returns a function that ends the listening. */
  onDispatch(listener: Listener<DispatchEvent>): () => void {
    this.#dispatchListeners.add(listener);
    return () => this.#dispatchListeners.delete(listener);
  }

  /** Returns a function that ends the listening. */
  onSide(listener: Listener<SideEvent>): () => void {
    this.#sideListeners.add(listener);
    return () => this.#sideListeners.delete(listener);
  }

  dispatch(dispatch: Dispatch, to: Partial<Audience> = {}): void {
    if (this.#muted) return;
    const event = new DispatchEvent(dispatch, to);
    for (const listener of this.#dispatchListeners) listener(event);
  }

  side(event: SideEvent): void {
    if (this.#muted) return;
    for (const listener of this.#sideListeners) listener(event);
  }

  /** Does something without telling anybody, as if it had always been so. */
  quietly<T>(work: () => T): T {
    this.#muted = true;
    try {
      return work();
    } finally {
      this.#muted = false;
    }
  }
}
