import { cancelEvent, changeEvent, scheduledEventChanged } from '../../../workflows/definitions/event.ts';
import { DAY_MS, eventsIn, HOUR_MS, ORGANISER } from '../../support/events.ts';
import { until } from '../../support/wait.ts';
import type { Recordings } from './recording.ts';

const by = ORGANISER;

export const eventsRecordings: Recordings = {
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
