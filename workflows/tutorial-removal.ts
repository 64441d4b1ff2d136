/** Says wherever a tutorial stands that staff have taken it off the list, and tells its author. One for each tutorial. */

import type { TutorialRef } from '../domain/tutorials.ts';
import { discord } from './activities.ts';
import type { TutorialRemovalResult } from './definitions/tutorial.ts';

export async function tutorialRemoval(tutorial: TutorialRef): Promise<TutorialRemovalResult> {
  const { channels, openings } = discord(tutorial.guildId, 'staff');
  const published = await channels.showRemoval.executeWithOptions({ summary: 'where it was published' }, [
    tutorial,
  ]);
  const review = await channels.closeReview.executeWithOptions({ summary: 'in the review' }, [tutorial]);
  const toldAuthor = await openings.tellAuthor.executeWithOptions({ summary: 'tell the author' }, [tutorial]);
  return { published, review, toldAuthor };
}
