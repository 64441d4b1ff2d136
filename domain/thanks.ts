/** Thanks of one member to another for a helpful answer: by a reaction, or by a command. */

import type { GuildId, InteractionId, MemberId, MessageId } from './ids.ts';

/** The configuration's section `recognition.thanks`. */
export interface ThanksSettings {
  readonly emoji: string;
  /** How many thanks of one member to another count in a day. */
  readonly dailyLimit: number;
  /** What everybody reads of thanks by the command. It may hold placeholders, as the answers may. */
  readonly announced: string;
  readonly answers: {
    readonly thanked: string;
    readonly limitReached: string;
    readonly oneself: string;
    readonly bot: string;
    readonly notMember: string;
  };
}

/** A reaction with which a member thanks whoever wrote the message. */
export interface ThanksReaction {
  readonly messageId: MessageId;
  readonly giverId: MemberId;
  /** When we heard of it, in ms since 1970: Discord does not say when somebody reacted. */
  readonly at: number;
}

/** Thanks of one member to another. */
export interface Thanks {
  readonly giverId: MemberId;
  readonly receiverId: MemberId;
  /** What made them, and only that: the same cause never counts twice. */
  readonly cause: string;
  /** In ms since 1970. It says for which day they count. */
  readonly at: number;
}

/** What becomes of thanks. */
export type ThanksOutcome = 'thanked' | 'oneself' | 'limit reached';

/** Thanks by the command `/thanks`. What they are for is somebody's words: it stays out of Temporal. */
export interface ThanksCommand {
  readonly guildId: GuildId;
  readonly interactionId: InteractionId;
  readonly giverId: MemberId;
  readonly receiverId: MemberId;
}

/** What becomes of the command. */
export type ThanksCommandOutcome = ThanksOutcome | 'a bot' | 'not in the guild';

/** How long it may be what the command thanks for. */
export const THANKS_REASON_LENGTH = 300;

/** The id of the workflow that carries out the command (design: "Identity"). */
export function thanksId({
  guildId,
  interactionId,
}: Pick<ThanksCommand, 'guildId' | 'interactionId'>): string {
  return `thanks/${guildId}/${interactionId}`;
}

/** What a reaction is in the ledger as a cause of points. */
export function thanksCause({ messageId, giverId }: Pick<ThanksReaction, 'messageId' | 'giverId'>): string {
  return `thanks/${messageId}/${giverId}`;
}
