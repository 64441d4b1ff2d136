/** What came of a run of chaos with posts, for people. */

import { PLATFORM_LABELS } from '../../domain/platforms.ts';
import { type DistributionChaosReport, isAllPublished } from './distribution-chaos.ts';
import {
  type DistributionVerdict,
  isNothingLostOrTwice,
  type WaitingDelivery,
} from './distribution-verdict.ts';
import { VICTIMS } from './product.ts';

/** So many are named. */
const SHOWN = 20;

/** What happened and what came of it, in lines. */
export function describeDistributionReport(report: DistributionChaosReport): string {
  const { seconds, killed, requests, disturbed, reconnected, verdict, repaired } = report;
  const kills = VICTIMS.map((victim) => [victim, killed.filter((one) => one === victim).length] as const);
  const faults = Object.values(disturbed).reduce((sum, times) => sum + times, 0);
  const share = requests === 0 ? 0 : (faults / requests) * 100;
  const lines = [
    '',
    `killed ${killed.length} times in ${seconds.toFixed(0)} s: ${named(kills)}`,
    `${requests} requests to X, LinkedIn and YouTube, ${share.toFixed(0)} % disturbed: ${named(Object.entries(disturbed))}`,
    `accounts connected again: ${named(Object.entries(reconnected)) || 'none'}`,
    `${verdict.due} due: ${verdict.published} published once, ${verdict.waiting.length} wait for a person`,
    ...reasonsOf(verdict.waiting),
    ...problemsOf(verdict),
    `decided by a person: ${repaired.published} of ${repaired.due} published once`,
    ...problemsOf(repaired),
    isNothingLostOrTwice(verdict) && isAllPublished(repaired)
      ? '  ✓ each post is published once on each platform, or waited where staff could see it'
      : '  ✗ something was lost or published twice',
  ];
  return `${lines.join('\n')}\n`;
}

function named(counts: readonly (readonly [string, number])[]): string {
  return counts
    .filter(([, times]) => times > 0)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}

/** Why posts wait, and how many for each reason. */
function reasonsOf(waiting: readonly WaitingDelivery[]): string[] {
  const counts = new Map<string, number>();
  for (const { delivery, reason, isThere } of waiting) {
    const there = isThere ? ' (it is there)' : '';
    const line = `${PLATFORM_LABELS[delivery.platform]}: ${reason}${there}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].slice(0, SHOWN).map(([line, times]) => `  ${times} × ${line}`);
}

function problemsOf({ lost, twice }: DistributionVerdict): string[] {
  return [
    ...lost.slice(0, SHOWN).map((one) => `  lost: ${one}`),
    ...twice.slice(0, SHOWN).map((one) => `  twice: ${one}`),
  ];
}
