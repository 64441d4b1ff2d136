import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Client,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { BotContext } from './context.ts';

/** What somebody has done, and by whose `custom_id` a feature knows that it is about one of its own. */
export type ComponentInteraction = ButtonInteraction | StringSelectMenuInteraction;

/** A slash command's part in the bot. What Discord is told of it is in `views/commands`. */
export interface CommandHandler {
  /** Answers the command. */
  run(interaction: ChatInputCommandInteraction, context: BotContext): Promise<void>;
  /** Offers values for the option that is being typed. */
  complete?(interaction: AutocompleteInteraction, context: BotContext): Promise<void>;
}

/** A feature's part in the bot. `features.ts` lists them. */
export interface BotFeature {
  /** Hears what happens in the guild. */
  listen?(client: Client, context: BotContext): void;
  /**
   * Works beside the connection: begins before it is made, and ends when `over` aborts, after having finished what it holds.
   * Never throws.
   */
  work?(client: Client, context: BotContext, over: AbortSignal): Promise<void>;
  /** Takes the use of one of its buttons or menus. Gives undefined if it is not its own. */
  use?(interaction: ComponentInteraction, context: BotContext): Promise<void> | undefined;
  /** Takes a form that it has opened and somebody has sent. Gives undefined if it is not its own. */
  submit?(interaction: ModalSubmitInteraction, context: BotContext): Promise<void> | undefined;
  /** Its slash commands by name. */
  readonly commands?: Readonly<Record<string, CommandHandler>>;
}
