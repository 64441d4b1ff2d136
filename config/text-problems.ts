/** What is wrong with the texts of a configuration: placeholders that stand for nothing, and texts that become too long. */

import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { type OnboardingSettings, STANDARD_VARIANT, stepsOf, variantNames } from '../domain/onboarding.ts';
import { placeholdersIn } from '../domain/template.ts';
import {
  type Links,
  longestForm,
  type PlacedText,
  partsOf,
  TEXTS,
  type TextKey,
  type TextRule,
  textsIn,
} from './texts.ts';

/** What is wrong with a text, or with the texts of an embed, and where. */
export interface TextProblem {
  readonly path: readonly (string | number)[];
  readonly text: unknown;
  readonly message: string;
}

/** The parts of a configuration that what is wrong with its texts depends on. */
interface ConfigWithTexts {
  readonly links: Links;
  readonly onboarding: Pick<OnboardingSettings, 'steps' | 'variants' | 'closedDms'>;
}

/** What is wrong with the texts of a configuration: placeholders, and lengths once they are filled in. */
export function problemsWithTexts(config: ConfigWithTexts): TextProblem[] {
  const { links } = config;
  const single = textsIn(config).flatMap((placed) => {
    const rule: TextRule | undefined = TEXTS[keyOf(placed.path) as TextKey];
    if (rule === undefined) return [];
    const messages = wrongPlaceholders(placed.text, rule, links);
    const length = longestForm(placed.text, links).length;
    if (length > rule.limit) messages.push(tooLong(placed.text, length, rule.limit));
    return messages.map((message) => ({ ...placed, message }));
  });
  return [...single, ...problemsWithEmbeds(config, links), ...problemsWithGuidance(config)];
}

/** Embeds whose texts together are longer than Discord takes. */
function problemsWithEmbeds(config: unknown, links: Links): TextProblem[] {
  return embedsIn(config).flatMap(({ path, embed }) => {
    const texts = textsIn({ ...embed, link: '', color: '' });
    const total = texts.reduce((sum, { text }) => sum + longestForm(text, links).length, 0);
    if (total <= DISCORD_LIMITS.embedTotal) return [];
    const message = `all texts of the embed together are over ${DISCORD_LIMITS.embedTotal} characters, Discord's limit: shorten them`;
    return [{ path, text: embed, message }];
  });
}

/** The guidance for closed direct messages is every tip in one embed, in each version of the flow. */
function problemsWithGuidance({ links, onboarding }: ConfigWithTexts): TextProblem[] {
  const { closedDms } = onboarding;
  if (closedDms === undefined) return [];
  return variantNames(onboarding).flatMap((variant) => {
    const tips = stepsOf(onboarding, variant).filter(({ to }) => to === 'dm');
    const length = tips.map(({ text }) => longestForm(text, links)).join('\n\n').length;
    if (length <= DISCORD_LIMITS.embedDescription) return [];
    const whose = variant === STANDARD_VARIANT ? '' : ` of the variant "${variant}"`;
    const message = `all tips${whose} together are ${length} characters long, but must be at most ${DISCORD_LIMITS.embedDescription}, since they go into one message here: shorten them, or leave out closedDms`;
    return [{ path: ['onboarding', 'closedDms'], text: closedDms, message }];
  });
}

function embedsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): { path: readonly (string | number)[]; embed: object }[] {
  return partsOf(value).flatMap(([key, part]) =>
    key === 'embed' && typeof part === 'object' && part !== null
      ? [{ path: [...path, key], embed: part }]
      : embedsIn(part, [...path, key]),
  );
}

/** The path without the places in lists: the same for every step. */
function keyOf(path: PlacedText['path']): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

function wrongPlaceholders(text: string, { fills, isAddress }: TextRule, links: Links): string[] {
  if (isAddress) return wrongAddress(text, links);
  if (fills === undefined) return anyPlaceholder(text);
  const known = [...fills, ...Object.keys(links)];
  return placeholdersIn(text)
    .filter(({ kind, name }) => kind === 'value' && !known.includes(name))
    .map(({ name }) => {
      const expected = known.map((one) => `{${one}}`).join(', ');
      return `{${name}} stands for nothing: expected {#channel}, ${expected}`;
    });
}

function wrongAddress(text: string, links: Links): string[] {
  return placeholdersIn(text).flatMap(({ name }) => {
    const expected = Object.keys(links).map((one) => `{${one}}`);
    if (!Object.hasOwn(links, name)) return [`{${name}} is no link: expected ${expected.join(', ')}`];
    return links[name]?.includes('#') ? [`{${name}} has a # in it: expected an address without`] : [];
  });
}

function anyPlaceholder(text: string): string[] {
  return placeholdersIn(text).map(({ kind, name }) => {
    const written = kind === 'channel' ? `{#${name}}` : `{${name}}`;
    return `${written} is not filled in here: write the text without it`;
  });
}

function tooLong(text: string, length: number, limit: number): string {
  const filled = placeholdersIn(text).length > 0 ? ' with its placeholders filled in' : '';
  return `is ${length} characters long${filled}, but Discord takes at most ${limit} here: shorten it`;
}
