/**
 * Resumable uploads ("Resumable Uploads" in the documentation of the YouTube Data API): one request begins a session with all words of
 * the video, others bring its bytes to the session's address, and the one with the last byte makes the video.
 */

import { createHash, type Hash, randomBytes } from 'node:crypto';
import type { PlatformServices, SocialPost } from '../stand-in.ts';
import { problem, YoutubeProblem } from './problems.ts';
import { spendInsert } from './quota.ts';
import { readDetails, type VideoDetails, type Videos } from './videos.ts';

const LASTS_MS = 7 * 86_400_000;
/** All parts but the last are a multiple of it. */
const STEP = 256 * 1024;

/** An upload, without its bytes. */
interface Session {
  readonly id: string;
  readonly details: VideoDetails;
  readonly begunAt: number;
  /** null: the first part says it. */
  totalBytes: number | null;
  received: number;
  /** null: bytes are missing. */
  videoId: string | null;
}

/** What a request to a session's address came to. */
export type UploadAnswer =
  | { readonly kind: 'incomplete'; readonly received: number }
  | { readonly kind: 'complete'; readonly video: SocialPost };

/** What `Content-Range` says: which bytes of how many, or only how many there are. */
interface ContentRange {
  readonly from: number | null;
  readonly until: number;
  readonly total: number;
}

const GONE = new YoutubeProblem({ status: 404, body: 'Not Found' });

/**
 * The uploads. The digest of what has arrived is kept in memory: a session that is not whole is unknown to a local platform that
 * starts anew, as YouTube too forgets some.
 */
export class Uploads {
  readonly #services: PlatformServices;
  readonly #videos: Videos;
  readonly #digests = new Map<string, Hash>();

  constructor(services: PlatformServices, videos: Videos) {
    this.#services = services;
    this.#videos = videos;
  }

  /** Begins one. Gives its id, which is all that one needs to go on with it. @throws YoutubeProblem */
  begin(body: unknown, totalBytes: string | undefined, type: string | undefined): string {
    if (type !== undefined && !/^(video\/|application\/octet-stream)/.test(type))
      throw problem(400, 'mediaBodyRequired', `Media type '${type}' is not supported.`, { domain: 'global' });
    const details = readDetails(body);
    spendInsert(this.#services);
    const session: Session = {
      id: randomBytes(48).toString('base64url'),
      details,
      begunAt: this.#services.now(),
      totalBytes: totalBytes === undefined ? null : Number(totalBytes),
      received: 0,
      videoId: null,
    };
    this.#sessions[session.id] = session;
    this.#digests.set(session.id, createHash('sha256'));
    this.#services.save();
    return session.id;
  }

  /** Takes a part, or says how far it is. @throws YoutubeProblem */
  put(id: string, contentRange: string | undefined, bytes: Buffer): UploadAnswer {
    const session = this.#sessions[id];
    if (session === undefined || session.begunAt + LASTS_MS <= this.#services.now()) throw GONE;
    const range = readRange(contentRange, bytes);
    if (session.videoId !== null) return this.#finished(session.videoId);
    const digest = this.#digests.get(id);
    if (digest === undefined) throw GONE;
    session.totalBytes ??= range.total;
    if (range.total !== session.totalBytes) throw invalidRange();
    if (range.from === null) return { kind: 'incomplete', received: session.received };
    if (range.from > session.received) throw invalidRange();
    const fresh = bytes.subarray(session.received - range.from);
    digest.update(fresh);
    session.received += fresh.length;
    if (session.received < session.totalBytes) {
      this.#services.save();
      return { kind: 'incomplete', received: session.received };
    }
    return this.#finish(session, digest);
  }

  #finish(session: Session, digest: Hash): UploadAnswer {
    const file = { bytes: session.received, digest: digest.digest('hex') };
    const video = this.#videos.publish(session.details, file);
    session.videoId = video.id;
    this.#digests.delete(session.id);
    this.#services.save();
    return { kind: 'complete', video };
  }

  #finished(videoId: string): UploadAnswer {
    const video = this.#videos.find(videoId);
    if (video === undefined) throw GONE;
    return { kind: 'complete', video };
  }

  get #sessions(): Record<string, Session> {
    this.#services.records.sessions ??= {};
    return this.#services.records.sessions as Record<string, Session>;
  }
}

/** @throws YoutubeProblem if it is no range, or not that of `bytes` */
function readRange(header: string | undefined, bytes: Buffer): ContentRange {
  if (header === undefined) return { from: 0, until: bytes.length, total: bytes.length };
  const [, first, last, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(header) ?? [];
  if (total === undefined) throw invalidRange();
  if (first === undefined || last === undefined) return { from: null, until: 0, total: Number(total) };
  const range = { from: Number(first), until: Number(last) + 1, total: Number(total) };
  const isLast = range.until === range.total;
  if (range.until - range.from !== bytes.length || range.until > range.total) throw invalidRange();
  if (!isLast && bytes.length % STEP !== 0) throw invalidRange();
  return range;
}

function invalidRange(): YoutubeProblem {
  return problem(400, 'badRequest', 'Failed to parse Content-Range header.', { domain: 'global' });
}
