/** How media come to LinkedIn: each is uploaded by itself and then named in the post. An upload goes on at the part where it stopped. */

import { setTimeout as pause } from 'node:timers/promises';
import type { NotPublished, Rejected } from '../../domain/platforms.ts';
import type { MediaKind } from '../../domain/posts.ts';
import type { LinkedinClient, LinkedinMedia } from '../../runtime/linkedin.ts';
import type { LinkedinAnswer } from '../../runtime/linkedin-answer.ts';
import type { MediaSource, PublisherTools, Upload } from './publisher.ts';

/** How long LinkedIn is given to look a medium through before the activity leaves it for another try, and how often it is asked. */
const PROCESSING_MS = 300_000;
const POLL_MS = 1_000;

/** What LinkedIn takes a medium for. */
const MEDIA_AS: Readonly<Record<MediaKind, LinkedinMedia>> = {
  image: 'images',
  gif: 'images',
  video: 'videos',
  document: 'documents',
};

/** The types of files that LinkedIn takes ("Images", "Videos" and "Documents API" in its docs). */
const TYPES: Readonly<Record<LinkedinMedia, readonly string[]>> = {
  images: ['image/jpeg', 'image/png', 'image/gif'],
  videos: ['video/mp4'],
  documents: [
    'application/pdf',
    'application/msword',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
};

/** The parts of an upload, as they stand in the ledger. */
interface Session {
  readonly uploadToken: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly url: string;
  readonly firstByte: number;
  readonly bytes: number;
  /** What LinkedIn has answered to it: it is there. */
  readonly etag: string | null;
}

/** What an upload works with. */
export interface UploadContext {
  readonly client: LinkedinClient;
  /** The URN in whose name the medium is uploaded. */
  readonly owner: string;
  readonly tools: PublisherTools;
  /** What a refusal means. */
  explain(answer: LinkedinAnswer<unknown>): NotPublished;
}

/** Why LinkedIn cannot take these media in one post; undefined where it can. */
export function mediaProblem(media: readonly MediaSource[]): Rejected | undefined {
  if (media.length > 1 && media.some(({ info }) => MEDIA_AS[info.kind] !== 'images'))
    return rejected('LinkedIn takes pictures, or one video, or one document: keep one kind.');
  const wrong = media.find(({ info }) => !TYPES[MEDIA_AS[info.kind]].includes(info.type));
  return wrong && rejected(`LinkedIn does not take ${wrong.info.name}, which is ${wrong.info.type}.`);
}

/** Brings a medium to LinkedIn, as far as that is not done. Undefined: it is there and can be named in a post. */
export async function uploadMedium(
  medium: MediaSource,
  context: UploadContext,
): Promise<NotPublished | undefined> {
  const { uploads } = context.tools;
  const { mediaId, kind } = medium.info;
  const known = await uploads.find(mediaId);
  if (known?.isReady === true) return undefined;
  const begun = known ?? (await begin(medium, context));
  if ('kind' in begun) return begun;
  const hindrance =
    (known === undefined ? await send(medium, begun, context) : await goOn(medium, begun, context)) ??
    (await waitUntilReady(kind, begun, context));
  if (hindrance === undefined) await uploads.save(mediaId, { ...begun, session: null, isReady: true });
  return hindrance;
}

/** Sends what is missing. All of it may be there already: the answer to that may have been lost, and it is taken once alone. */
async function goOn(
  medium: MediaSource,
  begun: Upload,
  context: UploadContext,
): Promise<NotPublished | undefined> {
  const answer = await context.client.mediaStatus(MEDIA_AS[medium.info.kind], begun.reference);
  if (answer.body === 'PROCESSING' || answer.body === 'AVAILABLE') return undefined;
  const hindrance = answer.body === undefined ? context.explain(answer) : undefined;
  // Where LinkedIn knows nothing of it, that comes out when it is sent.
  return hindrance === undefined || hindrance.kind === 'rejected' ? send(medium, begun, context) : hindrance;
}

async function begin(medium: MediaSource, context: UploadContext): Promise<Upload | NotPublished> {
  const { client, owner, tools, explain } = context;
  const { info } = medium;
  const answer = await client.beginUpload(MEDIA_AS[info.kind], owner, info.bytes);
  if (answer.body === undefined) return explain(answer);
  const { urn, uploadUrl, uploadToken, uploadInstructions } = answer.body;
  const parts: Part[] =
    uploadUrl === undefined
      ? uploadInstructions.map(({ uploadUrl: url, firstByte, lastByte }) => ({
          url,
          firstByte,
          bytes: lastByte - firstByte + 1,
          etag: null,
        }))
      : [{ url: uploadUrl, firstByte: 0, bytes: info.bytes, etag: null }];
  const session: Session = { uploadToken, parts };
  const begun = { reference: urn, session: JSON.stringify(session), begunAt: tools.now(), isReady: false };
  await tools.uploads.save(info.mediaId, begun);
  return begun;
}

async function beginAnew(medium: MediaSource, context: UploadContext): Promise<NotPublished> {
  await context.tools.uploads.forget(medium.info.mediaId);
  return { kind: 'unavailable', reason: 'The upload to LinkedIn is no longer valid: it begins anew.' };
}

/** Sends the parts that are not there yet, and tells LinkedIn when a video is whole. */
async function send(
  medium: MediaSource,
  upload: Upload,
  context: UploadContext,
): Promise<NotPublished | undefined> {
  // Without the addresses of its parts nobody can go on with it.
  if (upload.session === null) return beginAnew(medium, context);
  const { client, tools, explain } = context;
  const { mediaId, kind } = medium.info;
  const { uploadToken, parts } = JSON.parse(upload.session) as Session;
  const sent = [...parts];
  for (const [index, part] of parts.entries()) {
    if (part.etag !== null) continue;
    const bytes = await medium.read(part.firstByte, part.bytes);
    const answer = await client.put(MEDIA_AS[kind], part.url, bytes);
    if (isOver(answer.status)) return beginAnew(medium, context);
    if (answer.body === undefined) return explain(answer);
    sent[index] = { ...part, etag: answer.body };
    await tools.uploads.save(mediaId, { ...upload, session: JSON.stringify({ uploadToken, parts: sent }) });
    tools.heartbeat();
  }
  if (kind !== 'video') return undefined;
  const etags = sent.map(({ etag }) => etag ?? '');
  const answer = await client.finalizeVideo(upload.reference, uploadToken, etags);
  return answer.refusal && explain(answer);
}

async function waitUntilReady(
  kind: MediaKind,
  { reference }: Upload,
  { client, tools, explain }: UploadContext,
): Promise<NotPublished | undefined> {
  const deadline = tools.now() + PROCESSING_MS;
  while (tools.now() < deadline) {
    const answer = await client.mediaStatus(MEDIA_AS[kind], reference);
    if (answer.body === undefined) return explain(answer);
    if (answer.body === 'AVAILABLE') return undefined;
    if (answer.body === 'PROCESSING_FAILED')
      return rejected(`LinkedIn cannot use the ${kind}: give another.`);
    tools.heartbeat();
    await pause(POLL_MS, undefined, { signal: tools.signal });
  }
  return { kind: 'unavailable', reason: `LinkedIn has not looked the ${kind} through yet.` };
}

/** Whether LinkedIn does not take anything at an address any more. */
const isOver = (status: number) => status === 403 || status === 404 || status === 410;

const rejected = (reason: string): Rejected => ({ kind: 'rejected', reason });
