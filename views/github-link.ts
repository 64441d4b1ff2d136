import type { LinkSettings, ToldOutcome } from '../domain/github-link.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { fill, type TextContext, timestamp } from './text.ts';

/** What is said of each outcome, and how it looks. */
const OUTCOMES = {
  linked: { text: 'linked', color: 'green' },
  taken: { text: 'taken', color: 'red' },
  'already linked': { text: 'alreadyLinked', color: 'grey' },
  denied: { text: 'denied', color: 'grey' },
  expired: { text: 'expired', color: 'grey' },
} as const satisfies Record<ToldOutcome, { text: keyof LinkSettings; color: string }>;

/**
 * What a member is told by direct message when a linking has ended.
 *
 * @param login what the account is called that this is about
 */
export function linkOutcomeMessage(
  settings: LinkSettings,
  outcome: ToldOutcome,
  login: string,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const naming = { ...context, values: { login } };
  const { text, color } = OUTCOMES[outcome];
  const template = {
    color,
    title: settings.title,
    link: settings.link,
    description: settings[text],
    fields: [],
  };
  return {
    marker: mark,
    body: { embeds: [markedEmbed(template, mark, naming)], allowed_mentions: { parse: [] } },
  };
}

/** The answer to `/link github`: what to enter, and where. */
export function linkCode(
  { open }: LinkSettings,
  { userCode, verificationUri }: { readonly userCode: string; readonly verificationUri: string },
  context: TextContext,
): string {
  return fill(open, { ...context, values: { code: userCode, address: verificationUri } });
}

/** An answer about an account that is, or was, linked. */
export function aboutLink(
  text: string,
  { login, since }: { readonly login: string; readonly since?: Date },
  context: TextContext,
): string {
  const day = since === undefined ? '' : timestamp(since.getTime(), 'D');
  return fill(text, { ...context, values: { login, since: day } });
}
