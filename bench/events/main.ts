/** Events, measured. What came out, and what was aimed at: docs/performance.md. */

import { benchOf, countFrom } from '../support/bench.ts';
import { measureOpen } from './open.ts';
import { measurePresses } from './presses.ts';

/** The benchmark `events`. */
export const events = benchOf(
  {
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
  },
  {
    presses: { type: 'string', default: '2000' },
    within: { type: 'string', default: '60' },
    capacity: { type: 'string', default: '500' },
    events: { type: 'string', default: '100' },
    registered: { type: 'string', default: '2000' },
    reminded: { type: 'string', default: '100' },
  },
);
