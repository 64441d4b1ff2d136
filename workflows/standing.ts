/** Reads where a member stands, or what they have got points for. One for each time that somebody asks: the bot reads no tables. */

import type { HistoryPage, MemberStanding } from '../domain/standing.ts';
import { database } from './activities.ts';
import type { PointsHistoryInput, StandingInput } from './definitions/standing.ts';

export async function standing({ guildId, memberId }: StandingInput): Promise<MemberStanding> {
  return database.readStanding(guildId, memberId, Date.now());
}

export async function pointsHistory({ guildId, memberId, page }: PointsHistoryInput): Promise<HistoryPage> {
  return database.readHistory(guildId, memberId, page);
}
