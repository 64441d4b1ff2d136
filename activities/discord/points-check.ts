import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type PointsCheck, pointsCheckKey } from '../../domain/points-check.ts';
import { pointsCheckMessage } from '../../views/points-check.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';

/** What staff are told of the daily check. */
export function pointsCheckOnDiscord(context: DiscordContext) {
  const { config, directory } = context;
  const { auditChannel, announcements } = config.recognition;

  return {
    /** Tells staff of totals that the check of the time `at` (ms since 1970) has found wrong, once. */
    async reportPointsCheck(guildId: GuildId, at: number, check: PointsCheck): Promise<Delivery> {
      const key = pointsCheckKey(guildId, at);
      const texts = await directory.textContext(config.links, announcements.link);
      const message = pointsCheckMessage(check, announcements.link, nonceOf(key), texts);
      return deliverToChannel(context, auditChannel, { key, guildId, memberId: null }, message);
    },
  };
}
