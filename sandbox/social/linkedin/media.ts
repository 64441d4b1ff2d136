/** Pictures, videos and documents on LinkedIn: each is uploaded first, and named by its URN in a post. */

import { createHash, randomBytes } from 'node:crypto';
import { keepPicture } from '../pictures.ts';
import type { PlatformServices } from '../stand-in.ts';

/** What can be uploaded, by the name of its route. */
export const MEDIA_KINDS = { images: 'image', videos: 'video', documents: 'document' } as const;
export type MediaRoute = keyof typeof MEDIA_KINDS;
export type LinkedinMediaKind = (typeof MEDIA_KINDS)[MediaRoute];

/** The largest part of a video. */
const PART_BYTES = 4 * 1024 * 1024;
const URLS_LAST_MS = 86_400_000;

/** A part of an upload: pictures and documents have one. */
interface Part {
  readonly firstByte: number;
  /** Of pictures and documents nobody says beforehand how large they are. */
  readonly lastByte: number | null;
  etag: string | null;
}

/** Something that is uploaded. */
export interface Medium {
  readonly urn: string;
  readonly kind: LinkedinMediaKind;
  readonly owner: string;
  /** In its addresses: who knows it may upload. */
  readonly secret: string;
  readonly uploadToken: string;
  readonly expiresAt: number;
  readonly parts: Part[];
  status: 'WAITING_UPLOAD' | 'PROCESSING' | 'AVAILABLE';
  bytes: number;
  digest: string;
}

const MEDIA = 'media';
const URN_PREFIX = 'D4E';

/** The media of the platform. Bytes are kept until an upload is whole, and not beyond the end of the process. */
export class LinkedinMedia {
  readonly #services: PlatformServices;
  readonly #bytes = new Map<Part, Buffer>();

  constructor(services: PlatformServices) {
    this.#services = services;
  }

  find(urn: string): Medium | undefined {
    return this.#all.find((medium) => medium.urn === urn);
  }

  /** @param bytes of a video: it is uploaded in parts */
  begin(kind: LinkedinMediaKind, owner: string, bytes?: number): Medium {
    const medium: Medium = {
      urn: `urn:li:${kind}:${URN_PREFIX}${this.#services.newNumber()}AQ`,
      kind,
      owner,
      secret: randomBytes(12).toString('hex'),
      uploadToken: bytes !== undefined && bytes > PART_BYTES ? randomBytes(12).toString('hex') : '',
      expiresAt: this.#services.now() + URLS_LAST_MS,
      parts: bytes === undefined ? [{ firstByte: 0, lastByte: null, etag: null }] : partsOf(bytes),
      status: 'WAITING_UPLOAD',
      bytes: 0,
      digest: '',
    };
    this.#services.records[MEDIA] = [...this.#all, medium];
    this.#services.save();
    return medium;
  }

  /** The address of a part. */
  uploadUrl({ urn, secret }: Medium, part: number): string {
    return `${this.#services.url()}/dms-uploads/${encodeURIComponent(urn)}/${part}?secret=${secret}`;
  }

  /** Takes the bytes of a part. Gives its ETag; undefined where it is none, or of another size. */
  put(medium: Medium, number: number, bytes: Buffer): string | undefined {
    const part = medium.parts[number];
    if (part === undefined || medium.status !== 'WAITING_UPLOAD') return undefined;
    if (part.lastByte !== null && bytes.length !== part.lastByte - part.firstByte + 1) return undefined;
    this.#bytes.set(part, bytes);
    part.etag = createHash('md5').update(bytes).digest('hex');
    // A video waits to be told that it is whole.
    if (medium.kind !== 'video') this.#complete(medium);
    else this.#services.save();
    return part.etag;
  }

  /** Puts a video together of its parts. Gives false where a part is missing or is another. */
  finalize(medium: Medium, uploadToken: string, etags: readonly string[]): boolean {
    const { parts } = medium;
    const isWhole =
      uploadToken === medium.uploadToken &&
      etags.length === parts.length &&
      parts.every((part, index) => part.etag === etags[index] && this.#bytes.has(part));
    if (isWhole) this.#complete(medium);
    return isWhole;
  }

  /** How far it is. Videos and documents are looked through first: whoever asks once is told so. */
  statusOf(medium: Medium): Medium['status'] {
    const { status } = medium;
    if (status === 'PROCESSING') {
      medium.status = 'AVAILABLE';
      this.#services.save();
    }
    return status;
  }

  get #all(): readonly Medium[] {
    return (this.#services.records[MEDIA] ?? []) as readonly Medium[];
  }

  #complete(medium: Medium): void {
    const bytes = Buffer.concat(medium.parts.map((part) => this.#bytes.get(part) ?? Buffer.alloc(0)));
    for (const part of medium.parts) this.#bytes.delete(part);
    medium.bytes = bytes.length;
    medium.digest = createHash('sha256').update(bytes).digest('hex');
    medium.status = medium.kind === 'image' ? 'AVAILABLE' : 'PROCESSING';
    if (medium.kind === 'image') keepPicture(this.#services.records, medium.digest, bytes);
    this.#services.save();
  }
}

function partsOf(bytes: number): Part[] {
  return Array.from({ length: Math.ceil(bytes / PART_BYTES) }, (_, index) => ({
    firstByte: index * PART_BYTES,
    lastByte: Math.min((index + 1) * PART_BYTES, bytes) - 1,
    etag: null,
  }));
}
