/** The figures of posts on Discord. */

import type { REST } from '@discordjs/rest';
import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import {
  type Figures,
  type FiguresOutcome,
  NO_FIGURES,
  type PostFigures,
  type ReadOrder,
} from '../../domain/engagement.ts';
import type { ChannelId } from '../../domain/ids.ts';
import { readBatches } from '../platforms/figures.ts';
import type { ReadTools } from '../platforms/publisher.ts';
import { ask, type Refusal } from './errors.ts';
import { unlessItPasses } from './passing.ts';
import { type PostPlace, placeOf } from './post-place.ts';
import { type RepliesRead, readReplies } from './replies.ts';

/** A post of which figures are to be read, and where it stands. */
interface PlacedOrder extends PostPlace {
  readonly order: ReadOrder;
}

/**
 * Reads the figures of posts. Reactions of all kinds are likes, but for the bot's own. Comments are members' replies in the channel,
 * of which those among the next 1,000 messages after the post are counted, and all messages of a thread that was begun at it. Discord
 * tells nobody how often a message is seen, shared or clicked. The posts of a channel are read together.
 */
export function readDiscordFigures(
  rest: REST,
  orders: readonly ReadOrder[],
  tools: ReadTools,
): Promise<FiguresOutcome> {
  const placed = orders.map((order) => ({ ...placeOf(order.publishedId), order }));
  const channels = Map.groupBy(placed, ({ channelId }) => channelId);
  return readBatches([...channels], tools, ([channelId, posts]) =>
    readChannel(rest, channelId, posts, tools).catch((error) => unlessItPasses(error, tools)),
  );
}

async function readChannel(
  rest: REST,
  channelId: ChannelId,
  posts: readonly PlacedOrder[],
  tools: ReadTools,
): Promise<FiguresOutcome> {
  const messageIds = posts.map(({ messageId }) => messageId);
  const read = await readReplies(rest, channelId, messageIds, tools);
  if ('refusal' in read) return ofRefusedChannel(read.refusal, posts);
  const figures: PostFigures[] = [];
  let { requests } = read;
  for (const post of posts) {
    const met = read.posts.get(post.messageId);
    if (met !== undefined) {
      figures.push({ kind: 'figures', order: post.order, figures: figuresOf(met, read) });
      continue;
    }
    // Who may not read the history is given an empty one: whether it is gone says the message alone.
    requests += 1;
    const found = await readMissing(rest, post, read);
    if (found.kind === 'not allowed') return found;
    figures.push(found);
  }
  return { kind: 'read', posts: figures, requests };
}

async function readMissing(
  rest: REST,
  { channelId, messageId, order }: PlacedOrder,
  read: RepliesRead,
): Promise<PostFigures | Extract<FiguresOutcome, { kind: 'not allowed' }>> {
  const result = await ask(
    () => rest.get(Routes.channelMessage(channelId, messageId)) as Promise<APIMessage>,
  );
  if (!('refusal' in result)) return { kind: 'figures', order, figures: figuresOf(result.answer, read) };
  const { code, reason } = result.refusal;
  return code === RESTJSONErrorCodes.UnknownMessage
    ? { kind: 'gone', order }
    : { kind: 'not allowed', reason };
}

/** A channel that was deleted took its posts with it. */
function ofRefusedChannel({ code, reason }: Refusal, posts: readonly PlacedOrder[]): FiguresOutcome {
  if (code !== RESTJSONErrorCodes.UnknownChannel) return { kind: 'not allowed', reason };
  return { kind: 'read', posts: posts.map(({ order }) => ({ kind: 'gone', order })), requests: 1 };
}

function figuresOf({ id, reactions = [], thread }: APIMessage, { replies }: RepliesRead): Figures {
  const likes = reactions.reduce((sum, { count, me }) => sum + count - (me ? 1 : 0), 0);
  return { ...NO_FIGURES, likes, comments: (replies.get(id) ?? 0) + messagesIn(thread) };
}

/** How much was written in a thread, without the message at which it was begun. */
function messagesIn(thread: APIMessage['thread']): number {
  return thread !== undefined && 'message_count' in thread ? (thread.message_count ?? 0) : 0;
}
