/** What LinkedIn tells of the figures of a page's posts ("Organization Share Statistics" in its docs): those that nobody has paid for. */

import { type Figures, type FiguresOutcome, NO_FIGURES, type ReadOrder } from '../../domain/engagement.ts';
import type { LinkedinClient } from '../../runtime/linkedin.ts';
import type { LinkedinAnswer } from '../../runtime/linkedin-answer.ts';
import type { LinkedinStatistics } from '../../runtime/linkedin-forms.ts';
import { inBatches, joined, readBatches, unread } from './figures.ts';
import { notPublished, repeatable } from './linkedin-outcomes.ts';
import type { ReadTools } from './publisher.ts';

/** LinkedIn takes 4 KB after the question mark ("Query tunneling" in its docs), and a URN there has up to 42 characters. */
const POSTS_PER_REQUEST = 80;
const FORBIDDEN = 403;
const DAY_MS = 86_400_000;
/** It knows the figures of posts of the last twelve months. A day less: it does not say when such a month ends. */
const COUNTED_FOR_MS = 364 * DAY_MS;

/** What it leaves out of its statistics has had nothing done to it, by its docs. */
const NOTHING_YET: Figures = { impressions: 0, reach: 0, likes: 0, shares: 0, comments: 0, clicks: 0 };

/** In whose name, and with what, figures are read. */
interface Reading {
  readonly client: LinkedinClient;
  /** The URN of the page's organisation. */
  readonly organization: string;
  /** The version of the API that is asked. */
  readonly version: string;
  readonly tools: ReadTools;
}

/** Reads figures of posts of a page. */
export function readLinkedinFigures(orders: readonly ReadOrder[], reading: Reading): Promise<FiguresOutcome> {
  const { tools } = reading;
  return readBatches(inBatches(orders, POSTS_PER_REQUEST), tools, (batch) =>
    repeatable(tools, () => readBatch(batch, reading)),
  );
}

/**
 * Which posts are there is asked first: statistics say the same of a post that is gone as of one with which nobody has done anything,
 * and LinkedIn does not say what it answers when it is asked for both.
 */
async function readBatch(orders: readonly ReadOrder[], reading: Reading): Promise<FiguresOutcome> {
  const { client } = reading;
  const presence = await client.presenceOf(orders.map(({ publishedId }) => publishedId));
  if (presence.body === undefined) return refused(presence, reading);
  const { there, gone } = presence.body;
  const deleted: FiguresOutcome = {
    kind: 'read',
    posts: orders.filter(isAmong(gone)).map((order) => ({ kind: 'gone', order })),
    requests: 1,
  };
  if (there.length === 0) return deleted;
  return joined([deleted, await readStatistics(orders.filter(isAmong(there)), reading)]);
}

const isAmong =
  (urns: readonly string[]) =>
  ({ publishedId }: ReadOrder) =>
    urns.includes(publishedId);

/** The figures of posts that are there. */
async function readStatistics(orders: readonly ReadOrder[], reading: Reading): Promise<FiguresOutcome> {
  const { client, organization, tools } = reading;
  const urns = orders.map(({ publishedId }) => publishedId);
  const answer = await client.statisticsOf(organization, urns);
  const { body: statistics } = answer;
  if (statistics === undefined) return refused(answer, reading);
  const figuresFor = ({ publishedId, publishedAt }: ReadOrder): Figures => {
    const found = statistics.get(publishedId);
    if (found !== undefined) return toFigures(found);
    return tools.now() - publishedAt < COUNTED_FOR_MS ? NOTHING_YET : NO_FIGURES;
  };
  const posts = orders.map((order) => ({ kind: 'figures', order, figures: figuresFor(order) }) as const);
  return { kind: 'read', posts, requests: 1 };
}

function toFigures(statistics: LinkedinStatistics): Figures {
  return {
    impressions: statistics.impressionCount ?? null,
    reach: statistics.uniqueImpressionsCount ?? null,
    likes: statistics.likeCount ?? null,
    shares: statistics.shareCount ?? null,
    comments: statistics.commentCount ?? null,
    clicks: statistics.clickCount ?? null,
  };
}

function refused(answer: LinkedinAnswer<unknown>, { version, tools }: Reading): FiguresOutcome {
  if (answer.refusal === undefined)
    return { kind: 'unavailable', reason: 'LinkedIn does not answer as it describes it.' };
  if (answer.status === FORBIDDEN)
    return { kind: 'not allowed', reason: whyForbidden(answer.refusal.message) };
  return unread(notPublished(answer, version, tools.now()));
}

function whyForbidden(said: string): string {
  const toDo = 'make it an administrator of the page, or connect it again: npm run connect -- linkedin';
  return `LinkedIn does not let the account read the figures of this page: ${toDo} (${said.replace(/\.$/, '')}).`;
}
