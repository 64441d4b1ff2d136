/** What is sent to Discord of the configuration: how long each text may become, and what is filled in. */

import { MEMBERS_PER_WELCOME } from '../domain/burst.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { EVENT_DESCRIPTION_LENGTH, EVENT_TITLE_LENGTH, PLACE_LENGTH } from '../domain/events.ts';
import { CHANNELS_PER_WELCOME } from '../domain/roles.ts';
import { fillTemplate } from '../domain/template.ts';
import { THANKS_REASON_LENGTH } from '../domain/thanks.ts';
import { REASON_LENGTH, TITLE_LENGTH } from '../domain/tutorials.ts';

const {
  message: MESSAGE,
  buttonLabel: BUTTON_LABEL,
  selectPlaceholder: SELECT_PLACEHOLDER,
  selectOption: SELECT_OPTION,
  formTitle: FORM_TITLE,
  formLabel: FORM_LABEL,
  embedTitle: EMBED_TITLE,
  embedDescription: EMBED_DESCRIPTION,
  embedFieldValue: EMBED_FIELD_VALUE,
} = DISCORD_LIMITS;
/** What is called so stands in titles and in pictures. */
const NAME = 40;
/** It stands below a title and a link in a list that goes into one embed. */
const LIST_ENTRY = 100;

/** What stands behind an embed's address in every message: `#` and the mark. */
const MARK = 1 + DISCORD_LIMITS.nonce;

/** What stands in a text for a member or channel: `<@…>` or `<#…>` around an id of at most 20 digits. */
const MENTION = `<@${'0'.repeat(20)}>`;

/** What stands below a personal welcome: an empty line, and its channels with a space after each. */
const CHANNELS_BELOW = 2 + CHANNELS_PER_WELCOME * (MENTION.length + 1);

/** What stands below announced thanks: what they are for, each line behind a mark. */
const THANKS_REASON = 3 + THANKS_REASON_LENGTH;

/** The longest form of what is filled in beside channels and links. */
const LONGEST = {
  member: MENTION,
  giver: MENTION,
  members: Array.from({ length: MEMBERS_PER_WELCOME }, () => MENTION).join(', '),
  joins: '100000',
  name: 'x'.repeat(NAME),
  description: 'x'.repeat(SELECT_OPTION),
  // GitHub's own limits, and Discord's form of a day.
  login: 'x'.repeat(39),
  code: 'XXXX-XXXX',
  address: 'x'.repeat(100),
  since: '<t:0000000000:D>',
  // What members write is shown as it was written: each character may need another before it.
  title: 'x'.repeat(2 * TITLE_LENGTH),
  reason: 'x'.repeat(2 * REASON_LENGTH),
  most: '100',
  completions: '100000',
  percent: '100',
  kind: 'x'.repeat(NAME),
  host: MENTION,
  // A moment as Discord shows it to each in their own time, and how far away that is.
  when: '<t:0000000000:F> (<t:0000000000:R>)',
  until: '<t:0000000000:F>',
  place: 'x'.repeat(PLACE_LENGTH),
  platform: 'LinkedIn',
  within: '365 days',
  score: '0.99',
  // Why a platform would not take something, cut to this.
  failure: 'x'.repeat(500),
} as const;
type Value = keyof typeof LONGEST;

/** How long a text may become, and what is filled in. */
export interface TextRule {
  readonly limit: number;
  /** The values that stand in it beside channels and links. Without them it is said as it stands, or is an address. */
  readonly fills?: readonly Value[];
  /** It is an address, which may come from a link. */
  readonly isAddress?: boolean;
}

const said = (limit: number): TextRule => ({ limit });
const filled = (limit: number, ...fills: Value[]): TextRule => ({ limit, fills });
const ADDRESS: TextRule = { limit: DISCORD_LIMITS.embedUrl - MARK, isAddress: true };

/** The texts of an embed below the key `Place`. */
function embedTexts<const Place extends string, const Values extends Value[]>(
  place: Place,
  ...values: Values
) {
  return {
    [`${place}.embed.title`]: filled(EMBED_TITLE, ...values),
    [`${place}.embed.link`]: ADDRESS,
    [`${place}.embed.description`]: filled(EMBED_DESCRIPTION, ...values),
    [`${place}.embed.fields.name`]: filled(EMBED_TITLE, ...values),
    [`${place}.embed.fields.value`]: filled(EMBED_FIELD_VALUE, ...values),
  } as Record<`${Place}.embed.${'title' | 'link' | 'description' | `fields.${'name' | 'value'}`}`, TextRule>;
}

/** Each text by its key. */
export const TEXTS = {
  'answers.tryAgain': said(MESSAGE),
  'answers.takesLonger': said(MESSAGE),
  'answers.outdated': said(MESSAGE),
  'answers.staffOnly': said(MESSAGE),
  'onboarding.stopButton': said(BUTTON_LABEL),
  'onboarding.stopped': said(MESSAGE),
  'onboarding.alreadyOver': said(MESSAGE),
  'onboarding.steps.text': filled(MESSAGE, 'member'),
  ...embedTexts('onboarding.steps', 'member'),
  'onboarding.variants.steps.text': filled(MESSAGE, 'member'),
  'onboarding.burst.text': filled(MESSAGE, 'members'),
  ...embedTexts('onboarding.burst'),
  'onboarding.burst.raid.title': said(EMBED_TITLE),
  'onboarding.burst.raid.link': ADDRESS,
  'onboarding.burst.raid.began': filled(EMBED_DESCRIPTION, 'joins'),
  'onboarding.burst.raid.over': filled(EMBED_DESCRIPTION, 'joins'),
  'onboarding.closedDms.text': filled(MESSAGE, 'member'),
  'onboarding.closedDms.title': said(EMBED_TITLE),
  'onboarding.closedDms.link': ADDRESS,
  'roles.placeholder': said(SELECT_PLACEHOLDER),
  'roles.notOffered': said(MESSAGE),
  'roles.incomplete': said(MESSAGE),
  'roles.notMember': said(MESSAGE),
  'roles.kinds.label': said(SELECT_OPTION),
  'roles.kinds.description': said(SELECT_OPTION),
  'roles.kinds.welcome.title': said(EMBED_TITLE),
  'roles.kinds.welcome.text': filled(EMBED_DESCRIPTION - CHANNELS_BELOW),
  'roles.panel.title': said(EMBED_TITLE),
  'roles.panel.text': filled(EMBED_DESCRIPTION),
  'topics.label': said(BUTTON_LABEL),
  'topics.answer': filled(MESSAGE),
  'recognition.badges.label': said(NAME),
  'recognition.badges.description': said(SELECT_OPTION),
  'recognition.achievements.label': said(NAME),
  'recognition.achievements.description': said(SELECT_OPTION),
  'recognition.announcements.link': ADDRESS,
  'recognition.announcements.badge': filled(EMBED_DESCRIPTION, 'member', 'name', 'description'),
  'recognition.announcements.achievement': filled(EMBED_DESCRIPTION, 'member', 'name', 'description'),
  'recognition.thanks.announced': filled(MESSAGE - THANKS_REASON, 'member', 'giver'),
  'recognition.thanks.answers.thanked': filled(MESSAGE, 'member'),
  'recognition.thanks.answers.limitReached': filled(MESSAGE, 'member'),
  'recognition.thanks.answers.oneself': said(MESSAGE),
  'recognition.thanks.answers.bot': said(MESSAGE),
  'recognition.thanks.answers.notMember': filled(MESSAGE, 'member'),
  'recognition.privacy.shown': said(MESSAGE),
  'recognition.privacy.hidden': said(MESSAGE),
  'recognition.leaderboards.link': ADDRESS,
  'recognition.leaderboards.boards.title': said(NAME),
  'recognition.leaderboards.winners.title': said(EMBED_TITLE),
  'recognition.leaderboards.winners.text': filled(EMBED_DESCRIPTION, 'members'),
  'recognition.contributions.linking.title': said(EMBED_TITLE),
  'recognition.contributions.linking.link': ADDRESS,
  'recognition.contributions.linking.open': filled(MESSAGE, 'code', 'address'),
  'recognition.contributions.linking.linked': filled(EMBED_DESCRIPTION, 'login'),
  'recognition.contributions.linking.taken': filled(EMBED_DESCRIPTION, 'login'),
  'recognition.contributions.linking.alreadyLinked': filled(MESSAGE, 'login'),
  'recognition.contributions.linking.denied': filled(EMBED_DESCRIPTION),
  'recognition.contributions.linking.expired': filled(EMBED_DESCRIPTION),
  'recognition.contributions.linking.off': said(MESSAGE),
  'recognition.contributions.linking.shown': filled(MESSAGE, 'login', 'since'),
  'recognition.contributions.linking.removed': filled(MESSAGE, 'login'),
  'recognition.contributions.linking.notLinked': filled(MESSAGE),
  'recognition.tutorials.link': ADDRESS,
  'recognition.tutorials.doneButton': said(BUTTON_LABEL),
  'recognition.tutorials.undoButton': said(BUTTON_LABEL),
  'recognition.tutorials.texts.submitted': filled(MESSAGE, 'title'),
  'recognition.tutorials.texts.badLink': said(MESSAGE),
  'recognition.tutorials.texts.badTitle': said(MESSAGE),
  'recognition.tutorials.texts.thereAlready': filled(MESSAGE, 'title', 'member'),
  'recognition.tutorials.texts.tooManyWaiting': filled(MESSAGE, 'most'),
  'recognition.tutorials.texts.published': filled(MESSAGE, 'member'),
  'recognition.tutorials.texts.completions': filled(EMBED_TITLE, 'completions'),
  'recognition.tutorials.texts.done': filled(MESSAGE, 'title'),
  'recognition.tutorials.texts.doneAlready': filled(MESSAGE, 'title'),
  'recognition.tutorials.texts.undone': filled(MESSAGE, 'title'),
  'recognition.tutorials.texts.ownTutorial': said(MESSAGE),
  'recognition.tutorials.texts.declined': filled(EMBED_DESCRIPTION, 'title', 'reason'),
  'recognition.tutorials.texts.expired': filled(EMBED_DESCRIPTION, 'title'),
  'recognition.tutorials.texts.removed': filled(MESSAGE),
  'recognition.tutorials.texts.takenOff': filled(EMBED_DESCRIPTION, 'title', 'reason'),
  'recognition.tutorials.texts.listTitle': said(EMBED_TITLE),
  'recognition.tutorials.texts.listEntry': filled(LIST_ENTRY, 'member', 'completions', 'percent'),
  'recognition.tutorials.texts.listEmpty': filled(EMBED_DESCRIPTION),
  'events.link': ADDRESS,
  'events.kinds.label': said(NAME),
  'events.feedback.form.title': said(FORM_TITLE),
  'events.feedback.form.choose': said(SELECT_PLACEHOLDER),
  'events.feedback.form.overall': said(FORM_LABEL),
  'events.feedback.form.content': said(FORM_LABEL),
  'events.feedback.form.engagement': said(FORM_LABEL),
  'events.feedback.form.improvements': said(FORM_LABEL),
  'events.feedback.form.topics': said(FORM_LABEL),
  'events.feedback.answers.noted': filled(MESSAGE, 'title', 'until'),
  'events.feedback.answers.changed': filled(MESSAGE, 'title', 'until'),
  'events.feedback.answers.notYet': filled(MESSAGE, 'title'),
  'events.feedback.answers.closed': filled(MESSAGE, 'title'),
  'events.feedback.answers.notThere': filled(MESSAGE, 'title'),
  'events.feedback.answers.ownEvent': filled(MESSAGE, 'title'),
  'events.feedback.answers.notRated': said(MESSAGE),
  'events.checkIn.done': filled(MESSAGE, 'title'),
  'events.checkIn.doneAlready': filled(MESSAGE, 'title'),
  'events.checkIn.tooEarly': filled(MESSAGE, 'title', 'when'),
  'events.checkIn.over': filled(MESSAGE, 'title'),
  'events.checkIn.cancelled': filled(MESSAGE, 'title'),
  'events.checkIn.notNeeded': filled(MESSAGE, 'title', 'place'),
  'events.morning.title': said(EMBED_TITLE),
  'events.texts.announced': filled(MESSAGE, 'title', 'kind', 'host'),
  'events.texts.reminder': filled(MESSAGE, 'title', 'when', 'place'),
  'events.texts.begun': filled(MESSAGE, 'title', 'when', 'place'),
  'events.texts.moved': filled(MESSAGE, 'title', 'when', 'place'),
  'events.texts.cancelled': filled(MESSAGE, 'title', 'when'),
  'events.texts.movedUp': filled(MESSAGE, 'title', 'when', 'place'),
  'events.texts.thanks': filled(MESSAGE, 'title'),
  'events.texts.feedbackReminder': filled(MESSAGE, 'title', 'until'),
  'workshops.slots.title': said(EVENT_TITLE_LENGTH),
  'workshops.slots.description': said(EVENT_DESCRIPTION_LENGTH),
  'distribution.link': ADDRESS,
  'distribution.texts.crossPost': filled(EMBED_DESCRIPTION, 'title'),
  'distribution.texts.failed': filled(EMBED_DESCRIPTION, 'title', 'platform', 'failure'),
  'distribution.texts.accountExpired': filled(EMBED_DESCRIPTION, 'platform', 'failure'),
  'distribution.texts.abandoned': filled(EMBED_DESCRIPTION, 'title', 'platform', 'within'),
  'engagement.texts.amplified': filled(EMBED_DESCRIPTION, 'title', 'platform', 'score'),
} as const satisfies Record<string, TextRule>;

export type TextKey = keyof typeof TEXTS;

/** The addresses that texts can name. */
export type Links = Readonly<Record<string, string>>;

/** A text of the configuration and the way to it. */
export interface PlacedText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every text in a part of the configuration, with the path to it. */
export function textsIn(value: unknown, path: readonly (string | number)[] = []): PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  return partsOf(value).flatMap(([key, part]) => textsIn(part, [...path, key]));
}

/** What a part of the configuration consists of, with the keys. */
export function partsOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The longest form that `text` can take. Length is counted in UTF-16 units, which is never less than what Discord counts. */
export function longestForm(text: string, links: Links): string {
  return fillTemplate(text, ({ kind, name }) => {
    // A channel that was deleted is written as its name.
    if (kind === 'channel') return `#${name}`.padEnd(MENTION.length);
    return (LONGEST as Readonly<Record<string, string>>)[name] ?? links[name] ?? '';
  });
}
