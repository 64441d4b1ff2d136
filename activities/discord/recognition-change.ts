import { findRequest } from '../../database/recognition-requests.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';
import { type Presence, recognitionChangeId } from '../../domain/recognition-change.ts';
import { auditMessage } from '../../views/recognition-change.ts';
import { fill } from '../../views/text.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';
import { findMember } from './members.ts';

/** What changes by staff need of Discord. */
export function recognitionChangeOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;

  return {
    /** Whether somebody is in the guild, and whether it is a bot. */
    async findPresence(guildId: GuildId, memberId: MemberId): Promise<Presence> {
      const member = await findMember(context, guildId, memberId);
      if (member === undefined) return 'not in the guild';
      return member.user.bot === true ? 'a bot' : 'member';
    },

    /** Shows a change that was made in the audit channel, with its reason, once. */
    async showRecognitionChange(guildId: GuildId, interactionId: InteractionId): Promise<Delivery> {
      const { auditChannel, announcements } = config.recognition;
      const request = await findRequest(database.em.fork(), { guildId, interactionId });
      if (request?.outcome?.kind !== 'done') return { kind: 'refused', reason: 'there is no such change' };
      const key = recognitionChangeId({ guildId, interactionId });
      const { memberId } = request.outcome;
      const link = fill(announcements.link, await directory.textContext(config.links, announcements.link));
      const message = auditMessage(
        { ...request, interactionId, outcome: request.outcome },
        config.recognition,
        nonceOf(key),
        link,
      );
      return deliverToChannel(context, auditChannel, { key, guildId, memberId }, message);
    },
  };
}
