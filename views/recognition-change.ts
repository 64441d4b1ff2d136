/** What staff are told of a change to points, badges or achievements, and what the audit channel shows of it. */

import type { Delivery } from '../domain/delivery.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { createdAt, type InteractionId, type MemberId } from '../domain/ids.ts';
import { pointsText, QUALITY, type RecognitionSettings } from '../domain/recognition.ts';
import {
  actionsForStaff,
  badgesForStaff,
  type ChangeOutcome,
  type ChangeRefusal,
  type RecognitionChange,
  type ReversibleEntry,
} from '../domain/recognition-change.ts';
import { COLORS } from './colors.ts';
import type { MarkedMessage } from './marked-message.ts';
import { whatFor } from './points-history.ts';
import { cut, mention } from './text.ts';

/** A change that has been made, as the audit channel shows it. */
export interface AuditedChange {
  readonly interactionId: InteractionId;
  readonly staffId: Parameters<typeof mention>[0];
  readonly change: RecognitionChange;
  readonly reason: string;
  readonly outcome: Extract<ChangeOutcome, { kind: 'done' }>;
}

const TITLES: Readonly<Record<RecognitionChange['kind'], string>> = {
  award: 'Points awarded',
  'award action': 'Points awarded',
  revoke: 'Points revoked',
  reverse: 'Entry reversed',
  'give badge': 'Badge given',
  'give achievement': 'Achievement given',
};

/** Who has changed what, and why. It names people, and notifies nobody. */
export function auditMessage(
  { interactionId, staffId, change, reason, outcome }: AuditedChange,
  settings: RecognitionSettings,
  mark: string,
  link: string,
): MarkedMessage {
  const lines = [
    `${mention(staffId)} → ${mention(outcome.memberId)}`,
    whatChanged(change, outcome, settings),
    ...reason.split('\n').map((line) => `> ${line}`),
  ];
  const embed = {
    title: TITLES[change.kind],
    url: `${link}#${mark}`,
    color: takes(outcome) ? COLORS.red : COLORS.gold,
    description: lines.join('\n'),
    timestamp: new Date(createdAt(interactionId)).toISOString(),
    ...(outcome.entry !== undefined && { footer: { text: `Entry ${outcome.entry.id}` } }),
  };
  return { marker: mark, body: { embeds: [embed], allowed_mentions: { parse: [] } } };
}

/** What came of a change, for whoever asked for it. */
export function changeAnswer(
  change: RecognitionChange,
  outcome: ChangeOutcome,
  settings: RecognitionSettings,
): string {
  if (outcome.kind === 'refused') return refusalAnswer(outcome.why, settings);
  const { memberId, total } = outcome;
  return `${mention(memberId)}: ${whatChanged(change, outcome, settings)}. All points now: **${pointsText(total)}**.`;
}

/** How an entry is called that staff can choose to take back: `#12: +5 to Ada, helpful answer, 2026-11-22 14:05 UTC`. */
export function entryChoice(
  { id, memberId, tenths, at, ...entry }: ReversibleEntry,
  names: ReadonlyMap<MemberId, string>,
  settings: RecognitionSettings,
): string {
  const what = whatFor({ ...entry, reverses: null }, settings);
  const when = new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
  const name = names.get(memberId) ?? `member ${memberId}`;
  const points = `${tenths > 0 ? '+' : ''}${pointsText(tenths)}`;
  return cut(`#${id}: ${points} to ${name}, ${what}, ${when} UTC`, DISCORD_LIMITS.offeredName);
}

/** That a change was made, but the audit channel does not show it; or nothing, if it does. */
export function auditProblem(shown: Delivery, { auditChannel }: RecognitionSettings): string {
  if (shown.kind === 'sent') return '';
  const why = shown.kind === 'refused' ? shown.reason : shown.kind;
  return `\nIt could not be shown in #${auditChannel}: ${why}`;
}

/** Why a change was refused, and what would be taken. */
export function refusalAnswer(why: ChangeRefusal, settings: RecognitionSettings): string {
  return cut(`Nothing was changed: ${EXPLANATIONS[why](settings)}`, DISCORD_LIMITS.message);
}

const EXPLANATIONS: Readonly<Record<ChangeRefusal, (settings: RecognitionSettings) => string>> = {
  'no reason': () => 'the reason is empty. Say why in a few words.',
  'neither points nor action': () => 'say either how many points, or for which action.',
  'both points and action': () =>
    'say either how many points, or for which action: an action has its own points.',
  'not above zero': () => 'points must be above 0. To take points away, use `/recognition revoke`.',
  'too many decimals': () => 'points have at most one decimal, such as 2.5.',
  'too many points': ({ mostByStaff }) =>
    `at most ${mostByStaff} points can be given or taken at once (recognition.mostByStaff).`,
  'quality without action': () => 'a quality goes with an action, not with a number of points.',
  'quality out of range': () => `the quality goes from ${QUALITY.least} to ${QUALITY.most}.`,
  'unknown action': (settings) => `there is no such action. There are ${list(actionsForStaff(settings))}.`,
  'unknown badge': (settings) => `there is no such badge. ${badgesThereAre(settings)}`,
  'badge comes with points': (settings) => `this badge comes with points. ${badgesThereAre(settings)}`,
  'unknown achievement': ({ achievements }) =>
    `there is no such achievement. There are ${list(achievements.map(({ name }) => name))}.`,
  themselves: () => 'nobody changes their own points. Ask another of the staff.',
  'a bot': () => 'bots get no points.',
  'not in the guild': () => 'they are not in the guild.',
  'more than there is': () => 'they have fewer points than that.',
  'has it already': () => 'they have it already.',
  'no such entry': () => 'there is no such entry. `/recognition history` shows the numbers.',
  'already reversed': () => 'this entry was reversed already.',
  'is a reversal': () => 'this entry reverses another, and cannot be reversed itself. Award the points anew.',
  'no such request': () => 'the request was lost. Please type it again.',
};

function badgesThereAre(settings: RecognitionSettings): string {
  const badges = badgesForStaff(settings);
  return badges.length === 0
    ? 'None can be given: a badge that can has no `points` in the configuration.'
    : `These can be given: ${list(badges)}.`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function whatChanged(
  change: RecognitionChange,
  { entry }: Extract<ChangeOutcome, { kind: 'done' }>,
  { badges, achievements }: RecognitionSettings,
): string {
  const points = entry === undefined ? '' : pointsChange(entry);
  switch (change.kind) {
    case 'award':
    case 'revoke':
      return points;
    case 'award action':
      return `${points} for \`${change.action}\`${change.quality === undefined ? '' : `, quality ${change.quality}`}`;
    case 'reverse':
      return `${points}, which reverses entry ${change.entryId}`;
    case 'give badge':
      return `the badge ${labelOf(badges, change.badge)}`;
    case 'give achievement':
      return `the achievement ${labelOf(achievements, change.achievement)}${points === '' ? '' : `, ${points}`}`;
  }
}

function pointsChange({ id, tenths }: { readonly id: string; readonly tenths: number }): string {
  return `**${tenths > 0 ? '+' : ''}${pointsText(tenths)}** points (entry ${id})`;
}

function takes({ entry }: Extract<ChangeOutcome, { kind: 'done' }>): boolean {
  return entry !== undefined && entry.tenths < 0;
}

function labelOf(
  items: readonly { readonly name: string; readonly emoji: string; readonly label: string }[],
  name: string,
): string {
  const item = items.find((one) => one.name === name);
  return item === undefined ? name : `${item.emoji} **${item.label}**`;
}
