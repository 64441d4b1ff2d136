/** What stands in the forms of posts, as it is read when one is sent. */

import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { timeZoneOf } from '../database/event-preferences.ts';
import { readEventTime } from '../domain/event-time.ts';
import { type InteractionId, toMemberId } from '../domain/ids.ts';
import {
  type PostDraft,
  type PostDraftRef,
  type PostRefusal,
  type RefusedPost,
  refusePost,
  type TypedForm,
} from '../domain/post-drafts.ts';
import type { PostWords } from '../domain/posts.ts';
import {
  POST_HASHTAGS_INPUT,
  POST_TEXT_INPUT,
  POST_TIME_INPUT,
  POST_TITLE_INPUT,
} from '../views/post-drafts.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';

/** What a form with all its fields right says. */
export interface ReadForm<Draft extends PostDraft> {
  readonly draft: Draft;
  readonly words: PostWords;
  /** In ms since 1970. null: as soon as it is approved. */
  readonly publishAt: number | null;
}

/** What a form is taken with. `refuse` keeps what was typed, so that it opens with that again. */
export interface Taking {
  readonly refuse: (refusal: PostRefusal) => Promise<Answer>;
  readonly context: BotContext;
}

/** What somebody has typed. */
export function typedIn({ fields }: ModalSubmitInteraction): TypedForm {
  const typed = (name: string) => (fields.fields.has(name) ? fields.getTextInputValue(name) : '');
  return {
    title: typed(POST_TITLE_INPUT),
    text: typed(POST_TEXT_INPUT),
    hashtags: typed(POST_HASHTAGS_INPUT),
    time: typed(POST_TIME_INPUT).trim(),
  };
}

/** A draft with what was typed. A time that was written anew counts from now: `tomorrow` is another day by then. */
export function withForm(draft: PostDraft, typed: TypedForm, at: number): PostDraft {
  if (draft.for === 'change') return { ...draft, ...typed };
  return { ...draft, ...typed, saidAt: typed.time === draft.time ? draft.saidAt : at };
}

/** When a post is to go out, by the clocks of whoever wrote it, or why that is refused. `now` in ms since 1970. */
export async function readTime(
  draft: PostDraft,
  { guildId, memberId }: PostDraftRef,
  now: number,
  { config, database }: BotContext,
): Promise<{ readonly publishAt: number | null } | RefusedPost> {
  const { time: text } = draft;
  if (draft.for === 'change' && draft.known?.text === text) return { publishAt: draft.known.at };
  if (isNoTime(text)) return { publishAt: null };
  const timeZone = (await timeZoneOf(database.em.fork(), guildId, memberId)) ?? config.distribution.timeZone;
  const time = readEventTime(text, timeZone, draft.for === 'new post' ? draft.saidAt : now);
  if (time.kind !== 'moment') return refusePost({ kind: 'time', time, text });
  return time.at <= now
    ? refusePost({ kind: 'time', time: { kind: 'in the past' }, text })
    : { publishAt: time.at };
}

/** As soon as it is approved. */
function isNoTime(text: string): boolean {
  return /^(?:|now|at once|none)$/i.test(text.trim());
}

/** What is wrong with a time wherever on Earth it is meant: the time zone of whoever wrote it is looked up later. */
export function problemWithTime(text: string, timeZone: string, now: number): PostRefusal | undefined {
  const time = isNoTime(text) ? undefined : readEventTime(text, timeZone, now);
  if (time === undefined || time.kind === 'moment') return undefined;
  const dependsOnZone = ['in the past', 'too far', 'missing', 'twice'].includes(time.kind);
  return dependsOnZone ? undefined : { kind: 'time', time, text };
}

/** A draft of whoever acts. */
export function draftRefOf(
  {
    user,
  }: ButtonInteraction | ChatInputCommandInteraction | ModalSubmitInteraction | StringSelectMenuInteraction,
  draftId: InteractionId,
  { environment }: BotContext,
): PostDraftRef {
  return { guildId: environment.DISCORD_GUILD_ID, draftId, memberId: toMemberId(user.id) };
}
