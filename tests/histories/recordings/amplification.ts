import { amplificationIn } from '../../support/amplification.ts';
import { DAY_MS, HOUR_MS } from '../../support/distribution.ts';
import type { Recordings } from './recording.ts';

export const amplificationRecordings: Recordings = {
  amplification: async (_community, _github, posts) => {
    const amplifying = amplificationIn(posts);
    const post = await amplifying.outstanding('x');
    await amplifying.toldOf(post, 'Pinned until');
    await posts.pass(7 * DAY_MS + HOUR_MS);
    await amplifying.resultOf(post);
    return amplifying.handleOf(post).workflowId;
  },
};
