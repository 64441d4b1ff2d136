// Coming, going, and being somebody.
import type { Snowflake } from 'discord-api-types/v10';
import type { MemberState } from '../../../control/api.ts';
import { call } from '../control/call.ts';
import { actAs, addColumn, firstPlace } from '../store/columns.ts';
import { state, update } from '../store/store.ts';
import { notify } from '../store/toasts.ts';
import { nameOfUser } from '../text/names.ts';
import { attempt } from './attempt.ts';

/** How somebody joins. */
export interface Joining {
  name?: string;
  count?: number;
  pending?: boolean;
  dmsClosed?: boolean;
  inviteCode?: string;
  show: 'here' | 'beside' | 'nowhere';
}

/**
 * Lets somebody join, or many.
 * @param joining who and how, and whether to act as the (first) newcomer
 * @returns whether they joined
 */
export async function join(joining: Joining): Promise<boolean> {
  const { name, count, pending, dmsClosed, inviteCode } = joining;
  const joined = await attempt(() =>
    call('join', {
      ...(name ? { names: [name] } : { count: count ?? 1 }),
      ...(pending ? { pending } : {}),
      ...(dmsClosed ? { dmsClosed } : {}),
      ...(inviteCode ? { inviteCode } : {}),
    }),
  );
  const [first] = joined?.members ?? [];
  if (!joined || !first) return false;
  takeIn(joined.members);
  showNewcomer(first, joining.show);
  const others = joined.members.length - 1;
  // Whom one acts as at once needs no notice.
  if (others > 0) notify(`${nameOfUser(first.member.user)} and ${others} others joined.`);
  else if (joining.show === 'nowhere') notify(`${nameOfUser(first.member.user)} joined.`);
  return true;
}

/** The answer may be quicker than the live connection. */
function takeIn(members: MemberState[]): void {
  update(({ guild }) => {
    for (const member of members) {
      if (!guild || guild.members.has(member.member.user.id)) continue;
      guild.members.set(member.member.user.id, member);
      guild.users.set(member.member.user.id, member.member.user);
    }
    if (guild) guild.revision += 1;
  });
}

function showNewcomer(newcomer: MemberState, show: Joining['show']): void {
  const { id } = newcomer.member.user;
  const [column] = state.columns.filter((candidate) => candidate.id === state.activeColumn);
  if (show === 'here' && column && state.guild) actAs(column.id, id, firstPlace(state.guild));
  if (show === 'beside') addColumn(id);
}

/**
 * Lets a former member come back.
 * @param userId who
 */
export async function comeBack(userId: Snowflake): Promise<void> {
  const joined = await attempt(() => call('join', { userId }));
  if (joined) takeIn(joined.members);
}

/**
 * Leaves the guild.
 * @param memberId who
 */
export async function leave(memberId: Snowflake): Promise<void> {
  await attempt(() => call('leave', { memberId }));
}

/**
 * Accepts the guild's rules.
 * @param memberId who
 */
export async function passScreening(memberId: Snowflake): Promise<void> {
  await attempt(() => call('passScreening', { memberId }));
}

/**
 * Opens or closes somebody's direct messages.
 * @param memberId who
 * @param open whether the bot may write to them
 */
export async function setDirectMessages(memberId: Snowflake, open: boolean): Promise<void> {
  await attempt(() => call('setDirectMessages', { memberId, open }));
}

/**
 * Sits down in a voice channel, moves, or leaves.
 * @param memberId who
 * @param channelId where; null to leave
 */
export async function sitDown(memberId: Snowflake, channelId: Snowflake | null): Promise<void> {
  await attempt(() => call('setVoice', { memberId, channelId }));
}

/**
 * Presses Interested on an event, or takes it back.
 * @param memberId who
 * @param eventId which
 * @param interested whether they are interested from now on
 */
export async function setInterested(
  memberId: Snowflake,
  eventId: Snowflake,
  interested: boolean,
): Promise<void> {
  await attempt(() => call(interested ? 'markInterested' : 'unmarkInterested', { memberId, eventId }));
}

/**
 * Copies something, for instance an id.
 * @param text what
 * @param what what it is called
 */
export async function copy(text: string, what: string): Promise<void> {
  await attempt(() => navigator.clipboard.writeText(text));
  notify(`${what} copied.`);
}
