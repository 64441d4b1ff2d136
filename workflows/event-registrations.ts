/** What follows when members say that they go to an event: its announcement says how many, and who moves up is told. */

import { continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { EventRef } from '../domain/events.ts';
import { discord } from './activities.ts';
import {
  type EventPlaceInput,
  type EventPlaceResult,
  registrationsChanged,
} from './definitions/event-registrations.ts';

const AT_MOST_EVERY = '15s';

/** Keeps the numbers in an announcement up to date: at once, and then at most once in a while. */
export async function eventCount({ event }: { readonly event: EventRef }): Promise<void> {
  const { channels } = discord(event.guildId, 'bulkMessage');
  let hasChanged = true;
  setHandler(registrationsChanged, () => {
    hasChanged = true;
  });
  while (hasChanged) {
    hasChanged = false;
    await channels.showRegistrations.executeWithOptions({ summary: 'say how many go' }, [event]);
    await sleep(AT_MOST_EVERY, { summary: 'before it may be said again' });
    if (hasChanged && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof eventCount>({ event });
  }
}

/** Tells a member that they have a place. One for each time that they have waited for one. */
export async function eventPlace(input: EventPlaceInput): Promise<EventPlaceResult> {
  const { openings } = discord(input.event.guildId, 'reminder');
  return { told: await openings.tellMovedUp.executeWithOptions({ summary: 'tell of the place' }, [input]) };
}
