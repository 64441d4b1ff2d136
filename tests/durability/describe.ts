/** What a run of chaos has come to, as a person reads it. */

import type { ChaosReport } from './chaos.ts';
import { VICTIMS } from './product.ts';
import { nameOf } from './tally.ts';
import { type Finding, isThere, verdictOf } from './verdict.ts';

const LABEL_WIDTH = 68;

/** A step that was not done as it should. */
export function describeFinding({ member, piece, times }: Finding): string {
  return `member ${member}: ${nameOf(piece)}, ${times} instead of ${piece.times}`;
}

/** The tables at the end of a run. */
export function describeReport(report: ChaosReport): string {
  return [
    table(
      'Killed',
      countBy(report.killed, (victim) => victim, VICTIMS),
    ),
    table(
      'Requests disturbed',
      countBy(report.disturbed, ({ fault, status, method, route }) => {
        const kind = fault === 'error' ? `error ${status}` : fault;
        return `${method} ${route}: ${kind}`;
      }),
    ),
    describeMembers(report),
  ].join('\n');
}

function describeMembers({ residents, received, rateLimited, seconds }: ChaosReport): string {
  const { due, once, lost, twice, late } = verdictOf(residents, received);
  const left = residents.filter(({ leftAt }) => leftAt !== undefined);
  const rows: [string, number][] = [
    ['joined', residents.length],
    ['left in the middle', left.length],
    ['and came back', left.filter(isThere).length],
    ['steps due to those who are there', due],
    ['done exactly once', once.length],
    ['lost', lost.length],
    ['twice, of anybody', twice.length],
    ['when a member had long left', late.length],
    ["requests refused by Discord's own limits", rateLimited],
    ['seconds in all', Math.round(seconds)],
  ];
  return [
    table('Members', rows),
    ...[...lost, ...twice, ...late].map((finding) => `  ✗ ${describeFinding(finding)}\n`),
  ].join('');
}

/** How many of `values` there are of each kind; of `kinds` also those of which there are none. */
function countBy<Value>(
  values: readonly Value[],
  kindOf: (value: Value) => string,
  kinds: readonly string[] = [],
): [string, number][] {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  for (const kind of values.map(kindOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (kinds.length > 0 ? 0 : a.localeCompare(b, 'en')));
}

function table(title: string, rows: readonly [string, number][]): string {
  const lines = rows.map(([label, count]) => `  ${label.padEnd(LABEL_WIDTH)} ${String(count).padStart(6)}\n`);
  return `\n${title}\n${lines.join('')}`;
}
