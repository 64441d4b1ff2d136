/** Reading what was written after posts of a channel: the posts themselves, and how often each was replied to. */

import type { REST } from '@discordjs/rest';
import { type APIMessage, MessageType, Routes } from 'discord-api-types/v10';
import { type ChannelId, isNewer, type MessageId } from '../../domain/ids.ts';
import type { ReadTools } from '../platforms/publisher.ts';
import { ask, type Refusal } from './errors.ts';

/** The most that Discord gives in one answer. */
const PAGE = 100;
/** So many whole pages are read after each post: replies beyond the next 1,000 messages are not counted. */
const PAGES_AFTER_POST = 10;

/** What was read of a channel. */
export interface RepliesRead {
  /** The posts that were met. */
  readonly posts: ReadonlyMap<string, APIMessage>;
  /** How often members have replied to a message, by its id. */
  readonly replies: ReadonlyMap<string, number>;
  readonly requests: number;
}

/** Where the next page begins, and how many pages are read from there on if no other post is met. */
interface Position {
  readonly after: string;
  readonly pagesLeft: number;
}

/**
 * Reads a channel from its first post on, page by page, so that posts of about the same time share their pages. Where too much was
 * written between two posts, it goes on at the later one. @throws ApplicationFailure where Discord cannot be asked now
 */
export async function readReplies(
  rest: REST,
  channelId: ChannelId,
  postIds: readonly MessageId[],
  { heartbeat }: Pick<ReadTools, 'heartbeat'>,
): Promise<RepliesRead | { readonly refusal: Refusal }> {
  const byAge = [...postIds].sort(compareAge);
  const posts = new Map<string, APIMessage>();
  const replies = new Map<string, number>();
  let requests = 0;
  for (let position = startAt(byAge[0]); position !== undefined; ) {
    heartbeat();
    const { after } = position;
    const query = new URLSearchParams({ limit: String(PAGE), after });
    const result = await ask(
      () => rest.get(Routes.channelMessages(channelId), { query }) as Promise<APIMessage[]>,
    );
    if ('refusal' in result) return result;
    requests += 1;
    for (const message of result.answer) {
      if (byAge.some((id) => id === message.id)) posts.set(message.id, message);
      const repliedTo = repliedToBy(message);
      if (repliedTo !== undefined) replies.set(repliedTo, (replies.get(repliedTo) ?? 0) + 1);
    }
    position = nextPosition(position, result.answer, byAge);
  }
  return { posts, replies, requests };
}

/** Which message a member has replied to. What is forwarded, or pinned, refers to a message too. */
function repliedToBy({ type, author, message_reference: reference }: APIMessage): string | undefined {
  return type === MessageType.Reply && author.bot !== true ? reference?.message_id : undefined;
}

function nextPosition(
  { after, pagesLeft }: Position,
  page: readonly APIMessage[],
  posts: readonly MessageId[],
): Position | undefined {
  const newest = page
    .map(({ id }) => id)
    .sort(compareAge)
    .at(-1);
  if (newest === undefined || page.length < PAGE) return undefined;
  const hasPost = posts.some((id) => isNewer(id, after) && !isNewer(id, newest));
  const left = hasPost ? PAGES_AFTER_POST : pagesLeft - 1;
  return left > 0 ? { after: newest, pagesLeft: left } : startAt(posts.find((id) => isNewer(id, newest)));
}

/** Just before a post, so that it is the first to be met. */
function startAt(post: MessageId | undefined): Position | undefined {
  return post === undefined ? undefined : { after: String(BigInt(post) - 1n), pagesLeft: PAGES_AFTER_POST };
}

function compareAge(one: string, other: string): number {
  if (one === other) return 0;
  return isNewer(one, other) ? 1 : -1;
}
