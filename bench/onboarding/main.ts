/** The onboarding, measured: see issue "Onboarding in full" for what is aimed at, docs/performance.md for what came out. */

import type { Bench } from '../support/bench.ts';
import { countFrom } from '../support/bench.ts';
import type { Table } from '../support/table.ts';
import { measureWelcome } from './welcome.ts';

/** The benchmark `onboarding`. */
export const onboarding: Bench = {
  options: {
    only: { type: 'string', multiple: true },
    samples: { type: 'string', default: '60' },
    joins: { type: 'string', default: '2000' },
    open: { type: 'string', default: '10000' },
  },
  async run(values): Promise<readonly Table[]> {
    return [await measureWelcome(countFrom(values, 'samples'))];
  },
};
