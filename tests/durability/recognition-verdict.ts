/** Whether the ledger is what the local Discord says was written and thanked, entry by entry. */

import type { APIMessage } from 'discord-api-types/v10';
import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';
import { findWrongTotals } from '../../database/totals.ts';
import { countMessages, isExcluded, messageCause } from '../../domain/channel-messages.ts';
import {
  createdAt,
  type GuildId,
  isNewer,
  type MemberId,
  toGuildId,
  toMemberId,
  toMessageId,
} from '../../domain/ids.ts';
import { ACTION, tenthsOf } from '../../domain/recognition.ts';
import { thanksCause } from '../../domain/thanks.ts';
import { toChannelMessage } from '../../runtime/channel-message.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';

/** A member's reaction to a message, that the local Discord has taken. */
export interface GivenThanks {
  readonly messageId: string;
  readonly giverId: MemberId;
}

/** What the ledger should say: for each cause whose points, how many tenths, and for a message when. */
export type ExpectedLedger = ReadonlyMap<string, string>;

/** How ledger and Discord differ. Nowhere, if nothing was lost or done twice. */
export interface RecognitionVerdict {
  readonly due: number;
  readonly lost: readonly string[];
  /** In the ledger, and not what Discord says. */
  readonly wrong: readonly string[];
  /** Totals that are not what the ledger says. */
  readonly wrongTotals: number;
}

/**
 * What the ledger should say by Discord's own list of messages.
 *
 * @throws Error if Discord does not show the reactions that it has taken: then the comparison would prove nothing
 */
export async function expectedLedger(
  discord: LocalDiscord,
  { recognition }: CommunityConfig,
  given: readonly GivenThanks[],
): Promise<ExpectedLedger> {
  const { channels } = await discord.control.getState();
  const messages = (
    await Promise.all(channels.map(async ({ id, name }) => writtenIn(discord, id, [name])))
  ).flat();
  const kept = messages
    .flatMap(({ message, names }) => toChannelMessage(message, isExcluded(names, recognition.messages)) ?? [])
    .sort((one, other) => (isNewer(one.id, other.id) ? 1 : -1));
  const { counted } = countMessages(new Map(), kept, recognition.messages);
  checkReactions(
    messages.map(({ message }) => message),
    given,
    recognition.thanks.emoji,
  );
  const writers = new Map<string, MemberId>(kept.map(({ id, memberId }) => [id, memberId]));
  const worth = (action: string) => tenthsOf({ action }, recognition);
  const thanked = given.flatMap(({ messageId, giverId }): [string, string][] => {
    const receiver = writers.get(messageId);
    if (receiver === undefined || receiver === giverId) return [];
    const cause = thanksCause({ messageId: toMessageId(messageId), giverId });
    return [[cause, `${receiver} ${worth(ACTION.helpfulAnswer)}`]];
  });
  return new Map([
    ...counted.map(({ id, memberId }): [string, string] => [
      messageCause(id),
      `${memberId} ${worth(ACTION.message)} ${createdAt(id)}`,
    ]),
    ...thanked,
  ]);
}

/** Compares the ledger with what it should be. */
export async function judgeLedger(
  { em }: Database,
  guild: string,
  config: CommunityConfig,
  expected: ExpectedLedger,
): Promise<RecognitionVerdict> {
  const guildId = toGuildId(guild);
  const actual = await readLedger(em, guildId);
  const totals = await findWrongTotals(em.fork(), { guildId, settings: config.recognition }, 100);
  const show = ([cause, what]: [string, string]) => `${cause}: ${what}`;
  return {
    due: expected.size,
    lost: [...expected].filter(([cause]) => !actual.has(cause)).map(show),
    wrong: [...actual].filter(([cause, what]) => expected.get(cause) !== what).map(show),
    wrongTotals: totals.length,
  };
}

/** Whether nothing was lost, and nothing done twice or otherwise. */
export function isLedgerRight({ lost, wrong, wrongTotals }: RecognitionVerdict): boolean {
  return lost.length === 0 && wrong.length === 0 && wrongTotals === 0;
}

async function readLedger(em: Database['em'], guildId: GuildId): Promise<Map<string, string>> {
  const rows: { cause: string; member_id: string; tenths: number; at: string; action: string }[] = await em
    .fork()
    .execute(
      `select cause, member_id, tenths, action, (extract(epoch from at) * 1000)::bigint as at from points_ledger
       where guild_id = ? and action in (?)`,
      [guildId, [ACTION.message, ACTION.helpfulAnswer]],
    );
  // When a reaction was heard of is not for Discord to say.
  return new Map(
    rows.map(({ cause, member_id, tenths, at, action }) => [
      cause,
      action === ACTION.message ? `${member_id} ${tenths} ${at}` : `${member_id} ${tenths}`,
    ]),
  );
}

interface Written {
  readonly message: APIMessage;
  readonly names: readonly (string | null | undefined)[];
}

const PAGE = 100;

async function writtenIn(
  discord: LocalDiscord,
  channelId: string,
  names: Written['names'],
): Promise<Written[]> {
  const found: Written[] = [];
  for (let after = '0'; ; ) {
    const { messages } = await discord.control
      .getMessages({ channelId, limit: PAGE, after })
      .catch(() => ({ messages: [] }));
    found.push(...messages.map(({ message }) => ({ message, names })));
    const last = messages.at(-1);
    if (last === undefined || messages.length < PAGE) return found;
    after = last.message.id;
  }
}

function checkReactions(messages: readonly APIMessage[], given: readonly GivenThanks[], emoji: string): void {
  const shown = messages.reduce(
    (sum, { reactions }) => sum + (reactions?.find((reaction) => reaction.emoji.name === emoji)?.count ?? 0),
    0,
  );
  const taken = new Set(given.map(({ messageId, giverId }) => `${messageId}/${toMemberId(giverId)}`)).size;
  if (shown !== taken) throw new Error(`Discord shows ${shown} thanks, but has taken ${taken}`);
}
