/** Bringing a video to YouTube, whose last part publishes it. */

import type { NotPublished, Unknown } from '../../domain/platforms.ts';
import {
  askProgress,
  CHUNK_BYTES,
  isLastPart,
  sendPart,
  type UploadProgress,
  type UploadSession,
} from '../../runtime/resumable-upload.ts';
import type { YoutubeClient } from '../../runtime/youtube.ts';
import type { MediaSource, PublisherTools } from './publisher.ts';
import { failureOf, failureOfRefusal, harmless } from './youtube-failure.ts';
import { fingerprintOf, type VideoWords } from './youtube-video.ts';

/** A video that is brought to YouTube. */
export interface VideoUpload {
  readonly source: MediaSource;
  readonly words: VideoWords;
  readonly accessToken: string;
  readonly client: YoutubeClient;
  /** Where sessions begin. */
  readonly address: string;
}

/** How far a video is. */
export type UploadState =
  /** Nothing is missing but the last part, from `offset` on. */
  | { readonly kind: 'last part missing'; readonly session: UploadSession; readonly offset: number }
  /** It is published. */
  | { readonly kind: 'complete'; readonly answer: unknown }
  | NotPublished;

/** How far a session is, or why nobody knows it now. */
export type SessionState = Exclude<UploadProgress, { kind: 'refused' }> | NotPublished;

const FORGOTTEN: NotPublished = {
  kind: 'unavailable',
  reason: 'YouTube has forgotten the upload: it begins anew.',
};
const NOT_TAKEN: NotPublished = { kind: 'unavailable', reason: 'YouTube has not taken all of the video.' };

/**
 * Sends everything but the last part, from where the last attempt stopped. The words of a video go with the beginning of its session,
 * so a session with other words, or of another file, is given up: nobody has seen it.
 */
export async function bringToLastPart(upload: VideoUpload, tools: PublisherTools): Promise<UploadState> {
  const { source } = upload;
  const known = await tools.uploads.find(source.info.mediaId);
  if (known?.session != null) {
    const session = sessionAt(known.session, upload, tools);
    const state = await askSession(session, tools);
    if (state.kind === 'incomplete' && known.reference === fingerprintOf(upload.words, source.info))
      return sendChunks(session, state.received, upload, tools);
    if (state.kind !== 'incomplete' && state.kind !== 'gone') return state;
    await tools.uploads.forget(source.info.mediaId);
  }
  const begun = await beginSession(upload, tools);
  return 'kind' in begun ? begun : sendChunks(begun, 0, upload, tools);
}

/** The session at an address that is known. */
export function sessionAt(
  address: string,
  { source: { info }, accessToken }: Pick<VideoUpload, 'source' | 'accessToken'>,
  { signal }: PublisherTools,
): UploadSession {
  return { address, accessToken, totalBytes: info.bytes, type: info.type, signal };
}

/** Asks how far a session is. */
export function askSession(session: UploadSession, { now }: PublisherTools): Promise<SessionState> {
  return stateAfter(() => askProgress(session), now);
}

/** Sends the last part, which publishes. `unknown`: it may be published. */
export async function sendLastPart(
  { session, offset }: Extract<UploadState, { kind: 'last part missing' }>,
  source: MediaSource,
  { now, uploads }: PublisherTools,
): Promise<Extract<UploadState, { kind: 'complete' }> | NotPublished | Unknown> {
  const bytes = await source.read(offset, session.totalBytes - offset);
  const progress = await sendPart(session, offset, bytes).catch((error) => failureOf(error, now()));
  switch (progress.kind) {
    case 'incomplete':
      return NOT_TAKEN;
    case 'gone':
      await uploads.forget(source.info.mediaId);
      return FORGOTTEN;
    case 'refused':
      return failureOfRefusal(progress, now());
    default:
      return progress;
  }
}

/** Nobody sees what these requests do: where their answer is lost, they can be repeated. */
async function stateAfter(
  request: () => Promise<UploadProgress>,
  now: PublisherTools['now'],
): Promise<SessionState> {
  const progress = await request().catch((error) => harmless(failureOf(error, now())));
  return progress.kind === 'refused' ? harmless(failureOfRefusal(progress, now())) : progress;
}

/** Begins a session, and keeps it before a byte is sent. */
async function beginSession(
  { source: { info }, words, client, address, accessToken, source }: VideoUpload,
  tools: PublisherTools,
): Promise<UploadSession | NotPublished> {
  try {
    const { headers } = await client.api.videos.insert(
      { part: ['snippet', 'status'], uploadType: 'resumable', requestBody: words },
      {
        ...client.request,
        url: address,
        headers: {
          ...client.request.headers,
          'x-upload-content-length': String(info.bytes),
          'x-upload-content-type': info.type,
        },
      },
    );
    const session = headers.location;
    if (session === undefined) return { kind: 'unavailable', reason: 'YouTube did not begin the upload.' };
    await tools.uploads.save(info.mediaId, {
      ...{ session, begunAt: tools.now(), isReady: false },
      // A video has no name before it is there: this says with which words it was begun.
      reference: fingerprintOf(words, info),
    });
    return sessionAt(session, { source, accessToken }, tools);
  } catch (error) {
    return harmless(failureOf(error, tools.now()));
  }
}

async function sendChunks(
  session: UploadSession,
  received: number,
  { source }: VideoUpload,
  { heartbeat, uploads, now }: PublisherTools,
): Promise<UploadState> {
  let offset = received;
  while (!isLastPart(offset, session.totalBytes)) {
    heartbeat();
    const bytes = await source.read(offset, CHUNK_BYTES);
    const state = await stateAfter(() => sendPart(session, offset, bytes), now);
    if (state.kind === 'gone') {
      await uploads.forget(source.info.mediaId);
      return FORGOTTEN;
    }
    if (state.kind !== 'incomplete') return state;
    if (state.received <= offset) return NOT_TAKEN;
    offset = state.received;
  }
  return { kind: 'last part missing', session, offset };
}
