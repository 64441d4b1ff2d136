/** What came of a run of chaos, for people. */

import { VICTIMS } from './product.ts';
import type { RecognitionChaosReport } from './recognition-chaos.ts';
import { isLedgerRight } from './recognition-verdict.ts';

/** So many entries are named. */
const SHOWN = 20;

/** What happened and what came of it, in lines. */
export function describeRecognitionReport(report: RecognitionChaosReport): string {
  const { seconds, killed, written, thanked, verdict } = report;
  const times = (victim: string) => killed.filter((one) => one === victim).length;
  const kills = VICTIMS.filter((victim) => times(victim) > 0).map((victim) => `${victim} ${times(victim)}`);
  const { due, lost, wrong, wrongTotals } = verdict;
  const lines = [
    '',
    `${written} messages and ${thanked} thanks in ${seconds.toFixed(0)} s`,
    `killed ${killed.length} times: ${kills.join(', ')}`,
    `${due} entries due: ${lost.length} lost, ${wrong.length} wrong; ${wrongTotals} totals wrong`,
    ...lost.slice(0, SHOWN).map((entry) => `  lost: ${entry}`),
    ...wrong.slice(0, SHOWN).map((entry) => `  wrong: ${entry}`),
    isLedgerRight(verdict)
      ? '  ✓ the ledger is what Discord says, entry by entry'
      : '  ✗ the ledger is not what Discord says',
  ];
  return `${lines.join('\n')}\n`;
}
