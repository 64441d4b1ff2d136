import { stillConcerned } from '../../database/event-notices.ts';
import { findEvent } from '../../database/events.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type EventNotice, type EventRef, EXPECTED, noticeKey } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { eventNoticeMessage } from '../../views/event-notices.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import type { DiscordContext } from './context.ts';
import { deliver } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';

/** So many requests are under way at a time in an activity: what takes long at Discord must not leave its limit unused. */
const TOLD_AT_A_TIME = 10;
/** After this no others are begun: activities must end while their worker is there. */
const TELL_FOR_MS = 5_000;

/** Members to be told, in the order in which they are. */
export interface NoticeOrder {
  readonly event: EventRef;
  readonly notice: EventNotice;
  readonly members: readonly MemberId[];
}

/** How many of them were told. */
export interface TellReport {
  readonly told: number;
  /** With so many it is done: the first ones, */
  readonly done: number;
  /** but for these, to whom it did not get through. */
  readonly failed: readonly MemberId[];
}

/** How members are told of an event by direct message. */
export function eventNoticesOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;

  return {
    /** Opens the channel for direct messages with a member who is going to get some. */
    async openAhead(member: { guildId: GuildId; memberId: MemberId }): Promise<'opened' | 'refused'> {
      return 'channelId' in (await channelForDirectMessages(context, member)) ? 'opened' : 'refused';
    },

    /** Tells members, each once, for some seconds. Who does not want it any more is passed over. */
    tellMembers: (order: NoticeOrder): Promise<TellReport> => tellSome(order, TOLD_AT_A_TIME),

    /** The same, one after the other: with whom a channel has to be opened first, which Discord limits narrowly. */
    openAndTellMembers: (order: NoticeOrder): Promise<TellReport> => tellSome(order, 1),
  };

  async function tellSome({ event, notice, members }: NoticeOrder, atATime: number): Promise<TellReport> {
    const em = database.em.fork();
    const found = await findEvent(em, event);
    if (found === undefined || (notice.kind === 'reminder' && !EXPECTED.includes(found.state)))
      return { told: 0, done: members.length, failed: [] };
    const wanted = await stillConcerned(em, event, notice.kind, members);
    const texts = await directory.textContext(config.links, config.events.texts);
    const message = eventNoticeMessage(found, notice, config.events, texts);
    const ends = await forSomeTime(members, atATime, async (memberId) => {
      if (!wanted.has(memberId)) return false;
      const key = noticeKey(event, notice, memberId);
      return (await tell(key, event, memberId, message)).kind === 'sent';
    });
    const failures = ends.filter((end) => end.status === 'rejected');
    // If it gets through to some, the others are tried again behind them; otherwise Temporal waits before it tries again.
    if (failures.length === ends.length) throw failures[0]?.reason;
    const told = ends.filter((end) => end.status === 'fulfilled' && end.value).length;
    const failed = members.filter((_, index) => ends[index]?.status === 'rejected');
    return { told, done: ends.length, failed };
  }

  async function tell(
    key: string,
    { guildId }: EventRef,
    memberId: MemberId,
    message: MarkedMessage,
  ): Promise<Delivery> {
    const place = await channelForDirectMessages(context, { guildId, memberId });
    return 'kind' in place ? place : deliver(context, { key, guildId, memberId, ...place }, message);
  }
}

/**
 * Does `work` with the first items, `atATime` of them at a time, until some seconds have passed or all are done. Says how each has
 * ended, in their order, when all have.
 */
async function forSomeTime<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const begun = performance.now();
  const waiting = items.entries();
  const ends: PromiseSettledResult<Result>[] = [];
  const workOff = async () => {
    for (const [index, item] of waiting) {
      [ends[index]] = await Promise.allSettled([work(item)]);
      if (performance.now() - begun > TELL_FOR_MS) return;
    }
  };
  await Promise.all(Array.from({ length: atATime }, workOff));
  return ends;
}
