/** X as a platform. Nothing there can be changed by its API, so there is no `edit`. */

import { setTimeout as sleep } from 'node:timers/promises';
import type {
  TweetV2,
  TweetV2PostTweetResult,
  TweetV2UserTimelineResult,
  TwitterApiv2,
} from 'twitter-api-v2';
import {
  type LookUpOutcome,
  type NotPublished,
  type Published,
  type PublishOutcome,
  toPlatformPostId,
} from '../../domain/platforms.ts';
import { isSameOnX, type TextOnX } from '../../domain/x-text.ts';
import type { PlatformAddress } from '../../runtime/platform-addresses.ts';
import { outcomeOfLostRequest } from './network.ts';
import type { ConnectPublisher, PublisherTools, PublishOrder } from './publisher.ts';
import { connectXClient, failureOf, isDuplicate, notPublishedBy, type XFailure } from './x-client.ts';
import { uploadToX } from './x-upload.ts';

/** Our clock and X's may differ by so much. */
const CLOCKS_DIFFER_BY_MS = 60_000;
const PAGE = 100;
/** More than these are not read: X tells of no more than the latest 3,200 posts. */
const MOST_PAGES = 32;

/** What may be other than usual, above all in tests. All in ms. */
export interface XSettings {
  /** How long one request may take. */
  readonly requestTimeoutMs?: number;
  /**
   * When X's timeline is looked at for a post, from the first look on: it shows posts some seconds after they were made, so "not
   * there" is said only after the last one. Time passes for a request too that we have given up and X still carries out.
   */
  readonly looksAtMs?: readonly number[];
}

const REQUEST_TIMEOUT_MS = 30_000;
const LOOKS_AT_MS = [0, 1_500, 6_000];

/** The publisher of X, in the name of an account that is connected by OAuth 2.0. */
export function connectX(address: PlatformAddress, settings: XSettings = {}): ConnectPublisher {
  return ({ accessToken, accountId }) => {
    const clientFor = ({ signal }: PublisherTools) =>
      connectXClient(address, accessToken, signal, settings.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
    const toPublished = (id: string): Published => ({
      kind: 'published',
      id: toPlatformPostId(id),
      // The address that needs no name of an account, which can change.
      url: `${address.pages}/i/web/status/${id}`,
    });

    async function upload(order: PublishOrder, tools: PublisherTools): Promise<NotPublished | undefined> {
      const client = clientFor(tools);
      for (const source of order.media) {
        const problem = await uploadToX(client, source, tools);
        if (problem !== undefined) return problem;
      }
      return undefined;
    }

    async function publish(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
      const mediaIds = await mediaIdsOf(order, tools);
      if (mediaIds === undefined) return { kind: 'unavailable', reason: 'Its media are not on X yet.' };
      try {
        const { text } = order.post;
        // The body may be empty although the status says that it was taken: then nobody knows its id.
        const answer: Partial<TweetV2PostTweetResult> | undefined = await clientFor(
          tools,
        ).post<TweetV2PostTweetResult>('tweets', {
          ...(text !== '' && { text }),
          ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
        });
        const id = answer?.data?.id;
        return id === undefined ? outcomeOfLostRequest('x', 'lost') : toPublished(id);
      } catch (error) {
        return outcomeOf(failureOf(error), order, tools);
      }
    }

    async function outcomeOf(
      failure: XFailure,
      order: PublishOrder,
      tools: PublisherTools,
    ): Promise<PublishOutcome> {
      if (failure.kind === 'no answer') return outcomeOfLostRequest('x', failure.failure);
      // Such an answer may come of a server in between, while another has carried it out.
      if (failure.status >= 500 || failure.status === 408)
        return { kind: 'unknown', reason: `X failed while it was asked (${failure.status}).` };
      if (isDuplicate(failure)) return outcomeOfDuplicate(order, tools);
      const outcome = notPublishedBy(failure, tools.now());
      // It may be the media that X does not want any more: who tries again uploads them again.
      if (outcome.kind === 'rejected')
        for (const { info } of order.media) await tools.uploads.forget(info.mediaId);
      return outcome;
    }

    /** X has this text already: from an attempt of ours whose answer was lost, or from an older post. */
    async function outcomeOfDuplicate(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
      const found = await lookUp(order, tools);
      if (found.kind === 'published') return found;
      if (found.kind === 'not there')
        return {
          kind: 'rejected',
          reason:
            'X has a recent post with the same text already, and takes no text twice within some hours. Change the text, or skip X.',
        };
      return { kind: 'unknown', reason: 'X says that it has this text already, but could not be looked at.' };
    }

    async function lookUp(order: PublishOrder, tools: PublisherTools): Promise<LookUpOutcome> {
      const client = clientFor(tools);
      let waited = 0;
      for (const at of settings.looksAtMs ?? LOOKS_AT_MS) {
        tools.heartbeat();
        await sleep(at - waited, undefined, { signal: tools.signal });
        waited = at;
        const outcome = await lookOnce(client, order, tools);
        if (outcome.kind !== 'not there') return outcome;
      }
      return { kind: 'not there' };
    }

    async function lookOnce(
      client: TwitterApiv2,
      { post, firstTriedAt }: PublishOrder,
      { now, heartbeat }: PublisherTools,
    ): Promise<LookUpOutcome> {
      try {
        const timeline = await readTimeline(client, accountId, firstTriedAt - CLOCKS_DIFFER_BY_MS, heartbeat);
        const found = timeline.posts.findLast((one) => isSameOnX(post.text, textOnX(one)));
        if (found !== undefined) return toPublished(found.id);
        return timeline.isComplete
          ? { kind: 'not there' }
          : { kind: 'cannot tell', reason: 'X does not show all latest posts of the account.' };
      } catch (error) {
        const outcome = notPublishedBy(failureOf(error), now());
        return outcome.kind === 'rejected' ? { ...outcome, kind: 'cannot tell' } : outcome;
      }
    }

    return { platform: 'x', upload, publish, lookUp };
  };
}

/** By which names X knows the media; undefined when one is not there. */
async function mediaIdsOf(
  { media }: PublishOrder,
  { uploads }: PublisherTools,
): Promise<string[] | undefined> {
  const found = await Promise.all(media.map(({ info }) => uploads.find(info.mediaId)));
  const ready = found.filter((upload) => upload?.isReady).map((upload) => upload?.reference ?? '');
  return ready.length < media.length ? undefined : ready;
}

/** The posts of an account since then (ms since 1970), latest first, and whether these are all. */
async function readTimeline(
  client: TwitterApiv2,
  accountId: string,
  since: number,
  heartbeat: () => void,
): Promise<{ posts: TweetV2[]; isComplete: boolean }> {
  const posts: TweetV2[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    heartbeat();
    const answer: Partial<TweetV2UserTimelineResult> | undefined =
      await client.get<TweetV2UserTimelineResult>(
        'users/:id/tweets',
        {
          start_time: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
          max_results: PAGE,
          'tweet.fields': 'created_at,entities,note_tweet',
          pagination_token: token,
        },
        { params: { id: accountId } },
      );
    posts.push(...(answer?.data ?? []));
    if (answer?.meta === undefined || (answer.errors?.length ?? 0) > 0) return { posts, isComplete: false };
    token = answer.meta.next_token;
    if (token === undefined) return { posts, isComplete: true };
  }
  return { posts, isComplete: false };
}

function textOnX({ text, entities, note_tweet: long }: TweetV2): TextOnX {
  // A long post has all of its text apart from the ordinary one.
  const urls = (long === undefined ? entities : long.entities)?.urls ?? [];
  return {
    text: long?.text ?? text,
    links: urls.map(({ url, expanded_url, media_key }) => ({
      shortened: url,
      expanded: expanded_url,
      isMedia: media_key !== undefined || /\/status\/\d+\/(?:photo|video)\/\d+$/.test(expanded_url),
    })),
  };
}
