/** Keeps up to date how many have done a tutorial, where it says so: at once, and then at most once in a minute. */

import { continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { TutorialRef } from '../domain/tutorials.ts';
import { discord } from './activities.ts';
import { completionsChanged } from './definitions/tutorial.ts';

const AT_MOST_EVERY = '1m';

export async function tutorialCount({ tutorial }: { readonly tutorial: TutorialRef }): Promise<void> {
  const { channels } = discord(tutorial.guildId, 'bulkMessage');
  let hasChanged = true;
  setHandler(completionsChanged, () => {
    hasChanged = true;
  });
  while (hasChanged) {
    hasChanged = false;
    const summary = 'say how many have done it';
    await channels.showCompletions.executeWithOptions({ summary }, [tutorial]);
    await sleep(AT_MOST_EVERY, { summary: 'before it may be said again' });
    if (hasChanged && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof tutorialCount>({ tutorial });
  }
}
