/** What is remembered of an interaction while it can be answered, and of its outcome for a while after. */

import type {
  APIApplicationCommandOptionChoice,
  APIMessageInteractionMetadata,
  InteractionType,
  Snowflake,
} from 'discord-api-types/v10';
import type { ModalForm } from '../rules/components.ts';

export type FailureReason = 'no-answer' | 'no-answer-after-deferring' | 'bot-offline';

/** How far an interaction has come. Messages are kept by id: they may change or go. */
export type Progress =
  | { state: 'waiting' }
  | { state: 'deferred'; update: boolean; ephemeral: boolean }
  | { state: 'answered' }
  | { state: 'updated' }
  | { state: 'modal'; modal: ModalForm }
  | { state: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  | { state: 'failed'; reason: FailureReason };

export interface InteractionRecord {
  id: Snowflake;
  token: string;
  type: InteractionType;
  userId: Snowflake;
  channelId: Snowflake;
  /** The name of the command, or the custom id of component or modal. */
  name: string;
  /** The message that the component is on; a modal keeps that of the component that opened it. */
  sourceMessageId: Snowflake | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  answeredAt: number | null;
  progress: Progress;
  /** The message that `@original` means. */
  originalId: Snowflake | null;
  followUpIds: Snowflake[];
  modalOpen: boolean;
  /** How messages that come of it refer to it. */
  metadata: APIMessageInteractionMetadata;
}
