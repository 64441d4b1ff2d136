/** Tutorials of which the histories are recorded; see `tests/workflows/replay.test.ts`. */

import { completeTutorial } from '../../database/tutorial-completions.ts';
import { decideTutorial } from '../../database/tutorials.ts';
import { toMemberId } from '../../domain/ids.ts';
import {
  type NewTutorial,
  tutorialCountId,
  tutorialWorkflowId,
  type Verdict,
} from '../../domain/tutorials.ts';
import { decideOnTutorial } from '../../workflows/definitions/tutorial.ts';
import { messagesIn, type TestCommunity } from './community.ts';
import { addTutorial } from './tutorials.ts';
import { until } from './wait.ts';

/** What is kept with a decision, and must be in no history. */
const REASON = 'a reason that stays out of it';

const staffId = toMemberId('1300000000000000099');

/** Each lets something happen and gives the id of the workflow in which it did. */
export const TUTORIAL_HISTORIES: Readonly<Record<string, (community: TestCommunity) => Promise<string>>> = {
  'tutorial-approved': async (community) => {
    const { review } = await addedTutorial(community);
    const decision = { verdict: 'approved', staffId, quality: 5 } as const;
    await review.executeUpdate(decideOnTutorial, { args: [decision] });
    await review.result();
    return review.workflowId;
  },
  'tutorial-declined': async (community) => {
    const { tutorial, review } = await addedTutorial(community);
    await decide(community, tutorial, 'declined');
    await review.result();
    return review.workflowId;
  },
  'tutorial-expired': async (community) => {
    const { review } = await addedTutorial(community);
    await review.result();
    return review.workflowId;
  },
  'tutorial-count': async (community) => {
    const { tutorial, review } = await addedTutorial(community);
    await decide(community, tutorial, 'approved');
    await review.result();
    await completeTutorial(community.database.em, tutorial, staffId, Date.now());
    const count = community.client.workflow.getHandle(tutorialCountId(tutorial));
    await until(() =>
      count.describe().then(
        () => true,
        () => false,
      ),
    );
    await count.result();
    return count.workflowId;
  },
};

/** Somebody adds a tutorial, of which staff are asked. */
async function addedTutorial(community: TestCommunity) {
  const { guildId, memberId } = await community.join();
  const tutorial = await addTutorial(community.database.em.fork(), guildId, memberId);
  await until(async () => (await messagesIn(community, 'moderation')).length === 1);
  const review = community.client.workflow.getHandle(tutorialWorkflowId(tutorial));
  return { tutorial, review };
}

function decide({ database }: TestCommunity, tutorial: NewTutorial, verdict: Verdict) {
  return decideTutorial(database.em, tutorial, { verdict, staffId }, Date.now(), REASON);
}
