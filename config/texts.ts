/** What is sent to Discord of the configuration: how long each text may become, and whether it is filled in. */

import { fillTemplate, placeholdersIn } from '../domain/template.ts';

/** Discord's limits ("Create Message", "Embed Limits", "Button Object"). */
const MESSAGE = 2_000;
const BUTTON_LABEL = 80;
const EMBED_URL = 2_048;
/** All texts of an embed together ("Embed Limits"). */
export const EMBED_TOTAL = 6_000;

/** What stands behind an embed's address in every message: `#` and the mark of 25 characters. */
const MARK = 26;

/** Each text by its key. Only steps have a member to greet and are filled in; the others are said as they stand. */
export const TEXTS = {
  'answers.tryAgain': { limit: MESSAGE, isFilledIn: false },
  'answers.takesLonger': { limit: MESSAGE, isFilledIn: false },
  'answers.outdated': { limit: MESSAGE, isFilledIn: false },
  'onboarding.stopButton': { limit: BUTTON_LABEL, isFilledIn: false },
  'onboarding.stopped': { limit: MESSAGE, isFilledIn: false },
  'onboarding.alreadyOver': { limit: MESSAGE, isFilledIn: false },
  'onboarding.steps.text': { limit: MESSAGE, isFilledIn: true },
  'onboarding.steps.embed.title': { limit: 256, isFilledIn: true },
  'onboarding.steps.embed.link': { limit: EMBED_URL - MARK, isFilledIn: true },
  'onboarding.steps.embed.description': { limit: 4_096, isFilledIn: true },
  'onboarding.steps.embed.fields.name': { limit: 256, isFilledIn: true },
  'onboarding.steps.embed.fields.value': { limit: 1_024, isFilledIn: true },
} as const;

export type TextKey = keyof typeof TEXTS;

/** A text of the configuration and the way to it. */
export interface PlacedText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every text in a part of the configuration, with the path to it. */
export function textsIn(value: unknown, path: readonly (string | number)[] = []): PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
  }
  return [];
}

/** A text that cannot stay as it is, and why. */
export interface TextProblem extends PlacedText {
  readonly message: string;
}

/** What stands in a text for a member or channel: `<@…>` or `<#…>` around an id of at most 20 digits. */
const MENTION = `<@${'0'.repeat(20)}>`;

/** What is wrong with the texts of a configuration with these `links`: placeholders, and lengths once they are filled in. */
export function problemsWithTexts(config: unknown, links: Readonly<Record<string, string>>): TextProblem[] {
  return textsIn(config).flatMap((placed) => {
    const rule = TEXTS[keyOf(placed.path) as TextKey] as (typeof TEXTS)[TextKey] | undefined;
    if (rule === undefined) return [];
    const messages = rule.isFilledIn ? unknownPlaceholders(placed.text, links) : anyPlaceholder(placed.text);
    const length = filledIn(placed.text, links).length;
    if (length > rule.limit) messages.push(tooLong(placed.text, length, rule.limit));
    return messages.map((message) => ({ ...placed, message }));
  });
}

/** Whether `texts`, which are those of one embed, are longer together than Discord takes. */
export function exceedEmbed(texts: readonly string[], links: Readonly<Record<string, string>>): boolean {
  return texts.reduce((total, text) => total + filledIn(text, links).length, 0) > EMBED_TOTAL;
}

/** The path without the places in lists: the same for every step. */
function keyOf(path: PlacedText['path']): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

function unknownPlaceholders(text: string, links: Readonly<Record<string, string>>): string[] {
  const known = ['member', ...Object.keys(links)];
  return placeholdersIn(text)
    .filter(({ kind, name }) => kind === 'value' && !known.includes(name))
    .map(({ name }) => {
      const expected = known.map((one) => `{${one}}`).join(', ');
      return `{${name}} stands for nothing: expected {#channel}, ${expected}`;
    });
}

function anyPlaceholder(text: string): string[] {
  return placeholdersIn(text).map(({ kind, name }) => {
    const written = kind === 'channel' ? `{#${name}}` : `{${name}}`;
    return `${written} is not filled in here, only in the steps of the onboarding: write the text without it`;
  });
}

/** The longest form that `text` can take. Length is counted in UTF-16 units, which is never less than what Discord counts. */
function filledIn(text: string, links: Readonly<Record<string, string>>): string {
  return fillTemplate(text, ({ kind, name }) => {
    // A channel that was deleted is written as its name.
    if (kind === 'channel') return `#${name}`.padEnd(MENTION.length);
    return name === 'member' ? MENTION : (links[name] ?? '');
  });
}

function tooLong(text: string, length: number, limit: number): string {
  const filled = placeholdersIn(text).length > 0 ? ' with its placeholders filled in' : '';
  return `is ${length} characters long${filled}, but Discord takes at most ${limit} here: shorten it`;
}
