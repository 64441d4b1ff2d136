/** Leads a tutorial through its review: staff are asked, and what they decide is carried out. One for each tutorial. */

import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { QUALITY } from '../domain/recognition.ts';
import type { Decision } from '../domain/tutorials.ts';
import { database, discord } from './activities.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';
import {
  decideOnTutorial,
  type TutorialInput,
  type TutorialResult,
  tutorialDecided,
} from './definitions/tutorial.ts';

export async function tutorial(input: TutorialInput): Promise<TutorialResult> {
  const { tutorial, remindAfterMs, decideWithinMs } = input;
  const { channels, general, openings } = discord(tutorial.guildId, 'staff');
  const askedAt = Date.now();
  let isDecided = false;
  setHandler(tutorialDecided, () => {
    isDecided = true;
  });
  setHandler(decideOnTutorial, decide, { validator: refuseNonsense });

  const asked = await channels.askForReview.executeWithOptions({ summary: 'ask staff' }, [tutorial]);
  const reminded = await waitForStaff();
  const state = await database.settleTutorial(tutorial, Date.now());
  enter(state);
  const done = await carryOut();
  const summary = 'say in the review what was decided';
  const closed = await channels.closeReview.executeWithOptions({ summary }, [tutorial]);
  await condition(allHandlersFinished);
  return { state, asked, ...reminded, ...done, closed };

  async function waitForStaff(): Promise<Pick<TutorialResult, 'reminded'>> {
    // Staff may have decided before this has begun.
    if (await database.isTutorialDecided(tutorial)) return {};
    if (await decidedBy(askedAt + remindAfterMs, 'until staff are reminded')) return {};
    const summary = 'ask staff again';
    const reminded = await channels.askForReviewAgain.executeWithOptions({ summary }, [tutorial]);
    await decidedBy(askedAt + decideWithinMs, 'until it is given up');
    return { reminded };
  }

  async function carryOut(): Promise<Partial<TutorialResult>> {
    switch (state) {
      case 'approved':
        return { points: await award(), published: await publish() };
      case 'declined':
      case 'expired':
        return { toldAuthor: await tellAuthor() };
      default:
        return {};
    }
  }

  /** Nobody is awarded who has left. */
  async function award(): Promise<NonNullable<TutorialResult['points']>> {
    const summary = 'whether the author is still there';
    const isThere = await general.isAuthorThere.executeWithOptions({ summary }, [tutorial]);
    if (!isThere) return 'the author has left';
    await database.awardTutorial(tutorial);
    return 'awarded';
  }

  function publish() {
    return channels.publishTutorial.executeWithOptions({ summary: 'publish' }, [tutorial]);
  }

  function tellAuthor() {
    return openings.tellAuthor.executeWithOptions({ summary: 'tell the author' }, [tutorial]);
  }

  /** In the name of staff, from the Temporal UI. The database says who was first. */
  function decide(decision: Decision) {
    return database.decideTutorial(tutorial, decision, Date.now());
  }

  async function decidedBy(time: number, summary: string): Promise<boolean> {
    return condition(() => isDecided, Math.max(1, time - Date.now()), { summary });
  }
}

function enter(state: TutorialResult['state']): void {
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }]);
  setCurrentDetails(`**${state}**`);
}

/** What is typed in the Temporal UI has been checked by nobody. */
function refuseNonsense(decision: Decision): void {
  const { verdict, staffId, quality } = decision ?? {};
  if (verdict !== 'approved' && verdict !== 'declined')
    throw new Error('expected the verdict "approved" or "declined"');
  if (!/^\d{15,20}$/.test(String(staffId)))
    throw new Error('expected staffId, the Discord id of who decides');
  const { least, most } = QUALITY;
  const isQuality = Number.isInteger(quality) && Number(quality) >= least && Number(quality) <= most;
  if (quality !== undefined && !isQuality) throw new Error(`expected a quality from ${least} to ${most}`);
}
