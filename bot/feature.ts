import type { ButtonInteraction, Client } from 'discord.js';
import type { BotContext } from './context.ts';

/** A feature's part in the bot. `features.ts` lists them. */
export interface BotFeature {
  /** Hears what happens in the guild. */
  listen(client: Client, context: BotContext): void;
  /** Takes a press of one of its buttons. Gives undefined if the button is not its own. */
  press?(interaction: ButtonInteraction, context: BotContext): Promise<void> | undefined;
}
