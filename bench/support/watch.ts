/** Looks on at a local Discord, so that nothing has to be asked again and again while time is taken. */

import type { APIMessage } from 'discord-api-types/v10';
import type { Dispatch } from '../../sandbox/control/api.ts';
import { watchLocalDiscord } from '../../sandbox/control/client.ts';
import type { BenchDiscord } from './scene.ts';

const GIVE_UP_MS = 60_000;

/** Calls `onDispatch` with whatever happens from now on. Gives the function that ends it. */
export async function watch(
  { url }: Pick<BenchDiscord, 'url'>,
  onDispatch: (dispatch: Dispatch) => void,
): Promise<() => void> {
  const view = await watchLocalDiscord({ url }, (message) => {
    if (message.kind === 'dispatch') onDispatch(message.dispatch);
  });
  return () => view.close();
}

/** When members were welcomed, as somebody sees it who looks at the guild's channels. */
export class WelcomeWatch {
  readonly #botId: string;
  #messages: { at: number; text: string }[] = [];
  #onMessage: () => void = () => undefined;
  #end: () => void = () => undefined;

  private constructor(botId: string) {
    this.#botId = botId;
  }

  static async on(discord: BenchDiscord): Promise<WelcomeWatch> {
    const { botId } = await discord.control.getSettings();
    const welcomes = new WelcomeWatch(botId);
    welcomes.#end = await watch(discord, (dispatch) => {
      if (dispatch.t === 'MESSAGE_CREATE' && dispatch.d.guild_id !== undefined) welcomes.#note(dispatch.d);
    });
    return welcomes;
  }

  /**
   * Waits until the bot has written a message that names the member. Gives when it was there, by `performance.now()`.
   *
   * @throws Error if it does not come
   */
  async untilWelcomed(memberId: string): Promise<number> {
    const late = setTimeout(() => this.#onMessage(), GIVE_UP_MS);
    const deadline = performance.now() + GIVE_UP_MS;
    try {
      while (performance.now() < deadline) {
        const welcome = this.#messages.find(({ text }) => text.includes(memberId));
        if (welcome !== undefined) return welcome.at;
        await new Promise<void>((resolve) => {
          this.#onMessage = resolve;
        });
      }
    } finally {
      clearTimeout(late);
    }
    throw new Error(`member ${memberId} was not welcomed within ${GIVE_UP_MS} ms`);
  }

  /** Forgets the messages so far. */
  forget(): void {
    this.#messages = [];
  }

  close(): void {
    this.#end();
  }

  #note(message: APIMessage): void {
    if (message.author.id !== this.#botId) return;
    this.#messages.push({ at: performance.now(), text: JSON.stringify(message) });
    this.#onMessage();
  }
}
