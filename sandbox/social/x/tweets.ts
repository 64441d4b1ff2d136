/** Posts on X: made, read, deleted, and the timeline of their author. */

import { z } from 'zod';
import type { PlatformServices, SocialPost } from '../stand-in.ts';
import { xId } from './ids.ts';
import { kindOf, type XMedia, type XUploads } from './media.ts';
import { isPrivateReadable, privateMetrics, publicMetrics } from './metrics.ts';
import { DUPLICATE, fieldNotAllowed, invalidRequest, notFound, plainRefusal, XProblem } from './problems.ts';
import { escapeText, isTooLong, normalText, type StoredText, storeText } from './tweet-text.ts';

const MOST_CHARACTERS = 280;
const MOST_IDS = 100;
/** The same text again is refused for so long, unless the first is deleted. */
const DUPLICATES_FOR_MS = 12 * 3_600_000;
/** A timeline shows posts a little later than they are there. */
const TIMELINE_LAG_MS = 500;

/** What X keeps of a post beside what all platforms keep. */
interface TweetDetails {
  readonly stored: StoredText;
  readonly mediaKeys: readonly string[];
}

const detailsOf = (post: SocialPost) => post.more as unknown as TweetDetails;

const createSchema = z.strictObject({
  text: z.string().optional(),
  media: z.strictObject({ media_ids: z.array(z.string()).min(1) }).optional(),
});

/** What of a post is told only to who asks for it. */
const FIELDS = {
  author_id: ({ accountId }: SocialPost) => accountId,
  created_at: ({ at }: SocialPost) => new Date(at).toISOString(),
  entities: (post: SocialPost) => {
    const { urls } = detailsOf(post).stored;
    return urls.length === 0 ? undefined : { urls };
  },
  attachments: (post: SocialPost) => {
    const { mediaKeys } = detailsOf(post);
    return mediaKeys.length === 0 ? undefined : { media_keys: mediaKeys };
  },
  public_metrics: publicMetrics,
  non_public_metrics: (post: SocialPost, now: number) =>
    privateMetrics(post, now, hasLink(detailsOf(post).stored)),
  // A post within the ordinary length has none.
  note_tweet: () => undefined,
} as const;
type Field = keyof typeof FIELDS;

const fields = z
  .string()
  .optional()
  .transform((text) => (text ?? '').split(',').filter((name): name is Field => name in FIELDS));

const lookUpSchema = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().regex(/^\d{1,19}$/)).max(MOST_IDS)),
  'tweet.fields': fields,
});

const timelineSchema = z.strictObject({
  'tweet.fields': fields,
  max_results: z.coerce.number().int().min(5).max(100).default(10),
  start_time: z.iso.datetime().optional(),
  end_time: z.iso.datetime().optional(),
  pagination_token: z.string().optional(),
  exclude: z.string().optional(),
});

export class Tweets {
  readonly #services: PlatformServices;
  readonly #uploads: XUploads;

  constructor(services: PlatformServices, uploads: XUploads) {
    this.#services = services;
    this.#uploads = uploads;
  }

  create(body: unknown): object {
    const { text: given = '', media: chosen } = createSchema.parse(body);
    const text = normalText(given);
    const media = this.#uploads.forPost(chosen?.media_ids ?? []);
    if (text === '' && media.length === 0) throw invalidRequest('A post needs a text or media.');
    if (isTooLong(text, MOST_CHARACTERS))
      throw invalidRequest('Your Tweet text is too long.', { text: [`more than ${MOST_CHARACTERS}`] });
    if (this.#hasRecently(text)) throw new XProblem(plainRefusal(403, DUPLICATE));
    const post = this.#toPost(text, media);
    this.#services.posts.push(post);
    this.#services.save();
    return { data: viewOf(post, [], post.at) };
  }

  delete(id: string): object {
    const post = this.#find(id);
    if (post !== undefined) post.isDeleted = true;
    this.#services.save();
    return { data: { deleted: post !== undefined } };
  }

  lookUp(query: unknown): object {
    const { ids, 'tweet.fields': wanted } = lookUpSchema.parse(query);
    const now = this.#services.now();
    const found = ids.map((id) => this.#find(id)).filter((post) => post !== undefined);
    const isShown = (post: SocialPost) =>
      !wanted.includes('non_public_metrics') || isPrivateReadable(post, now);
    // Of a post of which one field may not be read, X shows nothing.
    const shown = found.filter(isShown);
    const errors = [
      ...ids.filter((id) => this.#find(id) === undefined).map((id) => notFound('tweet', 'ids', id)),
      ...found.filter((post) => !isShown(post)).map(({ id }) => fieldNotAllowed('non_public_metrics', id)),
    ];
    return {
      ...(shown.length > 0 && { data: shown.map((post) => viewOf(post, wanted, now)) }),
      ...(errors.length > 0 && { errors }),
    };
  }

  timeline(userId: string, query: unknown): object {
    const { account, now } = this.#services;
    const asked = timelineSchema.parse(query);
    if (userId !== account.id) return { errors: [notFound('user', 'id', userId)] };
    const from = asked.start_time === undefined ? 0 : Date.parse(asked.start_time);
    const to = asked.end_time === undefined ? Infinity : Date.parse(asked.end_time);
    const latest = Math.min(to, now() - TIMELINE_LAG_MS);
    const all = this.#posts.filter(({ at }) => at >= from && at <= latest).reverse();
    const begin = toOffset(asked.pagination_token);
    const shown = all.slice(begin, begin + asked.max_results);
    const next = begin + shown.length;
    return {
      ...(shown.length > 0 && { data: shown.map((post) => viewOf(post, asked['tweet.fields'], now())) }),
      meta: {
        ...(shown.length > 0 && { newest_id: shown[0]?.id, oldest_id: shown.at(-1)?.id }),
        result_count: shown.length,
        ...(next < all.length && { next_token: toPage(next) }),
      },
    };
  }

  /** Those that are up, oldest first. */
  get #posts(): SocialPost[] {
    return this.#services.posts.filter(({ isDeleted }) => !isDeleted);
  }

  #find(id: string): SocialPost | undefined {
    return this.#posts.find((post) => post.id === id);
  }

  #hasRecently(text: string): boolean {
    const since = this.#services.now() - DUPLICATES_FOR_MS;
    return text !== '' && this.#posts.some((post) => post.text === text && post.at > since);
  }

  #toPost(text: string, media: readonly XMedia[]): SocialPost {
    const { account, now, newNumber, url } = this.#services;
    const id = xId(this.#services);
    const address = `${url()}/${account.handle}/status/${id}`;
    const mediaKeys = media.map(({ key }) => key);
    const kind = media[0]?.category === 'tweet_image' ? 'photo' : 'video';
    // X's own address, whatever this server is: clients look for it.
    const mediaUrl = `https://x.com/${account.handle}/status/${id}/${kind}/1`;
    const details: TweetDetails = {
      stored: storeText(text, media.length === 0 ? undefined : { url: mediaUrl, keys: mediaKeys }, () =>
        shortLink(newNumber()),
      ),
      mediaKeys,
    };
    return {
      id,
      url: address,
      accountId: account.id,
      title: '',
      text,
      media: media.map((one) => ({ kind: kindOf(one), bytes: one.totalBytes, digest: one.digest })),
      at: now(),
      edits: 0,
      isDeleted: false,
      more: { ...details },
    };
  }
}

function viewOf(post: SocialPost, wanted: readonly Field[], now: number): object {
  return {
    id: post.id,
    text: escapeText(detailsOf(post).stored.text),
    edit_history_tweet_ids: [post.id],
    ...Object.fromEntries(wanted.map((name) => [name, FIELDS[name](post, now)])),
  };
}

/** Media have addresses, too, on which nobody clicks. */
const hasLink = ({ urls }: StoredText) => urls.some(({ media_key }) => media_key === undefined);

const shortLink = (number: number) => `https://t.co/${number.toString(36).padStart(10, 'a')}`;

const toPage = (offset: number) => Buffer.from(`page ${offset}`).toString('base64url');

function toOffset(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined)
    throw invalidRequest('The pagination token is invalid.', { pagination_token: [token] });
  return Number(offset);
}
