import type { WorkflowHandle } from '@temporalio/client';
import { setWantsDirectMessages } from '../../../database/event-preferences.ts';
import { respond } from '../../../database/event-registrations.ts';
import type { Response } from '../../../domain/event-registrations.ts';
import { type EventRef, eventWorkflowId, toScheduledEventId } from '../../../domain/events.ts';
import { createdAt, firstIdAt, type MemberId } from '../../../domain/ids.ts';
import { startDirectMessages } from '../../../workflows/definitions/direct-messages.ts';
import { EVENT_INTEREST, eventInterestOptions } from '../../../workflows/definitions/event-interest.ts';
import { EVENT_NOTICE, eventNoticeOptions } from '../../../workflows/definitions/event-notice.ts';
import { startEventPlace } from '../../../workflows/definitions/event-registrations.ts';
import type { TestCommunity } from '../../support/community.ts';
import { addOpenEvent, register } from '../../support/open-event.ts';
import { until } from '../../support/wait.ts';
import { isStarted, type Recordings } from './recording.ts';

/** What follows from what many members do at events. */
export const eventRegistrationsRecordings: Recordings = {
  'event-count': async (community) => {
    const event = await newEvent(community);
    await say(community, event, (await community.join()).memberId, 'going', 1);
    return ended(community.client.workflow.getHandle(`${eventWorkflowId(event)}/count`));
  },
  'event-place': async (community) => {
    const event = await newEvent(community, 1);
    const first = (await community.join()).memberId;
    const second = (await community.join()).memberId;
    await say(community, event, first, 'going', 1);
    const placeInLine = await say(community, event, second, 'going', 2);
    await say(community, event, first, 'not going', 3);
    const { workflowId } = startEventPlace({ event, memberId: second, placeInLine });
    return ended(community.client.workflow.getHandle(workflowId));
  },
  'event-notice': async (community) => {
    const event = await newEvent(community);
    const members = [(await community.join()).memberId, (await community.join()).memberId];
    await register(community.database.em, event, members);
    const known = (await community.join({ dmsClosed: true })).memberId;
    await community.database.em
      .fork()
      .execute(`insert into direct_message_channels (guild_id, member_id, channel_id) values (?, ?, ?)`, [
        ...[event.guildId, known],
        (await community.discord.control.openDirectMessage({ memberId: known })).channel.id,
      ]);
    await register(community.database.em, event, [known]);
    const notAfter = (await community.environmentOfTemporal.currentTimeMs()) + 300_000;
    const notice = { kind: 'reminder', beforeMs: 60_000, revision: 0 } as const;
    const { workflowId = '', taskQueue = '', args } = eventNoticeOptions({ event, notice, notAfter });
    return ended(await community.client.workflow.start(EVENT_NOTICE, { workflowId, taskQueue, args }));
  },
  'event-interest': async (community) => {
    const { guildId } = await newEvent(community);
    const { workflowId = '', taskQueue = '', args } = eventInterestOptions(guildId, Date.now());
    return ended(await community.client.workflow.start(EVENT_INTEREST, { workflowId, taskQueue, args }));
  },
  'direct-messages': async (community) => {
    const { guildId, memberId } = await community.join();
    await setWantsDirectMessages(community.database.em, guildId, memberId, true);
    const { workflowId } = startDirectMessages({ guildId, memberId });
    return ended(community.client.workflow.getHandle(workflowId));
  },
};

/** It is on Discord, as far as its workflows know, though Discord does not find it. */
function newEvent(
  { database, environment }: TestCommunity,
  capacity: number | null = null,
): Promise<EventRef> {
  return addOpenEvent(database.em, environment.DISCORD_GUILD_ID, {
    capacity,
    scheduledEventId: toScheduledEventId(firstIdAt(Date.now())),
  });
}

/** Gives the id of the press. */
async function say(
  { database }: TestCommunity,
  event: EventRef,
  memberId: MemberId,
  response: Response,
  number: number,
): Promise<string> {
  const order = String(BigInt(firstIdAt(Date.now())) + BigInt(number));
  await respond(database.em, { ...event, memberId, response, order, at: createdAt(order) });
  return order;
}

/** Waits until a workflow is there, and has come to its end. */
async function ended(workflow: WorkflowHandle): Promise<string> {
  await until(() => isStarted(workflow));
  await workflow.result();
  return workflow.workflowId;
}
