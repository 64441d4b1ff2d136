/** Events, measured. What came out, and what was aimed at: docs/performance.md. */

import { type Bench, countFrom, type Values } from '../support/bench.ts';
import type { Table } from '../support/table.ts';
import { measureOpen } from './open.ts';
import { measurePresses } from './presses.ts';

/** The measurements by name. Each has servers of its own. */
const MEASUREMENTS: Readonly<Record<string, (values: Values) => Promise<Table[]>>> = {
  presses: (values) =>
    measurePresses({
      presses: countFrom(values, 'presses'),
      withinSeconds: countFrom(values, 'within'),
      capacity: countFrom(values, 'capacity'),
    }),
  open: (values) =>
    measureOpen({
      events: countFrom(values, 'events'),
      registered: countFrom(values, 'registered'),
      reminded: countFrom(values, 'reminded'),
    }),
};

/** The benchmark `events`. */
export const events: Bench = {
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(MEASUREMENTS) },
    presses: { type: 'string', default: '2000' },
    within: { type: 'string', default: '60' },
    capacity: { type: 'string', default: '500' },
    events: { type: 'string', default: '100' },
    registered: { type: 'string', default: '2000' },
    reminded: { type: 'string', default: '100' },
  },
  async run(values): Promise<readonly Table[]> {
    const measurements = [values.only ?? []].flat().map(measurementOf);
    const tables: Table[] = [];
    for (const measure of measurements) tables.push(...(await measure(values)));
    return tables;
  },
};

function measurementOf(name: unknown) {
  const measurement = MEASUREMENTS[String(name)];
  if (measurement !== undefined) return measurement;
  throw new RangeError(`--only ${name}: expected one of ${Object.keys(MEASUREMENTS).join(', ')}`);
}
