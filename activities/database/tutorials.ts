import { award } from '../../database/points.ts';
import { decideTutorial, expireTutorial, findTutorial } from '../../database/tutorials.ts';
import { ACTION, type Award } from '../../domain/recognition.ts';
import {
  type Decision,
  type DecisionResult,
  type Tutorial,
  type TutorialRef,
  type TutorialState,
  tutorialCause,
} from '../../domain/tutorials.ts';
import type { DatabaseContext } from './context.ts';

/** What is kept with the points of a tutorial: the ledger says why staff have given them. */
const REASON = 'the tutorial was approved';

/** What the review of a tutorial does in the database. */
export function tutorialsInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Whether there is nothing to wait for: staff have decided, or the tutorial was deleted. */
    async isTutorialDecided(tutorial: TutorialRef): Promise<boolean> {
      return (await findTutorial(database.em.fork(), tutorial))?.state !== 'waiting';
    },

    /** Writes down what staff have decided at `now` (ms since 1970); see `decideTutorial` in `database/tutorials.ts`. */
    decideTutorial(tutorial: TutorialRef, decision: Decision, now: number): Promise<DecisionResult> {
      return decideTutorial(database.em, tutorial, decision, now);
    },

    /** Where a tutorial stands that is waited for no more: if nobody has decided by `now` (ms since 1970), it is given up. */
    async settleTutorial(tutorial: TutorialRef, now: number): Promise<TutorialState | 'deleted'> {
      const em = database.em.fork();
      await expireTutorial(em, tutorial, now);
      return (await findTutorial(em, tutorial))?.state ?? 'deleted';
    },

    /** Gives the author of an approved tutorial its points, once. */
    async awardTutorial(tutorial: TutorialRef): Promise<void> {
      const approved = await findTutorial(database.em.fork(), tutorial);
      if (approved === undefined) return;
      const ledger = { guildId: tutorial.guildId, settings: config.recognition };
      await database.em
        .fork()
        .transactional((transaction) => award(transaction, ledger, [awardFor(approved)]));
    },
  };
}

/** It counts when it was approved. */
function awardFor(tutorial: Tutorial): Award {
  const { authorId, submittedAt, decidedAt, quality, staffId } = tutorial;
  const at = decidedAt ?? submittedAt;
  return {
    ...{ memberId: authorId, action: ACTION.tutorialCreated, cause: tutorialCause(tutorial), at },
    ...(quality !== null && { quality }),
    ...(staffId !== null && { byStaff: { staffId, reason: REASON, at } }),
  };
}
