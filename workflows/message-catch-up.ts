/**
 * Reads what was written, and who thanked whom, while nobody was listening. One for each gap. Messages come first, since newer
 * ones are not settled before; then is looked through older messages for thanks.
 */

import { setCurrentDetails } from '@temporalio/workflow';
import type { MessageId } from '../domain/ids.ts';
import type { MessageGap, MessagesRead, ReadableChannel } from '../domain/message-catch-up.ts';
import { database, discord } from './activities.ts';
import type { MessageCatchUpResult } from './definitions/message-catch-up.ts';

export async function messageCatchUp(gap: MessageGap): Promise<MessageCatchUpResult> {
  const { guildId } = gap;
  const onDiscord = discord(guildId, 'catchUp').general;
  const missed = await database.missedIn(gap, Date.now());
  if (missed.kind === 'superseded') return missed;
  let thanked = 0;

  const channels = await channelsSince(missed.after);
  for (const [index, channel] of channels.entries()) {
    if (await isSuperseded()) return { kind: 'superseded' };
    setCurrentDetails(`reading what was missed: channel ${index + 1} of ${channels.length}`);
    const summary = `read channel ${channel.id}`;
    await readAll(channel, missed.after, (after) =>
      onDiscord.readMessages.executeWithOptions({ summary }, [guildId, channel, { after }]),
    );
  }
  if (!(await database.closeMessageGap(gap))) return { kind: 'superseded' };

  const older = await channelsSince(missed.reach);
  for (const [index, channel] of older.entries()) {
    if (await isSuperseded()) return { kind: 'superseded' };
    setCurrentDetails(`looking for thanks: channel ${index + 1} of ${older.length}`);
    const summary = `look through channel ${channel.id}`;
    await readAll(channel, missed.reach, (after) =>
      onDiscord.lookForThanks.executeWithOptions({ summary }, [
        guildId,
        channel,
        { after, upTo: missed.after },
      ]),
    );
  }
  setCurrentDetails(`all read: ${channels.length} channels with news, ${thanked} messages with new thanks`);
  return { kind: 'caught up', channels: channels.length, thanked };

  /** A later gap comprises this one: each message is read by one workflow. */
  async function isSuperseded(): Promise<boolean> {
    return (await database.missedIn(gap, Date.now())).kind === 'superseded';
  }

  async function channelsSince(after: MessageId): Promise<ReadableChannel[]> {
    const found = await onDiscord.channelsWithNews.executeWithOptions({ summary: 'channels with news' }, [
      guildId,
      after,
    ]);
    for (const channel of await onDiscord.channelsWithThreads(guildId)) {
      const summary = `closed threads of ${channel.id}`;
      found.push(
        ...(await onDiscord.closedThreadsWithNews.executeWithOptions({ summary }, [channel, after])),
      );
    }
    return found;
  }

  async function readAll(
    channel: ReadableChannel,
    after: MessageId,
    read: (after: MessageId) => Promise<MessagesRead>,
  ): Promise<void> {
    let next: MessageId | undefined = after;
    while (next !== undefined) {
      const pages: MessagesRead = await read(next);
      for (const messageId of pages.thanked)
        await onDiscord.readThanks(guildId, channel.id, messageId, Date.now());
      thanked += pages.thanked.length;
      next = pages.next;
    }
  }
}
