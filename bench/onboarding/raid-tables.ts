/** What a raid gave, as tables. */

import { onboardingId } from '../../domain/onboarding.ts';
import { metricOf } from '../../scripts/stack/our-process.ts';
import { costOf, sampleOf } from '../support/histories.ts';
import { mean, quantile } from '../support/statistics.ts';
import type { Aim, Row, Table } from '../support/table.ts';
import type { LimitFloor } from './limits-floor.ts';
import type { Press } from './presses.ts';
import type { Drained, Raid } from './raid.ts';

const COLUMN = 'measured';
/** Histories that are read to see what an onboarding costs. */
const HISTORIES = 20;
const LIMITS_SHOWN = 6;
const TOO_MANY_REQUESTS = 429;
const MOST_MEMORY_MB = 400;

/** What was measured, beside what was aimed at. `floors` begins with the limit that takes longest. */
export async function resultTable(
  raid: Raid,
  drained: Drained,
  floors: readonly LimitFloor[],
): Promise<Table> {
  const { stays, seconds, requests, presses } = drained;
  const [longest] = floors;
  if (longest === undefined) throw new Error('nothing was asked of Discord');
  const refused = requests.filter(({ status }) => status === TOO_MANY_REQUESTS);
  return {
    title: `Onboarding: a raid of ${stays.length} joins with every step`,
    columns: [COLUMN],
    rows: [
      row('from the first join to the last step, s', seconds),
      row(`least that the limits allow for these requests (${longest.limit}), s`, longest.seconds),
      row('share of the rate that the limits allow', longest.seconds / seconds, { atLeast: 0.95 }),
      row('requests to Discord', requests.length),
      row('answers 429', refused.length, { atMost: 0 }),
      ...(await costRows(raid, drained)),
      ...pressRows(presses),
      ...memoryRows(drained),
    ],
    notes: [
      'Delays are shortened so that every step is due within seconds: what holds them back is the limits.',
      ...refused.map(
        ({ method, route, bucket, at }) =>
          `Answered 429: ${method} ${route} (${bucket ?? 'global'}) at ${at}.`,
      ),
      'Peak memory at the start is that of getting ready, for the worker above all of bundling the workflows.',
    ],
  };
}

/** The least time that each limit allows for the requests of the raid, as far as it holds anything back at all. */
export function limitsTable(floors: readonly LimitFloor[], joins: number): Table {
  const holding = floors.filter(({ seconds }) => seconds > 0);
  return {
    title: 'Onboarding: what the limits allow for the requests of the raid',
    columns: ['requests', 'per join', 'least, s', 'first to last, s'],
    rows: holding.slice(0, LIMITS_SHOWN).map(({ limit, of, requests, seconds, measuredSeconds }) => ({
      what: of === '' ? limit : `${limit} (${of})`,
      values: {
        requests,
        'per join': requests / joins,
        'least, s': seconds,
        'first to last, s': measuredSeconds,
      },
    })),
  };
}

async function costRows({ client, bot, worker }: Raid, { stays }: Drained): Promise<Row[]> {
  const costs = await Promise.all(
    sampleOf(stays, HISTORIES).map((stay) => costOf(client, onboardingId(stay))),
  );
  return [
    row('transitions per onboarding', mean(costs.map(({ transitions }) => transitions))),
    row('workflow tasks per onboarding', mean(costs.map(({ workflowTasks }) => workflowTasks))),
    row('activities per onboarding', mean(costs.map(({ activities }) => activities))),
    row('requests held back by our own client', await metricOf(worker, 'tixl_discord_rate_limits_total')),
    row('joins not handed over at once', await metricOf(bot, 'tixl_gateway_events_total', 'result="missed"')),
  ];
}

function pressRows(presses: readonly Press[]): Row[] {
  const acknowledged = presses.map(({ acknowledgedMs }) => acknowledgedMs);
  return [
    row('presses meanwhile', presses.length),
    row('presses without an answer', presses.filter(({ isAnswered }) => !isAnswered).length, { atMost: 0 }),
    ...timeRows('acknowledgement of a press', acknowledged, { atMost: 500 }),
    ...timeRows("result of a member's first press", resultsOf(presses.filter(({ isFirst }) => isFirst))),
    ...timeRows('result of a repeated press', resultsOf(presses.filter(({ isFirst }) => !isFirst))),
  ];
}

function resultsOf(presses: readonly Press[]): number[] {
  return presses.map(({ resultMs }) => resultMs);
}

function timeRows(what: string, times: readonly number[], aimOfSlowest?: Aim): Row[] {
  if (times.length === 0) return [];
  return [
    row(`${what}, p50, ms`, quantile(times, 0.5)),
    row(`${what}, p99, ms`, quantile(times, 0.99), aimOfSlowest),
  ];
}

function memoryRows({ memory }: Drained): Row[] {
  return (['bot', 'worker'] as const).flatMap((name) => [
    row(`peak memory of the ${name} at its start, MB`, memory[name].started.peakMb, {
      atMost: MOST_MEMORY_MB,
    }),
    row(`peak memory of the ${name} in the raid, MB`, memory[name].drained.peakMb, {
      atMost: MOST_MEMORY_MB,
    }),
  ]);
}

function row(what: string, value: number, aim?: Aim): Row {
  return { what, values: { [COLUMN]: value }, ...(aim && { aim }) };
}
