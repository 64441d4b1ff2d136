/** What is written and who thanks whom in a run of chaos: drawn from a seed. */

import { type Random, seededRandom } from '../../sandbox/state/random.ts';
import { type Kill, planKills } from './plan.ts';

/** How much is to happen. */
export interface RecognitionChaosSize {
  readonly messages: number;
  readonly reactions: number;
  /** Within which time. */
  readonly seconds: number;
  readonly kills: number;
}

/** A message of the member with this number, in a channel; it repeats the one before of the same member, or is too short. */
export interface PlannedMessage {
  readonly writer: number;
  readonly channel: string;
  readonly content: string;
}

/** Somebody thanks for one of the messages that were written by then, which lies so far back: 0 is the newest, 1 the first. */
export interface PlannedThanks {
  readonly giver: number;
  readonly howFarBack: number;
}

/** What happens: messages in their order, after each some thanks; and at which times something is killed. */
export interface RecognitionPlan {
  readonly messages: readonly (PlannedMessage & { readonly thanks: readonly PlannedThanks[] })[];
  readonly kills: readonly Kill[];
}

const CHANNELS = ['general', 'help', 'showcase', 'learning', 'off-topic'] as const;
/** One of so many messages repeats one of a few that everybody writes, and one is too short to count. */
const REPEATED_ONE_OF = 5;
const SHORT_ONE_OF = 10;

/** Draws it. The same seed and size give the same. `members` is how many write and thank. */
export function planRecognitionChaos(
  seed: number,
  size: RecognitionChaosSize,
  members: number,
): RecognitionPlan {
  const random = seededRandom(seed);
  const thanksAfter = Array.from({ length: size.reactions }, () => random.below(size.messages)).sort(
    (one, other) => one - other,
  );
  let next = 0;
  const messages = Array.from({ length: size.messages }, (_, index) => {
    const thanks: PlannedThanks[] = [];
    for (; thanksAfter[next] === index; next += 1)
      thanks.push({ giver: random.below(members), howFarBack: random.fraction() ** 3 });
    return {
      writer: random.below(members),
      channel: random.pick(CHANNELS),
      content: drawContent(random, index),
      thanks,
    };
  });
  return { messages, kills: planKills(random, size, ['bot', 'postgres']) };
}

function drawContent(random: Random, index: number): string {
  if (random.below(SHORT_ONE_OF) === 0) return 'ok';
  return random.below(REPEATED_ONE_OF) === 0
    ? `Good ${random.pick(['morning', 'evening'])}`
    : `Message number ${index}`;
}
