import { holdsBadge } from '../../database/badges.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { type Recognised, recognitionId } from '../../domain/recognition.ts';
import { recognitionAnnouncement } from '../../views/recognition.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf } from './deliver.ts';
import { saysGone } from './errors.ts';
import { changeRole } from './member-roles.ts';

/** What recognition does on Discord. */
export function recognitionOnDiscord(context: DiscordContext) {
  const { config, database, directory, logger } = context;
  const { badges, achievements, announcements } = config.recognition;

  return {
    /** Gives a member the role of a badge, or takes it away, as the member has the badge or not. */
    async applyBadgeRole(guildId: GuildId, memberId: MemberId, name: string): Promise<RoleChange> {
      const role = badges.find((badge) => badge.name === name)?.role;
      if (role === undefined) return { kind: 'done' };
      const roleId = await directory.role(role);
      if (roleId === undefined) return refused(memberId, `the guild has no role "${role}"`);
      for (;;) {
        const holds = await holdsBadge(database.em.fork(), { guildId, memberId, badge: name });
        const result = await changeRole(context, holds ? 'give' : 'take', { guildId, memberId }, roleId);
        if ('refusal' in result) {
          if (saysGone(result.refusal)) return { kind: 'gone' };
          directory.forget();
          return refused(memberId, `the role "${role}" could not be changed: ${result.refusal.reason}`);
        }
        // It may have been lost or had again meanwhile: whoever ends last has looked at the latest.
        if ((await holdsBadge(database.em.fork(), { guildId, memberId, badge: name })) === holds)
          return { kind: 'done' };
      }
    },

    /** Tells the community of a badge or an achievement, once. */
    async announceRecognition(recognised: Recognised): Promise<Delivery | { kind: 'not announced' }> {
      const { guildId, memberId, what, name } = recognised;
      const earned = (what === 'achievement' ? achievements : badges).find((one) => one.name === name);
      if (earned === undefined || !earned.announced) return { kind: 'not announced' };
      const place = await directory.channelForMessages(announcements.channel);
      if ('kind' in place) return place;
      const key = recognitionId(recognised);
      const texts = await directory.textContext(config.links, announcements);
      const message = recognitionAnnouncement(announcements, recognised, earned, nonceOf(key), texts);
      return deliver(context, { key, guildId, memberId, ...place }, message);
    },
  };

  function refused(memberId: MemberId, reason: string): RoleChange {
    logger.warn({ memberId }, reason);
    return { kind: 'refused', reason };
  }
}
