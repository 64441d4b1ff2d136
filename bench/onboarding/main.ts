/** The onboarding, measured. What came out, and what was aimed at: docs/performance.md. */

import { benchOf, countFrom } from '../support/bench.ts';
import { measureOpen } from './open.ts';
import { measureRaid } from './raid.ts';
import { measureWelcome } from './welcome.ts';

/** The benchmark `onboarding`. */
export const onboarding = benchOf(
  {
    welcome: (values) => measureWelcome(countFrom(values, 'samples')),
    raid: (values) => measureRaid(countFrom(values, 'joins')),
    open: (values) => measureOpen(countFrom(values, 'open')),
  },
  {
    samples: { type: 'string', default: '60' },
    joins: { type: 'string', default: '2000' },
    open: { type: 'string', default: '10000' },
  },
);
