/** Checks every day that totals are what the ledger says, and that everybody has the badges that they have points for. */

import { setCurrentDetails } from '@temporalio/workflow';
import { differenceText, isAllRight, type PointsCheck, wrongStepsLines } from '../domain/points-check.ts';
import { databaseAtLength, discord } from './activities.ts';
import type { PointsCheckInput, PointsCheckResult } from './definitions/points-check.ts';
import { scheduledTime } from './scheduled-time.ts';

export async function pointsCheck({ guildId }: PointsCheckInput): Promise<PointsCheckResult> {
  const at = scheduledTime();
  const { channels } = discord(guildId, 'staff');

  const check = await databaseAtLength.checkPoints.executeWithOptions({ summary: 'all totals' }, [
    guildId,
    at,
  ]);
  setCurrentDetails(describe(check));
  if (isAllRight(check)) return { check };
  const told = await channels.reportPointsCheck.executeWithOptions({ summary: 'tell staff' }, [
    guildId,
    at,
    check,
  ]);
  return { check, told };
}

function describe(check: PointsCheck): string {
  const { wrongTotals, hasMore, badgesGiven } = check;
  const lines = wrongTotals.map((difference) => `- ${differenceText(difference)}`);
  return [
    wrongTotals.length === 0 ? 'All totals are what the ledger says.' : 'Not what the ledger says:',
    ...lines,
    ...(hasMore ? ['- and more'] : []),
    ...wrongStepsLines(check).map((line) => `- ${line}`),
    `Badges given for points that were there: ${badgesGiven}`,
  ].join('\n');
}
