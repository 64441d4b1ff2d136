/** Events of which the histories are recorded; see `tests/workflows/replay.test.ts`. */

import { cancelEvent, changeEvent, scheduledEventChanged } from '../../workflows/definitions/event.ts';
import type { TestCommunity } from './community.ts';
import { DAY_MS, eventsIn, HOUR_MS, ORGANISER } from './events.ts';
import { until } from './wait.ts';

const by = ORGANISER;

/** Each lets something happen and gives the id of the workflow in which it did. */
export const EVENT_HISTORIES: Readonly<Record<string, (community: TestCommunity) => Promise<string>>> = {
  'event-held': async (community) => {
    const events = eventsIn(community);
    const event = await events.announce(2 * DAY_MS);
    await events.resultOf(event);
    return events.handleOf(event).workflowId;
  },
  'event-moved': async (community) => {
    const events = eventsIn(community);
    const event = await events.announce(2 * HOUR_MS);
    const moved = { startsAt: event.startsAt + DAY_MS, endsAt: event.endsAt + DAY_MS };
    await events.handleOf(event).executeUpdate(changeEvent, { args: [{ by, ...moved }] });
    await until(async () => (await events.saidIn(event)).length === 1);
    await events.handleOf(event).signal(scheduledEventChanged);
    await events.resultOf(event);
    return events.handleOf(event).workflowId;
  },
  'event-cancelled': async (community) => {
    const events = eventsIn(community);
    const event = await events.announce(DAY_MS);
    await events.handleOf(event).executeUpdate(cancelEvent, { args: [{ by }] });
    await events.resultOf(event);
    return events.handleOf(event).workflowId;
  },
  'event-refused': async (community) => {
    const events = eventsIn(community);
    const channelId = await events.channelNamed('general');
    const event = await events.plan(DAY_MS, { place: { kind: 'channel', channelId } });
    await events.resultOf(event);
    return events.handleOf(event).workflowId;
  },
};
