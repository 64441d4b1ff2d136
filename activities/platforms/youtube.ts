/** YouTube as a platform: a video with title, description and tags. */

import type { PlatformSettings } from '../../domain/distribution.ts';
import {
  type LookUpOutcome,
  type NotPublished,
  type Published,
  toPlatformPostId,
  type Unknown,
} from '../../domain/platforms.ts';
import type { PlatformAddresses } from '../../runtime/platform-addresses.ts';
import { createYoutubeClient, type YoutubeClient } from '../../runtime/youtube.ts';
import type { ConnectPublisher, PublisherTools, PublishOrder } from './publisher.ts';
import { failureOf, harmless } from './youtube-failure.ts';
import { readYoutubeFigures } from './youtube-figures.ts';
import { findVideoByTag } from './youtube-lookup.ts';
import {
  askSession,
  bringToLastPart,
  type SessionState,
  sendLastPart,
  sessionAt,
  type VideoUpload,
} from './youtube-upload.ts';
import { markTag, wordsOf } from './youtube-video.ts';

/** YouTube's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 600_000;

const NO_VIDEO: NotPublished = { kind: 'rejected', reason: 'YouTube takes nothing without a video.' };

/**
 * A video is seen when its last byte has arrived. So `upload` brings everything but the last part, and `publish` that one. Both go on
 * where the session is, and a session makes one video, however often its last part is sent. One that YouTube has forgotten is
 * looked for by a tag.
 */
export function connectYoutube(
  address: PlatformAddresses['youtube'],
  settings: PlatformSettings['youtube'],
): ConnectPublisher {
  return ({ accessToken }) => {
    return {
      platform: 'youtube',

      async upload(order, tools) {
        const video = videoOf(order, tools);
        if (video === undefined) return NO_VIDEO;
        const state = await bringToLastPart(video, tools);
        return state.kind === 'last part missing' || state.kind === 'complete' ? undefined : state;
      },

      async publish(order, tools) {
        const video = videoOf(order, tools);
        if (video === undefined) return NO_VIDEO;
        const state = await bringToLastPart(video, tools);
        const result =
          state.kind === 'last part missing' ? await sendLastPart(state, video.source, tools) : state;
        return result.kind === 'complete' ? toPublished(idIn(result.answer)) : result;
      },

      async lookUp(order, tools) {
        const state = await sessionOf(order, tools);
        switch (state.kind) {
          case 'incomplete':
            return { kind: 'not there' };
          case 'complete':
            return known(toPublished(idIn(state.answer)));
          case 'gone':
            return lookForTag(order, tools);
          default:
            return known(state);
        }
      },

      async edit(order, { id }, tools) {
        const { snippet } = wordsOf(order, settings);
        const { api, request } = clientFor(tools);
        try {
          await api.videos.update({ part: ['snippet'], requestBody: { id, snippet } }, request);
          return { kind: 'edited' };
        } catch (error) {
          return harmless(failureOf(error, tools.now()));
        }
      },

      readFigures: (orders, tools) => readYoutubeFigures(clientFor(tools), orders, tools),
    };

    function clientFor({ signal }: Pick<PublisherTools, 'signal'>): YoutubeClient {
      return createYoutubeClient(address, accessToken, signal);
    }

    function videoOf(order: PublishOrder, tools: PublisherTools): VideoUpload | undefined {
      const [source] = order.media;
      const uploads = `${address.api}/upload/youtube/v3/videos`;
      const words = wordsOf(order, settings);
      return source && { source, words, accessToken, client: clientFor(tools), address: uploads };
    }

    /** How far the session of an order is; `gone` too where it has none. */
    async function sessionOf(
      { media: [source] }: PublishOrder,
      tools: PublisherTools,
    ): Promise<SessionState> {
      const upload = source && (await tools.uploads.find(source.info.mediaId));
      if (source === undefined || upload?.session == null) return { kind: 'gone' };
      return askSession(sessionAt(upload.session, { source, accessToken }, tools), tools);
    }

    async function lookForTag(
      { mark, firstTriedAt }: PublishOrder,
      tools: PublisherTools,
    ): Promise<LookUpOutcome> {
      try {
        const since = firstTriedAt - CLOCKS_DIFFER_MS;
        const id = await findVideoByTag(clientFor(tools), markTag(mark), since);
        return id === undefined ? { kind: 'not there' } : known(toPublished(id));
      } catch (error) {
        return known(harmless(failureOf(error, tools.now())));
      }
    }

    function toPublished(id: unknown): Published | Unknown {
      if (typeof id !== 'string')
        return { kind: 'unknown', reason: 'YouTube did not say which video it is.' };
      return { kind: 'published', id: toPlatformPostId(id), url: `${address.watch}?v=${id}` };
    }
  };
}

/** What is known after a look: neither a refusal of the question nor half an answer says whether it is there. */
function known(outcome: Published | NotPublished | Unknown): LookUpOutcome {
  return outcome.kind === 'rejected' || outcome.kind === 'unknown'
    ? { kind: 'cannot tell', reason: outcome.reason }
    : outcome;
}

const idIn = (video: unknown): unknown => (video as { readonly id?: unknown } | undefined)?.id;
