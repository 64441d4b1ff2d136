import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventButtonId } from '../../domain/event-buttons.ts';
import { type CommunityEvent, toEventId } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { answerTo, press, sendButton } from '../support/button.ts';
import { addEvent } from '../support/event-rows.ts';

let scene: BotScene;
let member: MemberId;

beforeAll(async () => {
  scene = await startBotScene();
  const { members } = await scene.discord.control.join();
  member = toMemberId(members[0]?.member.user.id ?? '');
});
afterAll(() => scene.stop());

const em = () => scene.worker.database.em.fork();
const newEvent = (changes: Partial<CommunityEvent> = {}) =>
  addEvent(em(), scene.worker.environment.DISCORD_GUILD_ID, {
    ...{ state: 'live', place: { kind: 'link', link: 'https://tixl.app/live' } },
    ...changes,
  });

async function checkIn(eventId: CommunityEvent['eventId']): Promise<string> {
  const message = await sendButton(scene.discord, member, eventButtonId('check-in', eventId, 'begun'));
  return answerTo(scene.discord, await press(scene.discord, member, message));
}

const said = (text: keyof BotScene['config']['events']['checkIn'], { title }: CommunityEvent) =>
  scene.config.events.checkIn[text].replace('{title}', title);

describe('whoever checks in', () => {
  test('is noted once, and told so', async () => {
    const event = await newEvent();
    expect(await checkIn(event.eventId)).toBe(said('done', event));
    expect(await checkIn(event.eventId)).toBe(said('doneAlready', event));
    const rows = await em().execute('select member_id from event_attendances where event_id = ?', [
      event.eventId,
    ]);
    expect(rows).toEqual([{ member_id: member }]);
  });

  test('is told when it is too early, too late, or not needed', async () => {
    const startsAt = Date.now() + 3_600_000;
    const early = await newEvent({ state: 'open', startsAt, endsAt: startsAt + 1_000 });
    const when = `<t:${Math.floor(startsAt / 1_000)}:F> (<t:${Math.floor(startsAt / 1_000)}:R>)`;
    expect(await checkIn(early.eventId)).toBe(said('tooEarly', early).replace('{when}', when));
    const over = await newEvent({ state: 'over' });
    expect(await checkIn(over.eventId)).toBe(said('over', over));
    const cancelled = await newEvent({ state: 'cancelled' });
    expect(await checkIn(cancelled.eventId)).toBe(said('cancelled', cancelled));
    const { channels } = await scene.discord.control.getState();
    const room = channels.find(({ name }) => name === 'Town Hall');
    const inChannel = await newEvent({ place: { kind: 'channel', channelId: room?.id as never } });
    expect(await checkIn(inChannel.eventId)).toBe(
      said('notNeeded', inChannel).replace('{place}', `<#${room?.id}>`),
    );
  });

  test('at an event that is not there is told that the button is out of use', async () => {
    expect(await checkIn(toEventId('nowhere'))).toBe(scene.config.answers.outdated);
  });
});
