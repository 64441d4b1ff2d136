/** The onboarding, measured. What came out, and what was aimed at: docs/performance.md. */

import { type Bench, countFrom, type Values } from '../support/bench.ts';
import type { Table } from '../support/table.ts';
import { measureOpen } from './open.ts';
import { measureRaid } from './raid.ts';
import { measureWelcome } from './welcome.ts';

/** The measurements by name. Each has servers of its own. */
const MEASUREMENTS: Readonly<Record<string, (values: Values) => Promise<Table[]>>> = {
  welcome: (values) => measureWelcome(countFrom(values, 'samples')),
  raid: (values) => measureRaid(countFrom(values, 'joins')),
  open: (values) => measureOpen(countFrom(values, 'open')),
};

/** The benchmark `onboarding`. */
export const onboarding: Bench = {
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(MEASUREMENTS) },
    samples: { type: 'string', default: '60' },
    joins: { type: 'string', default: '2000' },
    open: { type: 'string', default: '10000' },
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
