import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { findRolePanel, type SentPanel } from '../../database/role-panel.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { ChannelId, GuildId, MessageId } from '../../domain/ids.ts';
import { rolePanelKey } from '../../domain/roles.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import { rolePanelMessage, saysTheSame } from '../../views/roles.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf } from './deliver.ts';
import { ask, type Refusal } from './errors.ts';

/** Codes that say that the panel was deleted, alone or with its channel. */
const DELETED = new Set<number>([RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel]);

/** What becomes of a panel that is there already. */
type Upkeep = 'kept' | 'gone' | { readonly kind: 'refused'; readonly reason: string };

/** The message in the guild from which members choose their roles. */
export function rolePanelOnDiscord(context: DiscordContext) {
  return {
    /**
     * Sees to it that the panel stands in its channel, once, and says what the configuration says. One that somebody has
     * deleted, or that stands in another channel, is replaced: by the next message, so that what makes a message once holds
     * for each of them. Doing it again changes nothing.
     */
    async keepRolePanel(guildId: GuildId): Promise<Delivery> {
      const { channel } = context.config.roles.panel;
      const place = await context.directory.channelForMessages(channel);
      if ('kind' in place) return place;

      const { channelId } = place;
      const newest = await findRolePanel(context.database.em.fork(), guildId);
      if (newest === undefined) return send(guildId, channelId, 1);
      // Whether it was sent is not known: sending finds out.
      if (newest.messageId === null) return send(guildId, channelId, newest.number);
      const upkeep = await keep(guildId, channelId, { ...newest, messageId: newest.messageId });
      if (upkeep === 'gone') return send(guildId, channelId, newest.number + 1);
      return upkeep === 'kept'
        ? { kind: 'sent', channelId: newest.channelId, messageId: newest.messageId }
        : upkeep;
    },
  };

  async function send(guildId: GuildId, channelId: ChannelId, number: number): Promise<Delivery> {
    const key = rolePanelKey(guildId, number);
    const intent = { key, guildId, memberId: null, channelId };
    return deliver(context, intent, await message(key));
  }

  async function message(key: string): Promise<MarkedMessage> {
    const { config, directory } = context;
    const texts = await directory.textContext(config.links, config.roles.panel);
    return rolePanelMessage(config.roles, texts, nonceOf(key));
  }

  async function keep(
    guildId: GuildId,
    channelId: ChannelId,
    panel: SentPanel & { readonly messageId: MessageId },
  ): Promise<Upkeep> {
    const route = Routes.channelMessage(panel.channelId, panel.messageId);
    if (panel.channelId !== channelId) {
      // If it can be neither seen nor deleted there, it is no panel any more either.
      await ask(() => context.rest.delete(route));
      return 'gone';
    }
    const wanted = await message(rolePanelKey(guildId, panel.number));
    const present = await ask(() => context.rest.get(route) as Promise<APIMessage>);
    if ('refusal' in present) return outcomeOf(present.refusal);
    if (saysTheSame(present.answer, wanted)) return 'kept';
    const edited = await ask(() => context.rest.patch(route, { body: wanted.body }));
    return 'refusal' in edited ? outcomeOf(edited.refusal) : 'kept';
  }
}

/** A message or channel that was deleted is replaced; anything else is for staff to mend. */
function outcomeOf({ code, reason }: Refusal): Upkeep {
  return DELETED.has(code) ? 'gone' : { kind: 'refused', reason };
}
