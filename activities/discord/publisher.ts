/** Discord as a platform that posts are published on: as messages of the bot. */

import { Routes } from 'discord-api-types/v10';
import type { Delivery, Sent } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { EditOutcome, LookUpOutcome, Published, PublishOutcome } from '../../domain/platforms.ts';
import { deliveryWorkflowId } from '../../domain/posts.ts';
import { discordPost } from '../../views/distribution.ts';
import type { ByteFile } from '../../views/marked-message.ts';
import type { MediaSource, Publisher, PublisherTools, PublishOrder } from '../platforms/publisher.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, findDelivered } from './deliver.ts';
import { ask } from './errors.ts';
import { readDiscordFigures } from './figures.ts';
import { unlessItPasses, whenLimited } from './passing.ts';
import { placeOf, postIdAt } from './post-place.ts';

/** The bot, as the publisher on Discord. */
export function createDiscordPublisher(context: DiscordContext): Publisher {
  const { config, rest } = context;
  const channel = config.distribution.platforms.discord?.channel ?? '';

  return {
    platform: 'discord',

    async publish(order: PublishOrder, tools: PublisherTools): Promise<PublishOutcome> {
      const { guildId } = order.delivery;
      const files = await Promise.all(order.media.map(readFile));
      const intent = { key: keyOf(order), guildId, memberId: null };
      const sent = await deliverToChannel(context, channel, intent, discordPost(order.post, files)).catch(
        (error: unknown) => whenLimited(error, tools),
      );
      return 'until' in sent ? sent : toOutcome(sent, guildId);
    },

    async lookUp(order: PublishOrder, tools: PublisherTools): Promise<LookUpOutcome> {
      try {
        const found = await findDelivered(context, keyOf(order), discordPost(order.post, []).marker);
        return found === undefined ? { kind: 'not there' } : published(found, order.delivery.guildId);
      } catch (error) {
        return unlessItPasses(error, tools);
      }
    },

    async edit({ post }: PublishOrder, { id }: Published, tools: PublisherTools): Promise<EditOutcome> {
      const { channelId, messageId } = placeOf(id);
      const { body } = discordPost(post, []);
      try {
        const result = await ask(() => rest.patch(Routes.channelMessage(channelId, messageId), { body }));
        return 'refusal' in result ? { kind: 'rejected', reason: result.refusal.reason } : { kind: 'edited' };
      } catch (error) {
        return unlessItPasses(error, tools);
      }
    },

    readFigures: (orders, tools) => readDiscordFigures(rest, orders, tools),
  };
}

/** Discord takes a message and its files in one request. */
async function readFile(source: MediaSource): Promise<ByteFile> {
  const { name, bytes } = source.info;
  return { name, bytes: await source.read(0, bytes) };
}

function keyOf({ delivery }: PublishOrder): string {
  return `${deliveryWorkflowId(delivery)}/message`;
}

function toOutcome(sent: Delivery, guildId: GuildId): PublishOutcome {
  if (sent.kind === 'sent') return published(sent, guildId);
  return { kind: 'rejected', reason: sent.kind === 'refused' ? sent.reason : sent.kind };
}

function published({ channelId, messageId }: Sent, guildId: GuildId): Published {
  return {
    kind: 'published',
    id: postIdAt({ channelId, messageId }),
    url: `https://discord.com/channels/${guildId}/${channelId}/${messageId}`,
  };
}
