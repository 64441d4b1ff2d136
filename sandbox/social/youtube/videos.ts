/** Videos: what YouTube takes as their words, and how it shows them. */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PlatformServices, SocialPost } from '../stand-in.ts';
import { problem } from './problems.ts';
import { statisticsOf } from './statistics.ts';

const LONGEST_TITLE = 100;
const LONGEST_DESCRIPTION_BYTES = 5_000;
const LONGEST_TAGS = 500;
/** Those that a video can be given, of the categories in the United States. */
const CATEGORIES = /^(1|2|10|15|17|19|20|22|23|24|25|26|27|28|29)$/;
const PROCESSING_MS = 2_000;

const SNIPPET = z.object({
  title: z.string().optional(),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  categoryId: z.string().optional(),
});
const PRIVACY = z.enum(['public', 'unlisted', 'private']);
const RESOURCE = z.object({
  snippet: SNIPPET.default({ description: '', tags: [] }),
  status: z.object({ privacyStatus: PRIVACY.default('public') }).default({ privacyStatus: 'public' }),
});
const CHANGE = z.object({
  id: z.string(),
  snippet: SNIPPET.optional(),
  status: z.object({ privacyStatus: PRIVACY }).optional(),
});

/** The words and settings of a video. */
export interface VideoDetails {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacyStatus: z.output<typeof PRIVACY>;
}

/** A file that has arrived. */
export interface VideoFile {
  readonly bytes: number;
  readonly digest: string;
}

/** What someone wants to upload. @throws YoutubeProblem if YouTube does not take it */
export function readDetails(body: unknown): VideoDetails {
  const parsed = RESOURCE.safeParse(body ?? {});
  if (!parsed.success) throw problem(400, 'invalidVideoMetadata', 'The request metadata is invalid.');
  const { snippet, status } = parsed.data;
  return checked({ ...snippet, categoryId: snippet.categoryId ?? '22', ...status });
}

/** The videos of the channel. */
export class Videos {
  readonly #services: PlatformServices;

  constructor(services: PlatformServices) {
    this.#services = services;
  }

  publish({ title, description, ...more }: VideoDetails, file: VideoFile): SocialPost {
    const services = this.#services;
    const name = `video ${services.newNumber()}`;
    const id = createHash('sha256').update(name).digest('base64url').slice(0, 11);
    const post: SocialPost = {
      ...{ id, url: `${services.url()}/watch?v=${id}`, accountId: services.account.id },
      ...{ title, text: description, media: [{ kind: 'video', ...file }] },
      ...{ at: services.now(), edits: 0, isDeleted: false, more },
    };
    services.posts.push(post);
    services.save();
    return post;
  }

  /** The latest first. */
  all(): SocialPost[] {
    return this.#services.posts.filter(({ isDeleted }) => !isDeleted).reverse();
  }

  find(id: string): SocialPost | undefined {
    return this.all().find((post) => post.id === id);
  }

  /** Replaces the parts that are named: what a part leaves out is gone. @throws YoutubeProblem */
  change(body: unknown, parts: readonly string[]): SocialPost {
    const parsed = CHANGE.safeParse(body);
    if (!parsed.success) throw problem(400, 'invalidVideoMetadata', 'The request metadata is invalid.');
    const { id, snippet, status } = parsed.data;
    const post = this.find(id);
    if (post === undefined)
      throw problem(404, 'videoNotFound', 'The video that you are trying to update cannot be found.');
    const former = detailsOf(post);
    const { title, description, ...more } = checked({
      ...former,
      ...(parts.includes('snippet') && { ...snippet, categoryId: snippet?.categoryId ?? '' }),
      ...(parts.includes('status') && status),
    });
    Object.assign(post, { title, text: description, more, edits: post.edits + 1 });
    this.#services.save();
    return post;
  }

  /** A video, with the parts that are asked for. */
  view(post: SocialPost, parts: readonly string[]): object {
    const { title, description, tags, categoryId, privacyStatus } = detailsOf(post);
    const { account, now } = this.#services;
    const isProcessed = now() >= post.at + PROCESSING_MS;
    const all: Readonly<Record<string, object>> = {
      snippet: {
        publishedAt: new Date(post.at).toISOString(),
        ...{ channelId: account.id, title, description, thumbnails: {}, channelTitle: account.name },
        ...(tags.length > 0 && { tags }),
        ...{ categoryId, liveBroadcastContent: 'none', localized: { title, description } },
      },
      status: {
        uploadStatus: isProcessed ? 'processed' : 'uploaded',
        ...{ privacyStatus, license: 'youtube', embeddable: true, publicStatsViewable: true },
        ...{ madeForKids: false, selfDeclaredMadeForKids: false },
      },
      statistics: statisticsOf(post, now()),
      processingDetails: { processingStatus: isProcessed ? 'succeeded' : 'processing' },
    };
    const shown = Object.entries(all).filter(([part]) => parts.includes(part));
    return { kind: 'youtube#video', etag: etagOf(post), id: post.id, ...Object.fromEntries(shown) };
  }
}

export function etagOf({ id, edits }: SocialPost): string {
  return createHash('sha256').update(`${id}/${edits}`).digest('base64url').slice(0, 27);
}

/** What YouTube keeps of a video beside title and text. */
export function detailsOf({ title, text, more }: SocialPost): VideoDetails {
  return { title, description: text, ...(more as unknown as Omit<VideoDetails, 'title' | 'description'>) };
}

type Unchecked = Omit<VideoDetails, 'title' | 'categoryId'> & {
  readonly title?: string | undefined;
  readonly categoryId?: string | undefined;
};

/** @throws YoutubeProblem */
function checked(details: Unchecked): VideoDetails {
  const { title = '', description, tags, categoryId = '' } = details;
  if (title.trim() === '' || [...title].length > LONGEST_TITLE || /[<>]/.test(title))
    throw problem(400, 'invalidTitle', 'The request metadata specifies an invalid or empty video title.');
  if (Buffer.byteLength(description) > LONGEST_DESCRIPTION_BYTES || /[<>]/.test(description))
    throw problem(400, 'invalidDescription', 'The request metadata specifies an invalid video description.');
  if (lengthOf(tags) > LONGEST_TAGS || tags.some((tag) => /[<>]/.test(tag)))
    throw problem(400, 'invalidTags', 'The request metadata specifies invalid video keywords.');
  if (!CATEGORIES.test(categoryId))
    throw problem(400, 'invalidCategoryId', 'The request metadata specifies an invalid category ID.');
  return { title, description, tags, categoryId, privacyStatus: details.privacyStatus };
}

/** As YouTube counts: with commas between them, and quotes around those with a blank. */
function lengthOf(tags: readonly string[]): number {
  const quoted = tags.map((tag) => (tag.includes(' ') ? `"${tag}"` : tag));
  return quoted.join(',').length;
}
