/**
 * A thin client for LinkedIn's REST API: of its own package there is no maintained version. It tries nothing again, and takes an
 * answer of any status for an answer; where none comes, what `fetch` throws is thrown, in which there is no token.
 */

import { z } from 'zod';
import { type LinkedinAnswer, readAnswer } from './linkedin-answer.ts';
import {
  batch,
  type LinkedinMediaStatus,
  type LinkedinPost,
  type LinkedinStatistics,
  type LinkedinUpload,
  list,
  organization,
  posted,
  progress,
  roles,
  statistics,
  upload,
} from './linkedin-forms.ts';

const PROTOCOL = '2.0.0';
const TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 300_000;
const CREATED_ID = 'x-restli-id';
const SHARE = 'urn:li:share:';
/** What a batch says, or leaves unsaid, of what is not there. */
const MISSING = { status: 404 };

/** In whose name, and how, LinkedIn is asked. */
export interface LinkedinAccess {
  /** The address of its API, without a slash at the end. */
  readonly api: string;
  /** Secret. */
  readonly token: string;
  /** The version of the API, `YYYYMM`. */
  readonly version: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** How long an answer may take, but for uploads; 30 s when absent. */
  readonly timeoutMs?: number;
}

/** What can be uploaded, by the name of its resource. */
export type LinkedinMedia = 'images' | 'videos' | 'documents';

/** A medium that a post names. */
export interface LinkedinMedium {
  /** Its URN. */
  readonly id: string;
  readonly title?: string;
}

/** A post to be published. */
export interface LinkedinDraft {
  /** The URN of the organisation or member. */
  readonly author: string;
  /** In little text. */
  readonly commentary: string;
  /** Nothing, one of any kind, or several pictures. */
  readonly media: readonly LinkedinMedium[];
}

/** Which posts there are. Those of which LinkedIn says neither for the moment are in none of the two. */
export interface LinkedinPresence {
  readonly there: readonly string[];
  readonly gone: readonly string[];
}

const nothing = z.unknown();

interface Ask {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: LinkedinQuery;
  /** What Rest.li calls the method, where it is none of HTTP's. */
  readonly restMethod?: 'FINDER' | 'PARTIAL_UPDATE' | 'BATCH_GET';
  readonly body?: unknown;
}

type LinkedinQuery = Readonly<Record<string, string | readonly string[]>>;

export class LinkedinClient {
  readonly #access: LinkedinAccess;

  constructor(access: LinkedinAccess) {
    this.#access = access;
  }

  /** Publishes at once. Gives the URN of what was published. */
  async createPost({ author, commentary, media }: LinkedinDraft): Promise<LinkedinAnswer<string>> {
    const body = {
      author,
      commentary,
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      ...contentOf(media),
      lifecycleState: 'PUBLISHED',
      isReshareDisabledByAuthor: false,
    };
    const answer = await this.#ask({ method: 'POST', path: '/rest/posts', body }, nothing);
    return { ...answer, body: answer.headers.get(CREATED_ID) ?? undefined };
  }

  post(urn: string): Promise<LinkedinAnswer<LinkedinPost>> {
    return this.#ask({ method: 'GET', path: `/rest/posts/${encodeURIComponent(urn)}` }, posted);
  }

  /** What an author has published, last changed first: `count` of them, from the `start`th on. */
  async postsOf(
    author: string,
    { start, count }: { readonly start: number; readonly count: number },
  ): Promise<LinkedinAnswer<readonly LinkedinPost[]>> {
    const query = {
      q: 'author',
      author,
      start: String(start),
      count: String(count),
      sortBy: 'LAST_MODIFIED',
    };
    const answer = await this.#ask({ method: 'GET', path: '/rest/posts', query, restMethod: 'FINDER' }, list);
    return { ...answer, body: answer.body?.elements };
  }

  /** Which of the posts with these URNs are there. */
  async presenceOf(urns: readonly string[]): Promise<LinkedinAnswer<LinkedinPresence>> {
    const query = { ids: urns };
    const answer = await this.#ask(
      { method: 'GET', path: '/rest/posts', query, restMethod: 'BATCH_GET' },
      batch,
    );
    return { ...answer, body: answer.body && presenceIn(answer.body, urns) };
  }

  /** The statistics of an organisation's posts, by URN. Those with which nobody has done anything are left out. */
  async statisticsOf(
    organizationalEntity: string,
    urns: readonly string[],
  ): Promise<LinkedinAnswer<ReadonlyMap<string, LinkedinStatistics>>> {
    const shares = urns.filter((urn) => urn.startsWith(SHARE));
    const ugcPosts = urns.filter((urn) => !urn.startsWith(SHARE));
    const query = {
      q: 'organizationalEntity',
      organizationalEntity,
      ...(shares.length > 0 && { shares }),
      ...(ugcPosts.length > 0 && { ugcPosts }),
    };
    const path = '/rest/organizationalEntityShareStatistics';
    const answer = await this.#ask({ method: 'GET', path, query, restMethod: 'FINDER' }, statistics);
    const found = answer.body?.elements.map(
      ({ share, ugcPost, totalShareStatistics }) => [share ?? ugcPost ?? '', totalShareStatistics] as const,
    );
    return { ...answer, body: found && new Map(found) };
  }

  /** Writes another commentary, in little text, below what is published. */
  changeCommentary(urn: string, commentary: string): Promise<LinkedinAnswer<unknown>> {
    const path = `/rest/posts/${encodeURIComponent(urn)}`;
    const body = { patch: { $set: { commentary } } };
    return this.#ask({ method: 'POST', path, body, restMethod: 'PARTIAL_UPDATE' }, nothing);
  }

  /** @param bytes how many, for a video */
  beginUpload(media: LinkedinMedia, owner: string, bytes: number): Promise<LinkedinAnswer<LinkedinUpload>> {
    const video = { fileSizeBytes: bytes, uploadCaptions: false, uploadThumbnail: false };
    const initializeUploadRequest = { owner, ...(media === 'videos' && video) };
    return this.#act(media, 'initializeUpload', { initializeUploadRequest }, upload);
  }

  /** Puts the parts of a video together, by the ETags that they were given, in order. */
  finalizeVideo(
    video: string,
    uploadToken: string,
    uploadedPartIds: readonly string[],
  ): Promise<LinkedinAnswer<unknown>> {
    const finalizeUploadRequest = { video, uploadToken, uploadedPartIds };
    return this.#act('videos', 'finalizeUpload', { finalizeUploadRequest }, nothing);
  }

  async mediaStatus(media: LinkedinMedia, urn: string): Promise<LinkedinAnswer<LinkedinMediaStatus>> {
    const path = `/rest/${media}/${encodeURIComponent(urn)}`;
    const answer = await this.#ask({ method: 'GET', path }, progress);
    return { ...answer, body: answer.body?.status };
  }

  /**
   * Sends bytes to an address that LinkedIn has given, and gives the ETag that it answers. Parts of a video go without the token, as
   * LinkedIn describes it; other media with it, if the address is LinkedIn's.
   */
  async put(media: LinkedinMedia, url: string, bytes: Buffer): Promise<LinkedinAnswer<string>> {
    const isTrusted = media !== 'videos' && belongsTo(this.#access.api, url);
    const response = await fetch(url, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        ...(isTrusted && { authorization: `Bearer ${this.#access.token}` }),
      },
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: this.#signal(UPLOAD_TIMEOUT_MS),
    });
    const answer = await readAnswer(response, nothing);
    const etag = (response.headers.get('etag') ?? '').replace(/^"|"$/g, '');
    return { ...answer, body: answer.refusal === undefined ? etag : undefined };
  }

  /** The URNs of the organisations for whose pages the member may publish whose token this is. */
  async administeredOrganizations(): Promise<LinkedinAnswer<readonly string[]>> {
    const query = { q: 'roleAssignee', role: 'ADMINISTRATOR', state: 'APPROVED' };
    const path = '/rest/organizationAcls';
    const answer = await this.#ask({ method: 'GET', path, query, restMethod: 'FINDER' }, roles);
    return { ...answer, body: answer.body?.elements.map(({ organization }) => organization) };
  }

  /** What the page of an organisation is called. */
  async organizationName(urn: string): Promise<LinkedinAnswer<string>> {
    const path = `/rest/organizations/${encodeURIComponent(urn.slice(urn.lastIndexOf(':') + 1))}`;
    const answer = await this.#ask({ method: 'GET', path }, organization);
    return { ...answer, body: answer.body?.localizedName };
  }

  #act<Body>(media: LinkedinMedia, action: string, body: unknown, form: z.ZodType<Body>) {
    return this.#ask({ method: 'POST', path: `/rest/${media}`, query: { action }, body }, form);
  }

  async #ask<Body>(
    { method, path, query, restMethod, body }: Ask,
    form: z.ZodType<Body>,
  ): Promise<LinkedinAnswer<Body>> {
    const { api, token, version, timeoutMs = TIMEOUT_MS } = this.#access;
    const response = await fetch(`${api}${path}${query ? `?${toQuery(query)}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'linkedin-version': version,
        'x-restli-protocol-version': PROTOCOL,
        ...(restMethod !== undefined && { 'x-restli-method': restMethod }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A token goes nowhere else.
      redirect: 'error',
      signal: this.#signal(timeoutMs),
    });
    return readAnswer(response, form);
  }

  #signal(timeoutMs: number): AbortSignal {
    const timeout = AbortSignal.timeout(timeoutMs);
    return this.#access.signal === undefined ? timeout : AbortSignal.any([timeout, this.#access.signal]);
  }
}

/** Of lists, Rest.li wants the members alone to be encoded. */
function toQuery(query: LinkedinQuery): string {
  const encoded = (value: string) => encodeURIComponent(value);
  return Object.entries(query)
    .map(([name, value]) =>
      typeof value === 'string' ? `${name}=${encoded(value)}` : `${name}=List(${value.map(encoded).join()})`,
    )
    .join('&');
}

function presenceIn({ results, errors }: z.output<typeof batch>, urns: readonly string[]): LinkedinPresence {
  return {
    there: urns.filter((urn) => urn in results),
    gone: urns.filter((urn) => !(urn in results) && (errors[urn] ?? MISSING).status === MISSING.status),
  };
}

/** The media of a post, as the API names them. */
function contentOf(media: readonly LinkedinMedium[]): object {
  const [first] = media;
  if (first === undefined) return {};
  if (media.length === 1) return { content: { media: first } };
  return { content: { multiImage: { images: media.map(({ id }) => ({ id })) } } };
}

/** Whether an address is on LinkedIn's own hosts: those of the API, and what ends like them. */
function belongsTo(api: string, url: string): boolean {
  const hostname = URL.parse(url)?.hostname;
  return (
    hostname !== undefined &&
    (hostname === new URL(api).hostname || /(^|\.)linkedin\.com$/.test(hostname)) &&
    url.startsWith(new URL(api).protocol)
  );
}
