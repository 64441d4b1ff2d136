/** Reading what became of posts, measured. What came out, and what was chosen by it: docs/performance.md, docs/architecture.md. */

import { benchOf, countFrom } from '../support/bench.ts';
import { measureTransitions } from './transitions.ts';

/** The benchmark `engagement`. */
export const engagement = benchOf(
  { transitions: (values) => measureTransitions(countFrom(values, 'posts')) },
  { posts: { type: 'string', default: '4' } },
);
