import {
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  Routes,
} from 'discord-api-types/v10';
import { readUpTo, storeRead, storeThanks, thanksKnown } from '../../database/messages.ts';
import { isExcluded } from '../../domain/channel-messages.ts';
import {
  type ChannelId,
  createdAt,
  type GuildId,
  isNewer,
  type MessageId,
  toChannelId,
  toMemberId,
  toMessageId,
} from '../../domain/ids.ts';
import type { MessagesRead, ReadableChannel, ThanksFound } from '../../domain/message-catch-up.ts';
import type { ThanksReaction } from '../../domain/thanks.ts';
import { toChannelMessage } from '../../runtime/channel-message.ts';
import type { DiscordContext } from './context.ts';
import { takesMessages } from './directory.ts';
import { ask } from './errors.ts';

/** The most that Discord gives in one answer. */
const PAGE = 100;
/** For so long one activity goes on to the next page. */
const READ_FOR_MS = 5_000;

/** How is read what was written, and who reacted, while nobody was listening. */
export function messageCatchUpOnDiscord(context: DiscordContext) {
  const { rest, database, config } = context;
  const { messages: rule, thanks } = config.recognition;

  return {
    /** The channels and open threads in which something was written after `after`. */
    async channelsWithNews(guildId: GuildId, after: MessageId): Promise<ReadableChannel[]> {
      const channels = await read<APIChannel[]>(Routes.guildChannels(guildId));
      const { threads } = await read<{ threads: APIThreadChannel[] }>(Routes.guildActiveThreads(guildId));
      return readable([...channels, ...threads], channels, after);
    },

    /** The channels that may have threads which were closed since. */
    async channelsWithThreads(guildId: GuildId): Promise<ReadableChannel[]> {
      const channels = await read<APIChannel[]>(Routes.guildChannels(guildId));
      return channels
        .filter(({ type }) => HAS_THREADS.has(type))
        .map(({ id, name }) => ({ id: toChannelId(id), excluded: isExcluded([name], rule) }));
    },

    /** The closed threads of a channel in which something was written after `after`. */
    async closedThreadsWithNews(
      { id, excluded }: ReadableChannel,
      after: MessageId,
    ): Promise<ReadableChannel[]> {
      const threads = await readClosedThreads(id, createdAt(after));
      return threads
        .filter((thread) => hasNews(thread, after))
        .map((thread) => ({
          id: toChannelId(thread.id),
          excluded: excluded || isExcluded([thread.name], rule),
        }));
    },

    /**
     * Reads what was written in a channel after `after`, for some seconds, and writes it down; not what was read before. Says where
     * to go on if that is not all.
     */
    async readMessages(
      guildId: GuildId,
      { id, excluded }: ReadableChannel,
      after: MessageId,
    ): Promise<MessagesRead> {
      const readTo = await readUpTo(database.em.fork(), guildId, id);
      const from = readTo !== undefined && isNewer(readTo, after) ? readTo : after;
      return readPages(id, from, async (page, last) => {
        const messages = page.flatMap((message) => toChannelMessage(message, excluded) ?? []);
        await storeRead(database.em, guildId, id, { messages, readTo: last });
      });
    },

    /** Looks through messages that are written down already, for some seconds. */
    async lookForThanks(guildId: GuildId, { id }: ReadableChannel, after: MessageId): Promise<ThanksFound> {
      const thanked: MessageId[] = [];
      const read = await readPages(id, after, async (page) => {
        thanked.push(...(await withUnknownThanks(guildId, page)));
      });
      return { ...read, thanked };
    },

    /** Writes down who thanked for some messages of a channel. @param at when we hear of it, in ms since 1970 */
    async readThanks(
      guildId: GuildId,
      channelId: ChannelId,
      messageIds: readonly MessageId[],
      at: number,
    ): Promise<void> {
      for (const messageId of messageIds) {
        const members = await readReactions(channelId, messageId);
        const given = members
          .filter(({ bot }) => bot !== true)
          .map(({ id }): ThanksReaction => ({ messageId, giverId: toMemberId(id), at }));
        await storeThanks(database.em, guildId, given);
      }
    },
  };

  /** Reads page after page, for some seconds. `take` is given each page with the id of its last message. */
  async function readPages(
    channelId: ChannelId,
    after: MessageId,
    take: (page: readonly APIMessage[], last: MessageId) => Promise<void>,
  ): Promise<MessagesRead> {
    const begun = performance.now();
    for (let from = after; ; ) {
      const page = await readPage(channelId, from);
      const last = page.at(-1);
      if (last === undefined) return {};
      from = toMessageId(last.id);
      await take(page, from);
      if (page.length < PAGE) return {};
      if (performance.now() - begun > READ_FOR_MS) return { next: from };
    }
  }

  /** The hundred messages that follow, the oldest first. Nothing where the bot may not read. */
  async function readPage(channelId: ChannelId, after: MessageId): Promise<APIMessage[]> {
    const query = new URLSearchParams({ limit: String(PAGE), after });
    const result = await ask(
      () => rest.get(Routes.channelMessages(channelId), { query }) as Promise<APIMessage[]>,
    );
    if ('refusal' in result) return [];
    return result.answer.sort((one, other) => (isNewer(one.id, other.id) ? 1 : -1));
  }

  /** Those of messages that we know for which more have thanked than is known. */
  async function withUnknownThanks(guildId: GuildId, page: readonly APIMessage[]): Promise<MessageId[]> {
    const counts = page.flatMap(({ id, reactions }) => {
      const reaction = reactions?.find(({ emoji }) => emoji.name === thanks.emoji);
      return reaction === undefined ? [] : [{ id: toMessageId(id), count: reaction.count }];
    });
    const known = await thanksKnown(
      database.em.fork(),
      guildId,
      counts.map(({ id }) => id),
    );
    return counts.filter(({ id, count }) => count > (known.get(id) ?? count)).map(({ id }) => id);
  }

  async function readReactions(channelId: ChannelId, messageId: MessageId): Promise<APIUser[]> {
    const users: APIUser[] = [];
    const route = Routes.channelMessageReaction(channelId, messageId, encodeURIComponent(thanks.emoji));
    for (let after = '0'; ; ) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const result = await ask(() => rest.get(route, { query }) as Promise<APIUser[]>);
      if ('refusal' in result) return users;
      users.push(...result.answer);
      const last = result.answer.at(-1);
      if (last === undefined || result.answer.length < PAGE) return users;
      after = last.id;
    }
  }

  /** Those that were closed since `since`, in ms since 1970. Nothing where the bot may not read. */
  async function readClosedThreads(channelId: ChannelId, since: number): Promise<APIThreadChannel[]> {
    const threads: APIThreadChannel[] = [];
    for (let before: string | undefined; ; ) {
      const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
      const result = await ask(
        () =>
          rest.get(Routes.channelThreads(channelId, 'public'), { query }) as Promise<{
            threads: APIThreadChannel[];
            has_more: boolean;
          }>,
      );
      if ('refusal' in result) return threads;
      threads.push(...result.answer.threads);
      before = result.answer.threads.at(-1)?.thread_metadata?.archive_timestamp;
      if (!result.answer.has_more || before === undefined || Date.parse(before) < since) return threads;
    }
  }

  /** Those in which something was written since, and whether it counts there. A thread is where the channel is that it belongs to. */
  function readable(
    candidates: readonly APIChannel[],
    channels: readonly APIChannel[],
    after: MessageId,
  ): ReadableChannel[] {
    const names = new Map(channels.map(({ id, name }) => [id, name]));
    return candidates
      .filter((channel) => takesMessages(channel) && hasNews(channel, after))
      .map((channel) => ({
        id: toChannelId(channel.id),
        excluded: isExcluded([channel.name, names.get(parentOf(channel) ?? '')], rule),
      }));
  }

  async function read<Answer>(route: `/${string}`): Promise<Answer> {
    const result = await ask(() => rest.get(route) as Promise<Answer>);
    if ('refusal' in result) throw new Error(`the channels cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

const HAS_THREADS: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);

const IS_THREAD: ReadonlySet<ChannelType> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

/** A channel's own parent is a category, which is no place for messages. */
function parentOf(channel: APIChannel): string | undefined {
  return IS_THREAD.has(channel.type) && 'parent_id' in channel ? (channel.parent_id ?? undefined) : undefined;
}

function hasNews(channel: APIChannel, after: MessageId): boolean {
  if (!('last_message_id' in channel) || channel.last_message_id == null) return false;
  return isNewer(channel.last_message_id, after);
}
