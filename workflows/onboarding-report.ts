/** Counts how many members complete their onboarding. One for each time that staff ask: the bot reads no tables. */

import { type OnboardingReport, reportSince, summarise } from '../domain/onboarding-report.ts';
import { database } from './activities.ts';
import type { OnboardingReportInput } from './definitions/onboarding-report.ts';

export async function onboardingReport({ guildId, weeks }: OnboardingReportInput): Promise<OnboardingReport> {
  const now = Date.now();
  const counts = await database.countVisits(guildId, reportSince(now, weeks), now);
  return summarise(counts, weeks);
}
