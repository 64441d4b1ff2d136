/** Counts merged pull requests: reads the repositories on GitHub, and awards what counts. A schedule starts it. */

import { setCurrentDetails } from '@temporalio/workflow';
import type { RepositoryReading } from '../domain/contributions.ts';
import { database, github } from './activities.ts';
import type { ContributionsInput, ContributionsResult } from './definitions/contributions.ts';

export async function contributions({
  guildId,
  repositories,
}: ContributionsInput): Promise<ContributionsResult> {
  const onGithub = github(guildId).repositories;
  const read: ContributionsResult['repositories'][number][] = [];
  // One after the other, as GitHub asks for.
  for (const name of repositories) {
    const args: Parameters<typeof onGithub.readPullRequests> = [guildId, name, Date.now()];
    const reading = await onGithub.readPullRequests.executeWithOptions({ summary: name }, args);
    read.push({ name, reading });
    setCurrentDetails(read.map(({ name, reading }) => `- ${name}: ${describe(reading)}`).join('\n'));
  }
  const awarded = await database.awardContributions(guildId);
  return { repositories: read, awarded };
}

function describe(reading: RepositoryReading): string {
  switch (reading.kind) {
    case 'read':
      return `${reading.merged} merged pull requests looked at`;
    case 'refused':
      return `refused: ${reading.reason}`;
    case 'unchanged':
      return 'nothing new';
    case 'off':
      return 'GitHub is not set up';
  }
}
