/** What each platform has to be able to do, so that posts can be brought there by one and the same course (`publish.ts`). */

import type { AdaptedPost } from '../../domain/adaptation.ts';
import type { FiguresOutcome, ReadOrder } from '../../domain/engagement.ts';
import type {
  EditOutcome,
  LookUpOutcome,
  NotPublished,
  Platform,
  Published,
  PublishOutcome,
} from '../../domain/platforms.ts';
import type { DeliveryRef, MediaId, MediaInfo } from '../../domain/posts.ts';

/** In whose name we act on a platform. The token is secret: it stays within the activity. */
export interface PlatformAccess {
  readonly accessToken: string;
  /** The account's id on the platform: a user's, an organisation's URN, a channel's. */
  readonly accountId: string;
  readonly accountName: string;
}

/** A medium, and its bytes. */
export interface MediaSource {
  readonly info: MediaInfo;
  /** The bytes from `offset` on, at most `length`, fewer at the end. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** How far the upload of a medium has come. */
export interface Upload {
  /** What the platform calls it in a post: a media id, a URN. Empty until it says. */
  readonly reference: string;
  /** The address of a resumable upload: who has it can upload, so it is kept encrypted. */
  readonly session: string | null;
  /** When it began, in ms since 1970: platforms forget what is not used. */
  readonly begunAt: number;
  /** Whether all of it is there and can be named in a post. */
  readonly isReady: boolean;
}

/** The uploads of a delivery, in the ledger. */
export interface UploadStore {
  find(mediaId: MediaId): Promise<Upload | undefined>;
  save(mediaId: MediaId, upload: Upload): Promise<void>;
  /** Forgets one that the platform does not know any more. */
  forget(mediaId: MediaId): Promise<void>;
}

/** What is to be published. */
export interface PublishOrder {
  readonly delivery: DeliveryRef;
  readonly post: AdaptedPost;
  readonly media: readonly MediaSource[];
  /** A short name of this delivery, the same in every attempt: for platforms on which a mark can be hidden and searched for. */
  readonly mark: string;
  /** When it was first tried, in ms since 1970: what is older on the platform is not it. */
  readonly firstTriedAt: number;
}

/** What a publisher works with. */
export interface PublisherTools {
  readonly uploads: UploadStore;
  /** Tells Temporal that it goes on. To be called between the parts of an upload. */
  heartbeat(): void;
  /** Aborts when nobody waits for the result any more. */
  readonly signal: AbortSignal;
  /** In ms since 1970: for waits, never for a rule of the business. */
  now(): number;
}

/** What is needed to look at a platform. */
export type CheckTools = Pick<PublisherTools, 'signal' | 'now'>;

/** What is needed to read figures. */
export type ReadTools = Pick<PublisherTools, 'heartbeat' | 'signal' | 'now'>;

/**
 * A platform. Nothing of it is thrown that is expected: refusals, limits, expired tokens and lost answers are outcomes. What
 * is thrown is tried again by Temporal, except in `publish`, where it counts as unknown.
 */
export interface Publisher {
  readonly platform: Platform;
  /**
   * Looks whether anything can be published there at all, as it is configured. Asked before a post is published anywhere. Undefined:
   * it can. Absent where there is nothing to look at: those that have it are `ASKED_BEFORE`.
   */
  check?(tools: CheckTools): Promise<NotPublished | undefined>;
  /**
   * Brings the media to the platform, so that `publish` need only name them. Nobody sees them yet, so it may be repeated, and goes
   * on where the last one stopped. Undefined: all is there.
   */
  upload?(order: PublishOrder, tools: PublisherTools): Promise<NotPublished | undefined>;
  /** Publishes: one request that makes it visible. Called only after the intent was written down, once for each attempt. */
  publish(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome>;
  /** Looks on the platform for what a former attempt may have published. */
  lookUp(order: PublishOrder, tools: PublisherTools): Promise<LookUpOutcome>;
  /** Makes what is published say what the order says. Absent where the platform lets nothing be changed. */
  edit?(order: PublishOrder, published: Published, tools: PublisherTools): Promise<EditOutcome>;
  /**
   * Reads the figures of posts, in as few requests as the platform lets it, however many they are. What cannot be read for
   * one post keeps the others' figures whole.
   */
  readFigures?(orders: readonly ReadOrder[], tools: ReadTools): Promise<FiguresOutcome>;
}

/** A publisher in the name of an account. */
export type ConnectPublisher = (access: PlatformAccess) => Publisher;
