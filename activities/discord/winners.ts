import { hasWonLast, recordRoleTaken, winnersOf } from '../../database/winners.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { congratulationKey, type WinnersPeriod } from '../../domain/winners.ts';
import { congratulation } from '../../views/winners.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf } from './deliver.ts';
import { saysGone } from './errors.ts';
import { changeRole } from './member-roles.ts';

/** What winners get on Discord. */
export function winnersOnDiscord(context: DiscordContext) {
  const { config, database, directory, logger } = context;
  const { winners, channel, link } = config.recognition.leaderboards;

  return {
    /** Gives a member the winners' role, or takes it away, as the member has won the last period or not. */
    async applyWinnersRole(guildId: GuildId, kind: WinnersPeriod, memberId: MemberId): Promise<RoleChange> {
      const role = winners.find(({ period }) => period === kind)?.role;
      if (role === undefined) return { kind: 'done' };
      const roleId = await directory.role(role);
      if (roleId === undefined) return refused(memberId, `the guild has no role "${role}"`);
      for (;;) {
        const em = database.em.fork();
        const has = await hasWonLast(em, guildId, kind, memberId);
        const result = await changeRole(context, has ? 'give' : 'take', { guildId, memberId }, roleId);
        const isGone = 'refusal' in result && saysGone(result.refusal);
        if ('refusal' in result && !isGone) {
          directory.forget();
          return refused(memberId, `the role "${role}" could not be changed: ${result.refusal.reason}`);
        }
        // Another period may have been closed meanwhile: whoever ends last has looked at the latest.
        if ((await hasWonLast(em, guildId, kind, memberId)) !== has) continue;
        if (!has) await recordRoleTaken(em, guildId, kind, memberId);
        return { kind: isGone ? 'gone' : 'done' };
      }
    },

    /** Congratulates those who have won a period, as the tables call it, once. */
    async congratulateWinners(
      guildId: GuildId,
      kind: WinnersPeriod,
      period: string,
    ): Promise<Delivery | { kind: 'not configured' }> {
      const settings = winners.find((one) => one.period === kind);
      if (settings === undefined) return { kind: 'not configured' };
      const place = await directory.channelForMessages(channel);
      if ('kind' in place) return place;
      const won = await winnersOf(database.em.fork(), guildId, kind, period);
      const key = congratulationKey(guildId, period);
      const texts = await directory.textContext(config.links, [settings, link]);
      const message = congratulation(settings, { period, winners: won, link }, nonceOf(key), texts);
      return deliver(context, { key, guildId, memberId: null, ...place }, message);
    },
  };

  function refused(memberId: MemberId, reason: string): RoleChange {
    logger.warn({ memberId }, reason);
    return { kind: 'refused', reason };
  }
}
