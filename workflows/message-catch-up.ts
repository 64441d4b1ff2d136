/**
 * Reads what was written, and who thanked whom, while nobody was listening. One for each gap. Messages come first, since newer
 * ones are not settled before; then all messages within reach are looked
 * through for thanks.
 */

import { setCurrentDetails } from '@temporalio/workflow';
import type { MessageId } from '../domain/ids.ts';
import type { MessageGap, MessagesRead, ReadableChannel, ThanksFound } from '../domain/message-catch-up.ts';
import { database, discord } from './activities.ts';
import type { MessageCatchUpResult } from './definitions/message-catch-up.ts';

/** So many messages are asked about in one activity. Discord lets a few requests a second pass. */
const ASKED_AT_ONCE = 20;

export async function messageCatchUp(gap: MessageGap): Promise<MessageCatchUpResult> {
  const { guildId } = gap;
  const onDiscord = discord(guildId, 'catchUp').general;
  const missed = await database.missedIn(gap, Date.now());
  if (missed.kind === 'superseded') return missed;

  const channels = await channelsSince(missed.after);
  for (const [index, channel] of channels.entries()) {
    if (await isSuperseded()) return { kind: 'superseded' };
    setCurrentDetails(`reading what was missed: channel ${index + 1} of ${channels.length}`);
    await readMessages(channel, missed.after);
  }
  if (!(await database.closeMessageGap(gap))) return { kind: 'superseded' };

  let thanked = 0;
  const older = await channelsSince(missed.reach);
  for (const [index, channel] of older.entries()) {
    if (await isSuperseded()) return { kind: 'superseded' };
    setCurrentDetails(`looking for thanks: channel ${index + 1} of ${older.length}`);
    thanked += await readThanks(channel, missed.reach);
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

  async function readMessages(channel: ReadableChannel, after: MessageId): Promise<void> {
    const summary = `read channel ${channel.id}`;
    for (let next: MessageId | undefined = after; next !== undefined; ) {
      const read: MessagesRead = await onDiscord.readMessages.executeWithOptions({ summary }, [
        guildId,
        channel,
        next,
      ]);
      next = read.next;
    }
  }

  /** Gives for how many messages there were thanks that were not known. */
  async function readThanks(channel: ReadableChannel, after: MessageId): Promise<number> {
    let count = 0;
    for (let next: MessageId | undefined = after; next !== undefined; ) {
      const summary = `look through channel ${channel.id}`;
      const found: ThanksFound = await onDiscord.lookForThanks.executeWithOptions({ summary }, [
        guildId,
        channel,
        next,
      ]);
      for (const some of inGroups(found.thanked, ASKED_AT_ONCE))
        await onDiscord.readThanks.executeWithOptions({ summary: `thanks in channel ${channel.id}` }, [
          guildId,
          channel.id,
          some,
          Date.now(),
        ]);
      count += found.thanked.length;
      next = found.next;
    }
    return count;
  }
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups = Math.ceil(items.length / size);
  return Array.from({ length: groups }, (_, index) => items.slice(index * size, (index + 1) * size));
}
