import { Routes } from 'discord-api-types/v10';
import { gatheredMembers } from '../../database/bursts.ts';
import { type BurstWindow, burstId, type Raid, raidId } from '../../domain/burst.ts';
import type { Delivery, Sent } from '../../domain/delivery.ts';
import { welcomeStep } from '../../domain/onboarding.ts';
import { gatheredWelcome, raidNotice } from '../../views/burst.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';
import { ask } from './errors.ts';

/** What the workflows of bursts do on Discord. */
export function burstOnDiscord(context: DiscordContext) {
  const { config, directory, database } = context;
  const { burst, steps } = config.onboarding;

  return {
    /**
     * Welcomes the members of a closed window who are still there, once.
     *
     * @param part which welcome of the window, from 0
     */
    async sendGatheredWelcome(window: BurstWindow, part: number): Promise<Delivery> {
      const members = await gatheredMembers(database.em.fork(), window, part);
      if (members.length === 0) return { kind: 'gone' };
      const welcome = welcomeStep(steps);
      if (welcome === undefined) return { kind: 'refused', reason: 'no step says where to welcome' };
      const key = `${burstId(window)}/${part}`;
      const texts = await directory.textContext(config.links, burst);
      const message = gatheredWelcome(burst, members, nonceOf(key), texts);
      const intent = { key, guildId: window.guildId, memberId: null };
      return deliverToChannel(context, welcome.channel, intent, message);
    },

    /** Tells staff of a raid in which so many have joined, once. */
    async tellOfRaid(raid: Raid, joins: number): Promise<Delivery> {
      const message = await notice(raid, { joins, isOver: false });
      const intent = { key: raidId(raid), guildId: raid.guildId, memberId: null };
      return deliverToChannel(context, burst.raid.channel, intent, message);
    },

    /** Changes what staff were told: it is over. Changing it again changes nothing. */
    async tellThatRaidIsOver(raid: Raid, joins: number, { channelId, messageId }: Sent): Promise<Delivery> {
      const { body } = await notice(raid, { joins, isOver: true });
      const result = await ask(() =>
        context.rest.patch(Routes.channelMessage(channelId, messageId), { body }),
      );
      return 'refusal' in result
        ? { kind: 'refused', reason: result.refusal.reason }
        : { kind: 'sent', channelId, messageId };
    },
  };

  async function notice(raid: Raid, state: { isOver: boolean; joins: number }): Promise<MarkedMessage> {
    const texts = await directory.textContext(config.links, burst.raid);
    return raidNotice(burst.raid, state, nonceOf(raidId(raid)), texts);
  }
}
