import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelId, GuildId, MessageId } from '../domain/ids.ts';
import { rolePanelKey } from '../domain/roles.ts';

/** The message of a panel, or the attempt to send it. */
export interface SentPanel {
  /** Which message it is: counted from 1, a new one whenever the former was gone. */
  readonly number: number;
  readonly channelId: ChannelId;
  /** Empty as long as Discord's answer is not written down. */
  readonly messageId: MessageId | null;
}

/** The newest of the messages that have been a guild's panel, or undefined if there was none. */
export async function findRolePanel(em: EntityManager, guildId: GuildId): Promise<SentPanel | undefined> {
  const [newest]: SentPanel[] = await em.execute(
    `select substring(key from '[0-9]+$')::integer as number, channel_id as "channelId", message_id as "messageId"
     from sent_messages where guild_id = ? and member_id is null and starts_with(key, ?)
     order by number desc limit 1`,
    [guildId, rolePanelKey(guildId)],
  );
  return newest;
}
