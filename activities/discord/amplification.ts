import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { findAmplification } from '../../database/amplification.ts';
import { findDelivery } from '../../database/deliveries.ts';
import {
  type AmplificationSteps,
  amplificationId,
  type PinOutcome,
  type PinSearch,
  type UnpinOutcome,
} from '../../domain/amplification.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { PostRef } from '../../domain/posts.ts';
import { amplificationMessage } from '../../views/amplification.ts';
import type { DiscordContext } from './context.ts';
import { deliverOrChange, nonceOf } from './deliver.ts';
import { ask, type Refusal } from './errors.ts';
import { type PostPlace, placeOf } from './post-place.ts';

const NO_SUCH_POST: Delivery = {
  kind: 'refused',
  reason: 'there is no such post, or it does no better than usual',
};

/** What is done on Discord with a post that does well. */
export function amplificationOnDiscord(context: DiscordContext) {
  const { config, database, directory, rest } = context;
  const { engagement, distribution } = config;

  return {
    /** Tells staff why a post is amplified, and what was done so far; then it is brought up to date. */
    async showAmplification(post: PostRef, steps: AmplificationSteps): Promise<Delivery> {
      const em = database.em.fork();
      const found = await findAmplification(em, post, engagement.score);
      if (found === undefined) return NO_SUCH_POST;
      const key = `${amplificationId(post)}/alert`;
      const texts = {
        text: engagement.texts.amplified,
        link: distribution.link,
        approvalChannel: distribution.staffChannel,
        context: await directory.textContext(config.links, [
          engagement.texts,
          `{#${distribution.staffChannel}}`,
        ]),
      };
      const message = amplificationMessage(found, steps, nonceOf(key), texts);
      const intent = { key, guildId: post.guildId, memberId: null };
      return deliverOrChange(context, engagement.channel, intent, message);
    },

    /** Whether a post is pinned on Discord, before we do that: a pin that somebody else has made is not ours to take away. */
    async findPin(post: PostRef): Promise<PinSearch> {
      const place = await findPlace(post);
      if (place === undefined) return { kind: 'not on Discord' };
      const { channelId, messageId } = place;
      const result = await ask(
        () => rest.get(Routes.channelMessage(channelId, messageId)) as Promise<APIMessage>,
      );
      if ('refusal' in result) return isGone(result.refusal) ? { kind: 'deleted' } : refused(result.refusal);
      return result.answer.pinned ? { kind: 'pinned already' } : { kind: 'not pinned' };
    },

    /** Pins a post on Discord. Doing it again changes nothing. */
    async pinPost(post: PostRef): Promise<PinOutcome> {
      const place = await findPlace(post);
      if (place === undefined) return { kind: 'not on Discord' };
      const result = await ask(() => rest.put(Routes.channelMessagesPin(place.channelId, place.messageId)));
      if (!('refusal' in result)) return { kind: 'pinned' };
      const { refusal } = result;
      if (refusal.code === RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel)
        return { kind: 'too many pins' };
      return isGone(refusal) ? { kind: 'deleted' } : refused(refusal);
    },

    /** Takes the pin of a post away. Doing it again changes nothing. */
    async unpinPost(post: PostRef): Promise<UnpinOutcome> {
      const place = await findPlace(post);
      if (place === undefined) return { kind: 'deleted' };
      const result = await ask(() =>
        rest.delete(Routes.channelMessagesPin(place.channelId, place.messageId)),
      );
      if (!('refusal' in result)) return { kind: 'unpinned' };
      return isGone(result.refusal) ? { kind: 'deleted' } : refused(result.refusal);
    },
  };

  /** Where a post stands on Discord, or undefined if it is not published there. */
  async function findPlace({ guildId, postId }: PostRef): Promise<PostPlace | undefined> {
    const delivery = await findDelivery(database.em.fork(), { guildId, postId, platform: 'discord' });
    return delivery?.state !== 'published' || delivery.publishedId === null
      ? undefined
      : placeOf(delivery.publishedId);
  }
}

/** The message was deleted, or its channel. */
function isGone({ code }: Refusal): boolean {
  return code === RESTJSONErrorCodes.UnknownMessage || code === RESTJSONErrorCodes.UnknownChannel;
}

function refused({ reason }: Refusal): Extract<PinOutcome & UnpinOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason };
}
