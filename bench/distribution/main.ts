/** Distribution, measured. What came out, and what it was measured beside: docs/performance.md. */

import { benchOf, countFrom } from '../support/bench.ts';
import { measureIsolation } from './isolation.ts';
import { measureThroughput } from './throughput.ts';

/** The benchmark `distribution`. */
export const distribution = benchOf(
  {
    throughput: (values) => measureThroughput(countFrom(values, 'posts')),
    isolation: (values) => measureIsolation(countFrom(values, 'posts')),
  },
  { posts: { type: 'string', default: '30' } },
);
