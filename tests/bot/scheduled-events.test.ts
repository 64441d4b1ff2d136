import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGuildScheduledEvent } from 'discord-api-types/v10';
import { findEvent } from '../../database/events.ts';
import { eventWorkflowId, type NewEvent } from '../../domain/events.ts';
import { whenAnnounced } from '../../workflows/definitions/event.ts';
import { isStarted } from '../histories/recordings/recording.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { DAY_MS, newEvent, planEvent } from '../support/events.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;

beforeAll(async () => {
  scene = await startBotScene();
});
afterAll(() => scene.stop());

const em = () => scene.worker.database.em.fork();
const stored = (event: NewEvent) => findEvent(em(), event);

/** An event that is announced, and Discord's own. */
async function announced(): Promise<{
  event: NewEvent;
  scheduled: APIGuildScheduledEvent;
  memberId: string;
}> {
  const event = newEvent(scene.worker.environment.DISCORD_GUILD_ID, Date.now() + DAY_MS);
  await planEvent(em(), event);
  const handle = scene.worker.client.workflow.getHandle(eventWorkflowId(event));
  await until(() => isStarted(handle));
  await handle.executeUpdate(whenAnnounced);
  const { events, guild } = await scene.discord.control.getState();
  const scheduled = events.find(({ event: { name } }) => name === event.title)?.event;
  if (scheduled === undefined) throw new Error('Discord has no such event');
  return { event, scheduled, memberId: guild.owner_id };
}

describe("whoever uses Discord's own interface", () => {
  test('changes the event there and here, and calls it off by deleting it', async () => {
    const { event, scheduled, memberId } = await announced();
    const eventId = scheduled.id;
    await scene.discord.control.editEvent({
      memberId,
      eventId,
      name: 'Another name',
      description: 'No line',
    });
    await until(async () => (await stored(event))?.title === 'Another name');
    await scene.discord.control.deleteEvent({ memberId, eventId });
    await until(async () => (await stored(event))?.state === 'cancelled');
  });

  test('does as they like with events that are none of ours', async () => {
    const { event, memberId } = await announced();
    const times = {
      startsAt: new Date(event.startsAt).toISOString(),
      endsAt: new Date(event.endsAt).toISOString(),
    };
    const place = { entityType: 3, location: 'elsewhere' } as const;
    const { id } = await scene.discord.control.createEvent({ memberId, name: 'Picnic', ...place, ...times });
    await scene.discord.control.editEvent({ memberId, eventId: id, name: 'Large picnic' });
    await scene.discord.control.deleteEvent({ memberId, eventId: id });
    expect(await stored(event)).toMatchObject({ state: 'open', revision: 0 });
  });
});
