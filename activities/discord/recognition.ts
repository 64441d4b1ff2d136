import { holdsBadge } from '../../database/badges.ts';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { type Recognised, recognitionId } from '../../domain/recognition.ts';
import { recognitionAnnouncement } from '../../views/recognition.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';
import { fitRole } from './member-roles.ts';

/** What recognition does on Discord. */
export function recognitionOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const { badges, achievements, announcements } = config.recognition;

  return {
    /** Gives a member the role of a badge, or takes it away, as the member has the badge or not. */
    async applyBadgeRole(guildId: GuildId, memberId: MemberId, name: string): Promise<RoleChange> {
      const role = badges.find((badge) => badge.name === name)?.role;
      if (role === undefined) return { kind: 'done' };
      return fitRole(context, { guildId, memberId }, role, () =>
        holdsBadge(database.em.fork(), { guildId, memberId, badge: name }),
      );
    },

    /** Tells the community of a badge or an achievement, once. */
    async announceRecognition(recognised: Recognised): Promise<Delivery | { kind: 'not announced' }> {
      const { guildId, memberId, what, name } = recognised;
      const earned = (what === 'achievement' ? achievements : badges).find((one) => one.name === name);
      if (earned === undefined || !earned.announced) return { kind: 'not announced' };
      const key = recognitionId(recognised);
      const texts = await directory.textContext(config.links, announcements);
      const message = recognitionAnnouncement(announcements, recognised, earned, nonceOf(key), texts);
      return deliverToChannel(context, announcements.channel, { key, guildId, memberId }, message);
    },
  };
}
