/** Bursts: many members who join at about the same time. */

import type { Duration } from './duration.ts';
import type { EmbedTemplate } from './embed.ts';
import type { GuildId } from './ids.ts';

/** The part `burst` of the configuration's section `onboarding`. */
export interface BurstSettings {
  /** Who joins within this time after somebody was greeted is named in one welcome at its end. With 0s no raid is noticed. */
  readonly window: Duration;
  readonly text: string;
  readonly embed: EmbedTemplate;
  readonly raid: RaidSettings;
}

/** When so many join that it may be an attack. */
export interface RaidSettings {
  /** More joins than this within a window hold back the tips. */
  readonly above: number;
  /** Tips go on when it has been calm for this long. */
  readonly calm: Duration;
  /** Where staff are told. */
  readonly channel: string;
  readonly title: string;
  readonly link: string;
  readonly began: string;
  readonly over: string;
}

/** How a member who joins is greeted: by a welcome of their own, or in the one that names several. */
export type Greeting = 'alone' | 'gathered';

/** The time after a greeting in which those who join are gathered. They are counted, so that each has one welcome. */
export interface BurstWindow {
  readonly guildId: GuildId;
  readonly number: number;
}

/** A time with so many joins that tips are held back. */
export interface Raid {
  readonly guildId: GuildId;
  readonly number: number;
}

/** How many members one welcome names at most. Discord takes 100 mentions and 2,000 characters. */
export const MEMBERS_PER_WELCOME = 50;

/** The id of the workflow that sends the welcome of a window. */
export function burstId({ guildId, number }: BurstWindow): string {
  return `burst/${guildId}/${number}`;
}

/** The id of the workflow that watches over a raid. */
export function raidId({ guildId, number }: Raid): string {
  return `raid/${guildId}/${number}`;
}

/** What a guild's joins are counted by. Times in ms since 1970. */
export interface BurstState {
  /** The window of the last welcome. Once it is closed, nobody is added to its gathered welcome. */
  readonly window: { readonly number: number; readonly endsAt: number; readonly isClosed: boolean };
  /** How many have joined in it, with the one who was welcomed at once. */
  readonly joins: number;
  /** The last raid; number 0 if there was none. */
  readonly raid: { readonly number: number; readonly joins: number };
  /** Until when tips wait; long ago if they do not. */
  readonly tipsHeldUntil: number;
}

/** The rules of bursts, in ms. */
export interface BurstRules {
  readonly windowMs: number;
  /** More joins than this within a window are a raid. */
  readonly raidAbove: number;
  readonly calmMs: number;
}

/** Nobody has joined yet. */
export const NO_BURST: BurstState = {
  window: { number: 0, endsAt: 0, isClosed: true },
  joins: 0,
  raid: { number: 0, joins: 0 },
  tipsHeldUntil: 0,
};

/** What a join does. */
export interface CountedJoin {
  readonly state: BurstState;
  readonly greeting: Greeting;
  /** It is the first to be gathered in its window: somebody has to send that welcome. */
  readonly beginsGathering: boolean;
  /** It is the one too many: staff have to be told. */
  readonly beginsRaid: boolean;
}

/**
 * Counts a join at `now`. Whoever is counted late, because there is so much to do or the bot was away, is gathered with those
 * who are counted then; but a raid is over when nobody has joined for a while, however long it takes to count them all.
 *
 * @param joinedAt when the member joined indeed, in ms since 1970
 */
export function countJoin(
  state: BurstState,
  { now, joinedAt }: { readonly now: number; readonly joinedAt: number },
  rules: BurstRules,
): CountedJoin {
  const { window } = state;
  if (window.isClosed || now >= window.endsAt) {
    const next = { number: window.number + 1, endsAt: now + rules.windowMs, isClosed: false };
    return {
      state: { ...state, window: next, joins: 1, raid: countInRaid(state, now) },
      greeting: 'alone',
      beginsGathering: false,
      beginsRaid: false,
    };
  }
  const joins = state.joins + 1;
  const calmAt = joinedAt + rules.calmMs;
  const isRaid = joins > rules.raidAbove && now < calmAt;
  const beginsRaid = isRaid && now >= state.tipsHeldUntil;
  return {
    state: {
      ...state,
      joins,
      raid: beginsRaid ? { number: state.raid.number + 1, joins } : countInRaid(state, now),
      tipsHeldUntil: isRaid ? Math.max(state.tipsHeldUntil, calmAt) : state.tipsHeldUntil,
    },
    greeting: 'gathered',
    beginsGathering: joins === 2,
    beginsRaid,
  };
}

function countInRaid({ raid, tipsHeldUntil }: BurstState, now: number): BurstState['raid'] {
  return now < tipsHeldUntil ? { ...raid, joins: raid.joins + 1 } : raid;
}
