import { hasWonLast, recordRoleTaken, winnersOf } from '../../database/winners.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { congratulationKey, type WinnersPeriod } from '../../domain/winners.ts';
import { congratulation } from '../../views/winners.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';
import { fitRole } from './member-roles.ts';

/** What winners get on Discord. */
export function winnersOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const { winners, channel, link } = config.recognition.leaderboards;

  return {
    /** Gives a member the winners' role, or takes it away, as the member has won the last period or not. */
    async applyWinnersRole(guildId: GuildId, kind: WinnersPeriod, memberId: MemberId): Promise<RoleChange> {
      const role = winners.find(({ period }) => period === kind)?.role;
      if (role === undefined) return { kind: 'done' };
      const isDue = () => hasWonLast(database.em.fork(), guildId, kind, memberId);
      const change = await fitRole(context, { guildId, memberId }, role, isDue);
      if (change.kind !== 'refused' && !(await isDue()))
        await recordRoleTaken(database.em.fork(), guildId, kind, memberId);
      return change;
    },

    /** Congratulates those who have won a period, as the tables call it, once. */
    async congratulateWinners(
      guildId: GuildId,
      kind: WinnersPeriod,
      period: string,
    ): Promise<Delivery | { kind: 'not configured' }> {
      const settings = winners.find((one) => one.period === kind);
      if (settings === undefined) return { kind: 'not configured' };
      const won = await winnersOf(database.em.fork(), guildId, kind, period);
      const key = congratulationKey(guildId, period);
      const texts = await directory.textContext(config.links, [settings, link]);
      const message = congratulation(settings, { period, winners: won, link }, nonceOf(key), texts);
      return deliverToChannel(context, channel, { key, guildId, memberId: null }, message);
    },
  };
}
