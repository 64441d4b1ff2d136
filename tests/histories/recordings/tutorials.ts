import { completeTutorial } from '../../../database/tutorial-completions.ts';
import { decideTutorial, removeTutorial } from '../../../database/tutorials.ts';
import {
  type NewTutorial,
  tutorialCountId,
  tutorialRemovalId,
  tutorialWorkflowId,
  type Verdict,
} from '../../../domain/tutorials.ts';
import { decideOnTutorial } from '../../../workflows/definitions/tutorial.ts';
import { messagesIn, type TestCommunity } from '../../support/community.ts';
import { addTutorial } from '../../support/tutorials.ts';
import { until } from '../../support/wait.ts';
import { isStarted, REASON, type Recordings, SOMEBODY } from './recording.ts';

export const tutorialsRecordings: Recordings = {
  'tutorial-approved': async (community) => {
    const { review } = await addedTutorial(community);
    const decision = { verdict: 'approved', staffId: SOMEBODY, quality: 5 } as const;
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
  'tutorial-removal': async (community) => {
    const { tutorial, review } = await addedTutorial(community);
    await decide(community, tutorial, 'approved');
    await review.result();
    await removeTutorial(community.database.em, tutorial, SOMEBODY, Date.now(), REASON);
    const removal = community.client.workflow.getHandle(tutorialRemovalId(tutorial));
    await until(() => isStarted(removal));
    await removal.result();
    return removal.workflowId;
  },
  'tutorial-count': async (community) => {
    const { tutorial, review } = await addedTutorial(community);
    await decide(community, tutorial, 'approved');
    await review.result();
    await completeTutorial(community.database.em, tutorial, SOMEBODY, Date.now());
    const count = community.client.workflow.getHandle(tutorialCountId(tutorial));
    await until(() => isStarted(count));
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
  return decideTutorial(database.em, tutorial, { verdict, staffId: SOMEBODY }, Date.now(), REASON);
}
