/** What X tells of the figures of posts ("Metrics" in its docs). It asks money for each post that it tells of. */

import type { InlineErrorV2, TweetV2, TweetV2LookupResult, TwitterApiv2 } from 'twitter-api-v2';
import type { Figures, FiguresOutcome, PostFigures, ReadOrder } from '../../domain/engagement.ts';
import { inBatches, joined, readBatches, unread } from './figures.ts';
import type { ReadTools } from './publisher.ts';
import { failureOf, notPublishedBy } from './x-client.ts';

const POSTS_PER_REQUEST = 100;
const HOUR_MS = 3_600_000;
/** For 30 days X tells an account what others do not see of its posts. An hour less: clocks differ, and requests take their time. */
const PRIVATE_FOR_MS = 30 * 24 * HOUR_MS - HOUR_MS;

type Fields = readonly ('public_metrics' | 'non_public_metrics')[];
const PUBLIC: Fields = ['public_metrics'];
const ALL: Fields = ['public_metrics', 'non_public_metrics'];

/** How X says that something is not there, and that it shows a field of it to another account alone. */
const NOT_FOUND = '/resource-not-found';
const NOT_OURS = '/not-authorized-for-field';

/** An answer of X: parts are left out where there is nothing in them. */
type Answer = Partial<Pick<TweetV2LookupResult, 'data' | 'errors'>>;

/** Reads figures in the name of the account whose client this is. */
export function readXFigures(
  client: TwitterApiv2,
  orders: readonly ReadOrder[],
  tools: ReadTools,
): Promise<FiguresOutcome> {
  const now = tools.now();
  const isRecent = ({ publishedAt }: ReadOrder) => now - publishedAt < PRIVATE_FOR_MS;
  const recent = orders.filter(isRecent);
  const older = orders.filter((order) => !isRecent(order));
  // Apart: of a post of which X is asked for too much, it shows nothing.
  const batches = [
    ...inBatches(recent, POSTS_PER_REQUEST).map((batch) => ({ batch, fields: ALL })),
    ...inBatches(older, POSTS_PER_REQUEST).map((batch) => ({ batch, fields: PUBLIC })),
  ];
  return readBatches(batches, tools, ({ batch, fields }) => readFields(client, batch, fields, now));
}

async function readFields(
  client: TwitterApiv2,
  orders: readonly ReadOrder[],
  fields: Fields,
  now: number,
): Promise<FiguresOutcome> {
  const query = { ids: orders.map(({ publishedId }) => publishedId).join(), 'tweet.fields': fields.join() };
  const answer = await client
    .get<Answer | undefined>('tweets', query)
    .catch((error) => unread(notPublishedBy(failureOf(error), now)));
  if (answer !== undefined && 'kind' in answer) return answer;
  const posts = orders.flatMap((order) => postIn(answer, order) ?? []);
  const read = { kind: 'read', posts, requests: 1 } as const;
  const refused = orders.filter((order) => hasError(answer, order, NOT_OURS));
  if (refused.length === 0 || fields === PUBLIC) return read;
  // Posts of an account that was connected before this one.
  return joined([read, await readFields(client, refused, PUBLIC, now)]);
}

/** What X says of a post; undefined: nothing that can be used. */
function postIn(answer: Answer | undefined, order: ReadOrder): PostFigures | undefined {
  const post = answer?.data?.find(({ id }) => id === order.publishedId);
  if (post !== undefined) return { kind: 'figures', order, figures: figuresOf(post) };
  return hasError(answer, order, NOT_FOUND) ? { kind: 'gone', order } : undefined;
}

function hasError(answer: Answer | undefined, { publishedId }: ReadOrder, kind: string): boolean {
  const isMeant = ({ type, resource_id: id, value }: InlineErrorV2) =>
    type.endsWith(kind) && (id ?? value) === publishedId;
  return answer?.errors?.some(isMeant) ?? false;
}

/** X counts how often a post is shown, not to how many. Clicks are those on links: of a post without any, there is no count. */
function figuresOf({ public_metrics: seen, non_public_metrics: own }: TweetV2): Figures {
  return {
    impressions: seen?.impression_count ?? null,
    reach: null,
    likes: seen?.like_count ?? null,
    shares: sumOf(seen?.retweet_count, seen?.quote_count),
    comments: seen?.reply_count ?? null,
    clicks: own?.url_link_clicks ?? null,
  };
}

function sumOf(one: number | undefined, other: number | undefined): number | null {
  return one === undefined || other === undefined ? null : one + other;
}
