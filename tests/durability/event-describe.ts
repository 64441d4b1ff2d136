/** What came of a run of chaos with events, for people. */

import type { EventChaosReport } from './event-chaos.ts';
import { isOnceEach } from './event-verdict.ts';
import { VICTIMS } from './product.ts';

/** So many are named. */
const SHOWN = 20;

/** What happened and what came of it, in lines. */
export function describeEventReport({ seconds, killed, verdict }: EventChaosReport): string {
  const times = (victim: string) => killed.filter((one) => one === victim).length;
  const kills = VICTIMS.filter((victim) => times(victim) > 0).map((victim) => `${victim} ${times(victim)}`);
  const { due, lost, twice, wrongTotals } = verdict;
  const lines = [
    '',
    `killed ${killed.length} times in ${seconds.toFixed(0)} s: ${kills.join(', ')}`,
    `${due} messages and entries due: ${lost.length} lost, ${twice.length} twice; ${wrongTotals} totals wrong`,
    ...lost.slice(0, SHOWN).map((one) => `  lost: ${one}`),
    ...twice.slice(0, SHOWN).map((one) => `  twice: ${one}`),
    isOnceEach(verdict)
      ? '  ✓ each reminder, thanks, report and point came once'
      : '  ✗ something was lost or done twice',
  ];
  return `${lines.join('\n')}\n`;
}
