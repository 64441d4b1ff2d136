/** Messages in the guild's channels: what is kept of them, and which of them count. */

import type { Duration } from './duration.ts';

/** Which messages count, and how long is kept what is known of them. */
export interface ChannelSettings {
  /** How long after a message that counted the member's next can count. */
  readonly coolDown: Duration;
  /** How many characters a message must have. */
  readonly minimumLength: number;
  /** The names of channels in which messages do not count. */
  readonly excludedChannels: readonly string[];
  /** How long it is known who wrote when and where. */
  readonly keptFor: Duration;
  /** How far back is read what was missed. */
  readonly reach: Duration;
}
