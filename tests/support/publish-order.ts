/** What a publisher is given, in a test: an order, and tools that keep uploads in memory. */

import type {
  MediaSource,
  PublisherTools,
  PublishOrder,
  Upload,
  UploadStore,
} from '../../activities/platforms/publisher.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type MediaInfo, mediaIdOf, toPostId } from '../../domain/posts.ts';

/** What of an order a test says itself. */
export interface OrderDetails {
  readonly title?: string;
  readonly text?: string;
  readonly hashtags?: readonly string[];
  readonly media?: readonly MediaSource[];
  readonly mark?: string;
  /** In ms since 1970. */
  readonly firstTriedAt?: number;
}

const POST_ID = toPostId('post-1');

/** An order to publish on `platform`. */
export function publishOrder(platform: Platform, details: OrderDetails = {}): PublishOrder {
  const { title = 'TiXL 4.1', text = 'A release with new nodes.', hashtags = [], media = [] } = details;
  return {
    delivery: { guildId: toGuildId('100000000000000001'), postId: POST_ID, platform },
    post: {
      ...{ platform, title, text, hashtags, link: null, media: media.map(({ info }) => info) },
      ...{ length: text.length, left: 0, cost: 0, warnings: [], problems: [] },
    },
    media,
    mark: details.mark ?? 'mark1',
    firstTriedAt: details.firstTriedAt ?? Date.now(),
  };
}

/** A medium with these bytes. */
export function mediaSource(
  bytes: Buffer,
  { kind = 'video', type = 'video/mp4' }: Partial<Pick<MediaInfo, 'kind' | 'type'>> = {},
): MediaSource {
  return {
    info: {
      ...{ mediaId: mediaIdOf(POST_ID, 1), kind, type, bytes: bytes.length },
      ...{ width: null, height: null, name: 'clip.mp4' },
    },
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Uploads that last as long as the test, as those in the ledger outlast a process. */
export function memoryUploads(): UploadStore & { readonly all: Map<string, Upload> } {
  const all = new Map<string, Upload>();
  return {
    all,
    find: async (mediaId) => all.get(mediaId),
    save: async (mediaId, upload) => {
      all.set(mediaId, upload);
    },
    forget: async (mediaId) => {
      all.delete(mediaId);
    },
  };
}

/** Tools with which a publisher gives up after `patienceMs`, as an activity does that is told to end. */
export function publisherTools(tools: Partial<PublisherTools> = {}, patienceMs = 30_000): PublisherTools {
  return {
    uploads: memoryUploads(),
    heartbeat: () => undefined,
    signal: AbortSignal.timeout(patienceMs),
    now: Date.now,
    ...tools,
  };
}
