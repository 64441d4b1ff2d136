/** X as a platform. Its API lets nothing be changed that is published, so there is no `edit`. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { TweetV2PostTweetResult, TwitterApiv2 } from 'twitter-api-v2';
import type { FiguresOutcome, ReadOrder } from '../../domain/engagement.ts';
import {
  type LookUpOutcome,
  type NotPublished,
  type Published,
  type PublishOutcome,
  toPlatformPostId,
} from '../../domain/platforms.ts';
import { isSameOnX } from '../../domain/x-text.ts';
import type { PlatformAddress } from '../../runtime/platform-addresses.ts';
import { outcomeOfLostRequest } from './network.ts';
import type {
  ConnectPublisher,
  PlatformAccess,
  Publisher,
  PublisherTools,
  PublishOrder,
  ReadTools,
} from './publisher.ts';
import { connectXClient, failureOf, isDuplicate, notPublishedBy, type XFailure } from './x-client.ts';
import { readXFigures } from './x-figures.ts';
import { readTimeline } from './x-timeline.ts';
import { uploadToX } from './x-upload.ts';

/** Our clock and X's may differ by so much. */
const CLOCKS_DIFFER_BY_MS = 60_000;

const ALREADY_THERE =
  'X has a recent post with the same text, and takes no text twice within some hours. Change the text, or skip X.';

/** How long things take. All in ms. */
export interface XSettings {
  /** What one request may take. */
  readonly requestTimeoutMs: number;
  /**
   * When the timeline is looked at, from the first look on. X shows a post there some seconds after it was made, and may still carry
   * out a request that we have given up: "not there" is said after the last look. Should X be slower yet, it refuses the second
   * attempt as a duplicate, which is then looked for once more.
   */
  readonly looksAtMs: readonly number[];
}

const USUAL: XSettings = { requestTimeoutMs: 30_000, looksAtMs: [0, 1_500, 6_000] };

/** The publisher of X, in the name of an account that was connected by OAuth 2.0. */
export function connectX(address: PlatformAddress, settings: Partial<XSettings> = {}): ConnectPublisher {
  return (access) => new XPublisher(address, access, { ...USUAL, ...settings });
}

class XPublisher implements Publisher {
  readonly platform = 'x';
  readonly #address: PlatformAddress;
  readonly #access: PlatformAccess;
  readonly #settings: XSettings;

  constructor(address: PlatformAddress, access: PlatformAccess, settings: XSettings) {
    this.#address = address;
    this.#access = access;
    this.#settings = settings;
  }

  async upload({ media }: PublishOrder, tools: PublisherTools): Promise<NotPublished | undefined> {
    const client = this.#client(tools);
    for (const source of media) {
      const problem = await uploadToX(client, source, tools);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  async publish(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
    const mediaIds = await mediaIdsOf(order, tools);
    if (mediaIds === undefined) return { kind: 'unavailable', reason: 'Its media are not on X yet.' };
    const { text } = order.post;
    const content = {
      ...(text !== '' && { text }),
      ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
    };
    try {
      // Where the answer breaks off after its head, the client gives nothing.
      const answer = await this.#client(tools).post<TweetV2PostTweetResult | undefined>('tweets', content);
      const id = answer?.data?.id;
      return id === undefined ? outcomeOfLostRequest('x', 'lost') : this.#published(id);
    } catch (error) {
      return this.#outcomeOf(failureOf(error), order, tools);
    }
  }

  async lookUp(order: PublishOrder, tools: PublisherTools): Promise<LookUpOutcome> {
    let waitedMs = 0;
    for (const atMs of this.#settings.looksAtMs) {
      tools.heartbeat();
      await sleep(atMs - waitedMs, undefined, { signal: tools.signal });
      waitedMs = atMs;
      const outcome = await this.#lookOnce(order, tools);
      if (outcome.kind !== 'not there') return outcome;
    }
    return { kind: 'not there' };
  }

  readFigures(orders: readonly ReadOrder[], tools: ReadTools): Promise<FiguresOutcome> {
    return readXFigures(this.#client(tools), orders, tools);
  }

  async #outcomeOf(failure: XFailure, order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
    if (failure.kind === 'no answer') return outcomeOfLostRequest('x', failure.failure);
    // It may come of a server in between, while another one carries it out.
    if (failure.status >= 500 || failure.status === 408)
      return { kind: 'unknown', reason: `X failed while it was asked (${failure.status}).` };
    if (isDuplicate(failure)) return this.#outcomeOfDuplicate(order, tools);
    const outcome = notPublishedBy(failure, tools.now());
    // X may not want the media any more: who tries again uploads them again.
    if (outcome.kind === 'rejected')
      for (const { info } of order.media) await tools.uploads.forget(info.mediaId);
    return outcome;
  }

  /** X has this text: from an attempt of ours whose answer was lost, or from an older post. */
  async #outcomeOfDuplicate(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
    const found = await this.lookUp(order, tools);
    if (found.kind === 'published') return found;
    return found.kind === 'not there'
      ? { kind: 'rejected', reason: ALREADY_THERE }
      : { kind: 'unknown', reason: 'X has a post with the same text, and could not be looked at.' };
  }

  async #lookOnce({ post, firstTriedAt }: PublishOrder, tools: PublisherTools): Promise<LookUpOutcome> {
    const since = firstTriedAt - CLOCKS_DIFFER_BY_MS;
    try {
      const { posts, isComplete } = await readTimeline(
        this.#client(tools),
        this.#access.accountId,
        since,
        () => tools.heartbeat(),
      );
      const found = posts.findLast(({ shown }) => isSameOnX(post.text, shown));
      if (found !== undefined) return this.#published(found.id);
      return isComplete
        ? { kind: 'not there' }
        : { kind: 'cannot tell', reason: 'X does not show all latest posts of the account.' };
    } catch (error) {
      const outcome = notPublishedBy(failureOf(error), tools.now());
      return outcome.kind === 'rejected' ? { ...outcome, kind: 'cannot tell' } : outcome;
    }
  }

  #client({ signal }: Pick<PublisherTools, 'signal'>): TwitterApiv2 {
    return connectXClient(this.#address, this.#access.accessToken, signal, this.#settings.requestTimeoutMs);
  }

  #published(id: string): Published {
    // The address that needs no name of an account, which can change.
    return {
      kind: 'published',
      id: toPlatformPostId(id),
      url: `${this.#address.pages}/i/web/status/${id}`,
    };
  }
}

/** By which names X knows the media; undefined when one is not there. */
async function mediaIdsOf(
  { media }: PublishOrder,
  { uploads }: PublisherTools,
): Promise<string[] | undefined> {
  const found = await Promise.all(media.map(({ info }) => uploads.find(info.mediaId)));
  const ready = found.flatMap((upload) => (upload?.isReady ? [upload.reference] : []));
  return ready.length < media.length ? undefined : ready;
}
