/** Media on their way to X: in segments, then X works on moving pictures for a while ("Chunked media upload"). */

import { setTimeout as sleep } from 'node:timers/promises';
import type { TwitterApiv2 } from 'twitter-api-v2';
import type { NotPublished } from '../../domain/platforms.ts';
import type { MediaKind } from '../../domain/posts.ts';
import type { MediaSource, PublisherTools, Upload } from './publisher.ts';
import { failureOf, notPublishedBy } from './x-client.ts';

/** X takes up to 5 MB at a time. */
const SEGMENT_BYTES = 2 * 1024 * 1024;
/** X forgets what was uploaded after 24 hours: what is used has to be younger for a while yet. */
const FORGOTTEN_AFTER_MS = 20 * 3_600_000;
/** How often X is asked whether it is done before somebody else has a turn. */
const MOST_LOOKS = 12;
const SHORTEST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 5;

const CATEGORIES: { readonly [Kind in MediaKind]?: string } = {
  image: 'tweet_image',
  gif: 'tweet_gif',
  video: 'tweet_video',
};

/** What X tells of an upload: the client describes it, but does not export the description. */
interface UploadAnswer {
  readonly data: {
    readonly id: string;
    readonly processing_info?: {
      readonly state: 'pending' | 'in_progress' | 'failed' | 'succeeded';
      readonly check_after_secs?: number;
      readonly error?: { readonly message?: string };
    };
  };
}

/** How an upload that has begun can stand. X does not say which segments it has, so we write down which is next. */
type Progress = { readonly next: number } | 'being worked on';

/** Brings a medium to X, from where the last attempt has stopped. Undefined: it can be named in a post. */
export async function uploadToX(
  client: TwitterApiv2,
  source: MediaSource,
  tools: PublisherTools,
): Promise<NotPublished | undefined> {
  const { mediaId } = source.info;
  const former = await tools.uploads.find(mediaId);
  if (former !== undefined) {
    if (tools.now() - former.begunAt < FORGOTTEN_AFTER_MS) {
      const outcome = await attempt(() => complete(client, source, former, tools), tools);
      // X may have forgotten what we remember.
      if (outcome?.kind !== 'rejected') return outcome;
    }
    await tools.uploads.forget(mediaId);
  }
  const outcome = await attempt(async () => {
    const upload = await begin(client, source, tools);
    return upload === undefined
      ? { kind: 'rejected', reason: `X takes no ${source.info.kind}s.` }
      : complete(client, source, upload, tools);
  }, tools);
  // What X does not want of this one it may want of another one.
  if (outcome?.kind === 'rejected') await tools.uploads.forget(mediaId);
  return outcome;
}

async function attempt(
  work: () => Promise<NotPublished | undefined>,
  tools: PublisherTools,
): Promise<NotPublished | undefined> {
  try {
    return await work();
  } catch (error) {
    return notPublishedBy(failureOf(error), tools.now());
  }
}

async function begin(
  client: TwitterApiv2,
  { info }: MediaSource,
  tools: PublisherTools,
): Promise<Upload | undefined> {
  const category = CATEGORIES[info.kind];
  if (category === undefined) return undefined;
  const { data } = await client.post<UploadAnswer>('media/upload/initialize', {
    media_type: info.type,
    total_bytes: info.bytes,
    media_category: category,
  });
  const upload = toUpload(data.id, tools.now(), { next: 0 });
  await tools.uploads.save(info.mediaId, upload);
  return upload;
}

async function complete(
  client: TwitterApiv2,
  source: MediaSource,
  upload: Upload,
  tools: PublisherTools,
): Promise<NotPublished | undefined> {
  if (upload.isReady) return undefined;
  const { mediaId } = source.info;
  const progress = progressOf(upload);
  if (progress !== 'being worked on') {
    await append(client, source, upload, progress.next, tools);
    await finalize(client, upload.reference);
    await tools.uploads.save(mediaId, toUpload(upload.reference, upload.begunAt, 'being worked on'));
  }
  const problem = await waitUntilReady(client, upload.reference, source, tools);
  if (problem === undefined) await tools.uploads.save(mediaId, { ...upload, session: null, isReady: true });
  return problem;
}

async function append(
  client: TwitterApiv2,
  source: MediaSource,
  { reference, begunAt }: Upload,
  first: number,
  tools: PublisherTools,
): Promise<void> {
  const { mediaId, bytes: total } = source.info;
  for (let segment = first; segment * SEGMENT_BYTES < total; segment += 1) {
    tools.heartbeat();
    const bytes = await source.read(segment * SEGMENT_BYTES, SEGMENT_BYTES);
    // The same segment again takes the place of the former one.
    await client.post(
      `media/upload/${reference}/append`,
      { segment_index: segment, media: bytes },
      { forceBodyMode: 'form-data' },
    );
    await tools.uploads.save(mediaId, toUpload(reference, begunAt, { next: segment + 1 }));
  }
}

async function finalize(client: TwitterApiv2, reference: string): Promise<void> {
  try {
    await client.post(`media/upload/${reference}/finalize`);
  } catch (error) {
    const failure = failureOf(error);
    const isRefused = failure.kind === 'refused' && failure.status >= 400 && failure.status < 500;
    // An answer was lost, and it is ended already: then X can say how it stands.
    if (!isRefused || !(await isEnded(client, reference))) throw error;
  }
}

async function isEnded(client: TwitterApiv2, reference: string): Promise<boolean> {
  try {
    await processingOf(client, reference);
    return true;
  } catch (error) {
    if (failureOf(error).kind === 'refused') return false;
    throw error;
  }
}

async function waitUntilReady(
  client: TwitterApiv2,
  reference: string,
  { info }: MediaSource,
  tools: PublisherTools,
): Promise<NotPublished | undefined> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    tools.heartbeat();
    const processing = await processingOf(client, reference);
    if (processing === undefined || processing.state === 'succeeded') return undefined;
    if (processing.state === 'failed')
      return {
        kind: 'rejected',
        reason: `X cannot use ${info.name}: ${processing.error?.message ?? 'it does not say why.'}`,
      };
    const seconds = Math.max(processing.check_after_secs ?? 0, SHORTEST_WAIT_SECONDS);
    await sleep(1_000 * Math.min(seconds, LONGEST_WAIT_SECONDS), undefined, { signal: tools.signal });
  }
  return { kind: 'unavailable', reason: `X is still working on ${info.name}.` };
}

/** Undefined where X has nothing to work on. */
async function processingOf(
  client: TwitterApiv2,
  reference: string,
): Promise<UploadAnswer['data']['processing_info']> {
  const { data } = await client.get<UploadAnswer>('media/upload', {
    command: 'STATUS',
    media_id: reference,
  });
  return data.processing_info;
}

function toUpload(reference: string, begunAt: number, progress: Progress): Upload {
  const session = progress === 'being worked on' ? progress : String(progress.next);
  return { reference, session, begunAt, isReady: false };
}

function progressOf({ session }: Upload): Progress {
  return session === 'being worked on' ? session : { next: Number(session ?? 0) };
}
