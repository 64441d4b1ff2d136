/** What staff read of a post that does much better than usual: why, and what is done with it. */

import type { APIEmbedField } from 'discord-api-types/v10';
import type {
  AmplificationEvidence,
  AmplificationSteps,
  FollowUpOutcome,
  PlatformEvidence,
} from '../domain/amplification.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { toDuration } from '../domain/duration.ts';
import { INTERACTIONS, METRIC_LABELS } from '../domain/engagement.ts';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../domain/platforms.ts';
import type { PostState } from '../domain/posts.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, cut, fill, type TextContext, timestamp } from './text.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A reason comes from Discord, and may be long. */
const REASON_LENGTH = 300;

/** How a score is to be read. */
const SCORE_EXPLANATION =
  'A score of 0.5 is as usual on that platform at that age, 0.8 is four times as much.';

/** A post that does well, as it is shown. */
export interface AmplifiedPost {
  readonly title: string;
  readonly evidence: AmplificationEvidence;
  readonly urls: Readonly<Partial<Record<Platform, string>>>;
  /** The platforms on which there was too little to compare it with, or it was read too late. */
  readonly unscored: readonly Platform[];
  /** Those that give no interaction that counts. */
  readonly uncounted: readonly Platform[];
  /** Of the post that follows it up; null: there is none. */
  readonly followUpState: PostState | null;
}

/** What the message is made of beside that. */
interface Texts {
  /** Of the configuration. */
  readonly text: string;
  /** The address behind the headline. */
  readonly link: string;
  /** Where proposals are approved. */
  readonly approvalChannel: string;
  readonly context: TextContext;
}

/** That a post does much better than usual, with what that rests on and what was done so far. */
export function amplificationMessage(
  post: AmplifiedPost,
  steps: AmplificationSteps,
  mark: string,
  { text, link, approvalChannel, context }: Texts,
): MarkedMessage {
  const [best] = post.evidence;
  const values = {
    title: asWritten(post.title),
    platform: best === undefined ? '' : PLATFORM_LABELS[best.platform],
    score: best === undefined ? '' : scoreText(best.score),
  };
  const template = { title: 'A post does well', description: text, color: 'gold', link, fields: [] } as const;
  const embed = markedEmbed(template, mark, { ...context, values: { ...context.values, ...values } });
  const description = [embed.description, '', ...evidenceLines(post), '', SCORE_EXPLANATION].join('\n');
  const approval = fill(`{#${approvalChannel}}`, context);
  return {
    marker: mark,
    body: {
      embeds: [
        {
          ...embed,
          description: cut(description, DISCORD_LIMITS.embedDescription),
          fields: [pinField(steps), followUpField(steps, post, approval)].filter(
            (field) => field !== undefined,
          ),
        },
      ],
      allowed_mentions: { parse: [] },
    },
  };
}

/** A score to two places. */
export function scoreText(score: number): string {
  return score.toFixed(2);
}

/** How old a post was: `24 h`, `3 days`. */
export function ageText(ageMs: number): string {
  if (ageMs > DAY_MS && ageMs % DAY_MS === 0) return `${ageMs / DAY_MS} days`;
  return ageMs % HOUR_MS === 0 ? `${ageMs / HOUR_MS} h` : toDuration(ageMs);
}

/** The platforms with a score, the highest first; then the others on which it is published. */
function evidenceLines(post: AmplifiedPost): string[] {
  const { evidence, urls } = post;
  const scored = evidence.map((one) => `${nameOn(one.platform, urls)} ${evidenceText(one)}`);
  const others = PLATFORMS.filter(
    (platform) => urls[platform] !== undefined && evidence.every((one) => one.platform !== platform),
  );
  return [
    ...scored,
    ...others.map((platform) => `${nameOn(platform, urls)}: no score, ${whyUnscored(platform, post)}`),
  ];
}

function whyUnscored(platform: Platform, { unscored, uncounted }: AmplifiedPost): string {
  if (uncounted.includes(platform)) return 'it gives no interactions that count';
  return unscored.includes(platform)
    ? 'there is too little to compare it with, or it was read too late'
    : 'nothing was read yet';
}

function nameOn(platform: Platform, urls: AmplifiedPost['urls']): string {
  const url = urls[platform];
  return url === undefined
    ? `**${PLATFORM_LABELS[platform]}**`
    : `**[${PLATFORM_LABELS[platform]}](${url})**`;
}

/** What a score rests on, in a sentence that goes on behind the platform's name. */
function evidenceText({
  ageMs,
  interactions,
  weighted,
  usual,
  comparedWith,
  score,
}: PlatformEvidence): string {
  const known = INTERACTIONS.flatMap((name) => {
    const count = interactions[name];
    return count === undefined ? [] : [{ name: METRIC_LABELS[name].toLowerCase(), count }];
  });
  const sum = known.reduce((total, { count }) => total + count, 0);
  const parts = known.map(({ name, count }) => `${name} ${numberText(count)}`).join(', ');
  const what = `${numberText(sum)} ${sum === 1 ? 'interaction' : 'interactions'} (${parts})`;
  const rest = `as they count ${numberText(weighted)}; usual ${numberText(usual)} (median of ${comparedWith} posts)`;
  return `after ${ageText(ageMs)}: ${what}, ${rest}: score **${scoreText(score)}**`;
}

function numberText(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Undefined: pinning is switched off, or has not been tried yet. */
function pinField({ pin, unpin }: AmplificationSteps): APIEmbedField | undefined {
  if (pin === undefined) return undefined;
  return { name: 'On Discord', value: unpin === undefined ? pinText(pin) : unpinText(unpin) };
}

function pinText(pin: NonNullable<AmplificationSteps['pin']>): string {
  switch (pin.kind) {
    case 'pinned':
      return pin.until === undefined ? 'Pinned.' : `Pinned until ${timestamp(pin.until, 'f')}.`;
    case 'pinned already':
      return 'It was pinned already, and stays so: whoever has pinned it decides for how long.';
    case 'not on Discord':
      return 'It is not published there, so nothing is pinned.';
    case 'deleted':
      return 'Not pinned: the message was deleted.';
    case 'too many pins':
      return 'Not pinned: the channel has as many pins as Discord allows. Take one away, and pin it by hand.';
    case 'refused':
      return `Not pinned: ${cut(pin.reason, REASON_LENGTH)}.`;
  }
}

function unpinText(unpin: NonNullable<AmplificationSteps['unpin']>): string {
  switch (unpin.kind) {
    case 'unpinned':
      return 'It was pinned, and is not any more.';
    case 'deleted':
      return 'It was pinned; the message was deleted since.';
    case 'refused':
      return `It is still pinned: ${cut(unpin.reason, REASON_LENGTH)}. Take the pin away by hand.`;
  }
}

/** Undefined: follow-ups are switched off, or none has been tried yet. */
function followUpField(
  { followUp }: AmplificationSteps,
  { followUpState }: AmplifiedPost,
  approval: string,
): APIEmbedField | undefined {
  if (followUp === undefined) return undefined;
  return { name: 'Follow-up', value: followUpText(followUp, followUpState, approval) };
}

function followUpText(followUp: FollowUpOutcome, state: PostState | null, approval: string): string {
  switch (followUp.kind) {
    case 'is one itself':
      return 'It is a follow-up itself: none is proposed of it.';
    case 'nowhere':
      return ['None is proposed.', ...leftOutText(followUp.leftOut)].join(' ');
    case 'proposed':
      return [
        `Proposed for ${labels(followUp.platforms)}: ${decisionText(state, approval)}.`,
        ...leftOutText(followUp.leftOut),
      ].join(' ');
  }
}

/** What became of a proposal by now: the message may be brought up to date days later. */
function decisionText(state: PostState | null, approval: string): string {
  switch (state) {
    case null:
    case 'proposed':
      return `it waits for approval in ${approval}`;
    case 'draft':
      return 'it was sent back';
    case 'scheduled':
    case 'publishing':
    case 'settled':
      return 'it was approved';
    case 'cancelled':
      return 'it was called off';
    case 'expired':
      return 'it was not approved in time';
  }
}

function leftOutText(platforms: readonly Platform[]): string[] {
  return platforms.length === 0
    ? []
    : [`Left out, since it could not be published there: ${labels(platforms)}.`];
}

function labels(platforms: readonly Platform[]): string {
  return platforms.map((platform) => PLATFORM_LABELS[platform]).join(', ');
}
