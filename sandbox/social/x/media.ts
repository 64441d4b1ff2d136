/** Uploads to X, in segments: begun, filled, ended, and of moving pictures worked on for a while ("Chunked media upload"). */

import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { keepPicture } from '../pictures.ts';
import type { PlatformServices } from '../stand-in.ts';
import { xId } from './ids.ts';
import { invalidRequest } from './problems.ts';

const LASTS_SECONDS = 86_400;
const PROCESSING_MS = 1_500;
export const LARGEST_SEGMENT = 5 * 1024 * 1024;

const MEGABYTE = 1024 * 1024;

/** What X takes, by what it is for. The numbers are those with which the keys of media begin. */
const CATEGORIES = {
  tweet_image: {
    kind: 'image',
    mostBytes: 5 * MEGABYTE,
    key: 3,
    types: /^image\/(jpeg|png|webp|bmp|tiff|pjpeg)$/,
  },
  tweet_gif: { kind: 'gif', mostBytes: 15 * MEGABYTE, key: 16, types: /^image\/gif$/ },
  tweet_video: {
    kind: 'video',
    mostBytes: 512 * MEGABYTE,
    key: 7,
    types: /^video\/(mp4|quicktime|webm|mp2t)$/,
  },
} as const;
type Category = keyof typeof CATEGORIES;

/** An upload, without its bytes. */
export interface XMedia {
  readonly id: string;
  readonly key: string;
  readonly category: Category;
  readonly totalBytes: number;
  readonly begunAt: number;
  /** When it was whole; null: segments are missing. */
  endedAt: number | null;
  digest: string;
  /** What X finds wrong with it when it works on it. */
  problem: string | null;
}

const initializeSchema = z.object({
  media_type: z.string(),
  total_bytes: z.int().min(1),
  media_category: z.enum(['tweet_image', 'tweet_gif', 'tweet_video']).default('tweet_image'),
  additional_owners: z.array(z.string()).optional(),
});

/** The uploads of the account. Bytes are kept in memory until all are there: who starts anew has to upload anew. */
export class XUploads {
  readonly #services: PlatformServices;
  readonly #segments = new Map<string, Map<number, Buffer>>();

  constructor(services: PlatformServices) {
    this.#services = services;
  }

  initialize(body: unknown): object {
    const { media_type, total_bytes, media_category } = initializeSchema.parse(body);
    const { mostBytes, types, key } = CATEGORIES[media_category];
    if (!types.test(media_type))
      throw invalidRequest(`The media type ${media_type} is not one of ${media_category}.`, {
        media_type: [media_type],
      });
    if (total_bytes > mostBytes)
      throw invalidRequest(`The file size exceeds the limit of ${mostBytes} bytes.`, {
        total_bytes: [String(total_bytes)],
      });
    const id = xId(this.#services);
    const media: XMedia = {
      id,
      key: `${key}_${id}`,
      category: media_category,
      totalBytes: total_bytes,
      begunAt: this.#services.now(),
      endedAt: null,
      digest: '',
      problem: null,
    };
    this.#all[id] = media;
    this.#segments.set(id, new Map());
    this.#services.save();
    return { data: { id, media_key: media.key, expires_after_secs: LASTS_SECONDS } };
  }

  async append(id: string, request: FastifyRequest): Promise<object> {
    const segments = this.#segments.get(this.#open(id).id);
    const { segment_index: index, media: bytes } = await readParts(request);
    if (segments === undefined || !/^\d{1,3}$/.test(index ?? '') || bytes === undefined)
      throw invalidRequest('A segment needs an index from 0 to 999 and its bytes.', { id: [id] });
    segments.set(Number(index), bytes);
    return { data: { expires_at: this.#expiresAt(id) } };
  }

  finalize(id: string): object {
    const media = this.#open(id);
    const segments = [...(this.#segments.get(id) ?? [])].sort(([one], [other]) => one - other);
    const bytes = Buffer.concat(segments.map(([, segment]) => segment));
    if (segments.some(([index], place) => index !== place) || bytes.length !== media.totalBytes)
      throw invalidRequest('Segments do not add up to provided total file size.', { id: [id] });
    media.endedAt = this.#services.now();
    media.digest = createHash('sha256').update(bytes).digest('hex');
    media.problem = media.category === 'tweet_video' ? problemOfVideo(bytes) : null;
    if (isStill(media)) keepPicture(this.#services.records, media.digest, bytes);
    this.#segments.delete(id);
    this.#services.save();
    return { data: { ...this.#view(media), size: media.totalBytes } };
  }

  status(id: string): object {
    const media = this.#find(id);
    if (media === undefined || media.endedAt === null)
      throw invalidRequest('The media id is invalid.', { media_id: [id] });
    return { data: this.#view(media) };
  }

  /** The media of a post. @throws XProblem where they cannot be used, or not together */
  forPost(ids: readonly string[]): XMedia[] {
    const media = ids.map((id) => this.#find(id)).filter((one) => one !== undefined);
    if (media.length < ids.length || media.some((one) => !this.#isUsable(one)))
      throw invalidRequest('Your media IDs are invalid.', { 'media.media_ids': ids });
    const isMoving = media.some(({ category }) => category !== 'tweet_image');
    if (media.length > (isMoving ? 1 : 4))
      throw invalidRequest('A post has up to 4 images, or 1 GIF, or 1 video.', { 'media.media_ids': ids });
    return media;
  }

  get #all(): Record<string, XMedia> {
    const { records } = this.#services;
    records.media ??= {};
    return records.media as Record<string, XMedia>;
  }

  /** One that X knows still. */
  #find(id: string): XMedia | undefined {
    const media = this.#all[id];
    const isForgotten = media !== undefined && media.begunAt + LASTS_SECONDS * 1_000 <= this.#services.now();
    return isForgotten ? undefined : media;
  }

  #open(id: string): XMedia {
    const media = this.#find(id);
    if (media === undefined || media.endedAt !== null || !this.#segments.has(id))
      throw invalidRequest('The media id is invalid.', { id: [id] });
    return media;
  }

  #expiresAt(id: string): number {
    return Math.floor((this.#all[id]?.begunAt ?? 0) / 1_000) + LASTS_SECONDS;
  }

  #isUsable(media: XMedia): boolean {
    return media.endedAt !== null && (isStill(media) || this.#processing(media).state === 'succeeded');
  }

  #view(media: XMedia): object {
    return {
      id: media.id,
      media_key: media.key,
      expires_after_secs: this.#expiresAt(media.id) - Math.floor(this.#services.now() / 1_000),
      ...(!isStill(media) && { processing_info: this.#processing(media) }),
    };
  }

  #processing({ endedAt, problem }: XMedia): { state: string } & Record<string, unknown> {
    const since = this.#services.now() - (endedAt ?? 0);
    if (since <= 0) return { state: 'pending', check_after_secs: 1 };
    if (since < PROCESSING_MS)
      return {
        state: 'in_progress',
        check_after_secs: 1,
        progress_percent: Math.floor((100 * since) / PROCESSING_MS),
      };
    if (problem === null) return { state: 'succeeded', progress_percent: 100 };
    return { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: problem } };
  }
}

/** What a medium is to who looks at the post. */
export const kindOf = ({ category }: XMedia) => CATEGORIES[category].kind;

const isStill = ({ category }: XMedia) => category === 'tweet_image';

/** Videos are recognised by the box with which MPEG-4 files begin, or by the mark of WebM. */
function problemOfVideo(bytes: Buffer): string | null {
  const isMpeg4 = bytes.toString('latin1', 4, 8) === 'ftyp';
  const isWebm = bytes.toString('hex', 0, 4) === '1a45dfa3';
  return isMpeg4 || isWebm ? null : 'Unsupported video format.';
}

async function readParts(request: FastifyRequest): Promise<{ segment_index?: string; media?: Buffer }> {
  const found: { segment_index?: string; media?: Buffer } = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') found.media = await part.toBuffer();
    else if (part.fieldname === 'segment_index') found.segment_index = String(part.value);
  }
  return found;
}
