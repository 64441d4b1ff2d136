// What staff do to members, and what operators do to the local Discord.
import type { Snowflake } from 'discord-api-types/v10';
import type { FaultRule, GatewayAction } from '../../../control/api.ts';
import { call } from '../control/call.ts';
import { notify } from '../store/toasts.ts';
import { attempt } from './attempt.ts';

const TIMEOUT_MS = 10 * 60_000;

/**
 * Removes somebody from the guild.
 * @param by who does it
 * @param memberId whom
 */
export async function kick(by: Snowflake, memberId: Snowflake): Promise<void> {
  await attempt(() => call('kick', { by, memberId }));
}

/**
 * Bans somebody.
 * @param by who does it
 * @param memberId whom
 */
export async function ban(by: Snowflake, memberId: Snowflake): Promise<void> {
  await attempt(() => call('ban', { by, memberId }));
}

/**
 * Times somebody out for ten minutes.
 * @param by who does it
 * @param memberId whom
 */
export async function timeOut(by: Snowflake, memberId: Snowflake): Promise<void> {
  const until = new Date(Date.now() + TIMEOUT_MS).toISOString();
  await attempt(() => call('setTimeout', { by, memberId, until }));
}

/**
 * Lets somebody write again.
 * @param by who does it
 * @param memberId whom
 */
export async function endTimeout(by: Snowflake, memberId: Snowflake): Promise<void> {
  await attempt(() => call('setTimeout', { by, memberId, until: null }));
}

/**
 * Gives a role, or takes it.
 * @param by who does it
 * @param memberId whom
 * @param roleId which
 * @param given whether they have it from now on
 */
export async function setRole(
  by: Snowflake,
  memberId: Snowflake,
  roleId: Snowflake,
  given: boolean,
): Promise<void> {
  await attempt(() => call(given ? 'giveRole' : 'takeRole', { by, memberId, roleId }));
}

/**
 * Changes a nickname.
 * @param by who does it
 * @param memberId whose
 * @param nickname the new one; null for none
 */
export async function setNickname(
  by: Snowflake,
  memberId: Snowflake,
  nickname: string | null,
): Promise<void> {
  // One's own needs no staff.
  await attempt(() => call('setNickname', { memberId, nickname, ...(by === memberId ? {} : { by }) }));
}

/**
 * Sets the fault rules.
 * @param rules all of them
 */
export async function setFaults(rules: FaultRule[]): Promise<void> {
  await attempt(() => call('setFaults', { rules }));
}

/**
 * Takes Discord away from the bot, or brings it back.
 * @param away for how many ms, until it is brought back, or null to bring it back
 */
export async function setAway(away: number | 'until-cleared' | null): Promise<void> {
  await attempt(() => call('setAway', { away }));
}

/**
 * Does something to the bot's gateway connection.
 * @param action what
 * @param said what is said when it was done
 */
export async function actOnGateway(action: GatewayAction, said: string): Promise<void> {
  if (await attempt(() => call('actOnGateway', action))) notify(said);
}

/**
 * Switches the rate limits on or off.
 * @param enforced whether they hold from now on
 */
export async function enforceLimits(enforced: boolean): Promise<void> {
  await attempt(() => call('setLimits', { enforced }));
}
