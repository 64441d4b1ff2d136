/** Topics that interest members. */

import type { GuildId, MemberId } from './ids.ts';
import { ITEM_NAME } from './item-names.ts';

/** A topic of which members can say that it interests them. */
export interface Topic {
  readonly name: string;
  readonly label: string;
  readonly emoji?: string | undefined;
  /** Where to go for it: the answer to whoever presses. It may hold placeholders. */
  readonly answer: string;
}

/** That a member is interested in a topic. */
export interface InterestShown {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  /** The topic's name. */
  readonly topic: string;
}

const TOPIC_BUTTON = new RegExp(`^topics/(${ITEM_NAME})$`);

/** The `custom_id` of the button of the topic with this name. It is about whoever presses. */
export function topicButtonId(name: string): string {
  return `topics/${name}`;
}

/** The name of the topic whose button this is, or undefined if it is none. */
export function parseTopicButtonId(customId: string): string | undefined {
  return TOPIC_BUTTON.exec(customId)?.[1];
}
