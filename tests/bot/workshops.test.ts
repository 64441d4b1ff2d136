import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MessageFlags } from 'discord-api-types/v10';
import { findEvent } from '../../database/events.ts';
import { readWorkshop } from '../../database/workshops.ts';
import { addDays, type Day, dayText, toDay } from '../../domain/calendar.ts';
import type { CommunityEvent } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { momentOf } from '../../domain/wall-clock.ts';
import { daysFrom, workshopTimes } from '../../domain/workshop-times.ts';
import { type WorkshopSlot, workshopEventId, workshopScheduleId } from '../../domain/workshops.ts';
import { keepSchedules, schedulesOf } from '../../worker/schedules.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { memberNamed, offersFor } from '../support/command.ts';
import { writeAttendance, writeEvent } from '../support/past-events.ts';
import { until } from '../support/wait.ts';

const REFUSAL = 'Events are planned by';
const WEEK_MS = 604_800_000;

let scene: BotScene;
let member: MemberId;
let host: MemberId;

beforeAll(async () => {
  scene = await startBotScene();
  member = await memberNamed(scene.discord, 'Amara Okafor');
  host = await memberNamed(scene.discord, 'Lena Vogt');
  await keepSchedules(new AbortController().signal, scene.worker);
  await until(async () => (await eventIds()).length >= 5);
});
afterAll(async () => {
  const { client, config } = scene.worker;
  for (const { scheduleId } of schedulesOf(guildId(), config))
    await client.schedule
      .getHandle(scheduleId)
      .delete()
      .catch(() => undefined);
  await scene.stop();
});

const guildId = () => scene.worker.environment.DISCORD_GUILD_ID;
const em = () => scene.worker.database.em.fork();
const eventIds = async (): Promise<string[]> => {
  const rows: { id: string }[] = await em().execute(
    `select id from events where slot is not null order by id`,
  );
  return rows.map(({ id }) => id);
};
const told = (who: MemberId, subcommand: string, options: Record<string, string> = {}) =>
  scene.told(who, { name: 'workshops', subcommand, options });
const offered = (who: MemberId, subcommand: string, options: Record<string, string>, focused: string) =>
  offersFor(scene.discord, who, { name: 'workshops', subcommand, options, focused });

function slotNamed(wanted: string): WorkshopSlot {
  const slot = scene.config.workshops.slots.find(({ name }) => name === wanted);
  if (slot === undefined) throw new Error(`there is no slot ${wanted}`);
  return slot;
}

/** A day of a slot whose event is not open, so many weeks ahead. */
const dayAhead = (slot: string, weeks: number): Day =>
  daysFrom(slotNamed(slot), Date.now() + weeks * WEEK_MS, scene.config.workshops.timeZone, 1)[0] ?? toDay('');
/** The day of a slot whose event is open. Only the slot of today's weekday may have none. */
const openDay = async (slot: string): Promise<Day> => {
  const id = (await eventIds()).find((one) => one.startsWith(slot)) ?? '';
  return toDay(id.slice(-10));
};
const exceptionOn = async (slot: string, day: Day) =>
  (await readWorkshop(em(), { guildId: guildId(), slot, day })).exception;
const eventOn = (slot: string, day: Day) =>
  findEvent(em(), { guildId: guildId(), eventId: workshopEventId({ slot, day }) });
const full = (moment: number) => `<t:${moment / 1_000}:F>`;
const lengthOf = (event: CommunityEvent | undefined) =>
  event === undefined ? Number.NaN : event.endsAt - event.startsAt;
/** Of which slots there is an open event in any case: none of them is on today's weekday. */
const slotsThatAreOpen = async () => (await eventIds()).map((id) => id.slice(0, -11));

describe('/workshops week', () => {
  test('shows everybody the next of each slot, in their order, and where they stand', async () => {
    const answer = await scene.ask(member, { name: 'workshops', subcommand: 'week' });
    expect((answer.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    const text = textOf(answer);
    for (const { title } of scene.config.workshops.slots) expect(text).toContain(title);
    const moments = [...text.matchAll(/<t:(\d+):F>/g)].map(([, seconds]) => Number(seconds));
    expect(moments).toHaveLength(scene.config.workshops.slots.length);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    const now = Date.now() / 1_000;
    for (const moment of moments) {
      expect(moment).toBeGreaterThan(now - 24 * 3_600);
      expect(moment).toBeLessThan(now + 8 * 24 * 3_600);
    }
    for (const id of await eventIds()) {
      const startsAt = momentOf(toDay(id.slice(-10)), slotNamed(id.slice(0, -11)).at, 'Europe/Berlin');
      expect(moments).toContain(startsAt / 1_000);
    }
  });
});

describe('what is for organisers', () => {
  test.each([
    ['skip', { slot: 'code-review', day: '2030-01-01' }],
    ['move', { slot: 'code-review', day: '2030-01-01', start: '20:00' }],
    ['pause', { slot: 'all' }],
    ['resume', { slot: 'all' }],
  ])('is refused to others: %s', async (subcommand, options) => {
    expect(await told(member, subcommand, options)).toContain(REFUSAL);
    expect(await offered(member, subcommand, { ...options, slot: 'c' }, 'slot')).toEqual([]);
  });

  test('is offered to a host: slots, with all of them where that can be, and the days of a slot', async () => {
    const names = scene.config.workshops.slots.map(({ name }) => name);
    expect(await offered(host, 'skip', { slot: '' }, 'slot')).toEqual(names);
    expect(await offered(host, 'pause', { slot: '' }, 'slot')).toEqual(['all', ...names]);
    expect(await offered(host, 'skip', { slot: 'HACK' }, 'slot')).toEqual(['community-hackathon']);
    const days = daysFrom(slotNamed('code-review'), Date.now(), 'Europe/Berlin', 8);
    expect(await offered(host, 'skip', { slot: 'code-review', day: '' }, 'day')).toEqual(days);
    expect(await offered(host, 'skip', { slot: 'none', day: '' }, 'day')).toEqual([]);
  });
});

describe('/workshops skip', () => {
  test('leaves one out that is not open yet, and says how to take that back', async () => {
    const day = dayAhead('code-review', 3);
    expect(await told(host, 'skip', { slot: 'code-review', day })).toBe(
      `**Code review** on ${dayText(day)} is left out. Take it back by moving it to its time.`,
    );
    expect(await exceptionOn('code-review', day)).toMatchObject({ startsAt: null });
  });

  test('calls off the event of one that is open', async () => {
    const [slot = ''] = await slotsThatAreOpen();
    const day = await openDay(slot);
    expect(await told(host, 'skip', { slot, day })).toContain('Its event is called off');
    expect(await exceptionOn(slot, day)).toMatchObject({ startsAt: null });
    await until(async () => (await eventOn(slot, day))?.state === 'cancelled');
    expect(await told(member, 'week')).toContain('called off');
    expect(await told(host, 'skip', { slot, day })).toContain('was called off. Use `/event create`');
  });

  test.each(['2026-13-01', 'tomorrow', '2020-01-07', '2040-01-03'])(
    'refuses what is no day of it to come: %s',
    async (day) => {
      const answer = await told(host, 'skip', { slot: 'beginner-workshop', day });
      expect(answer).toContain('has no workshop to come on that day. Its next days are `20');
    },
  );

  test('refuses another weekday, and a slot that there is not', async () => {
    const day = addDays(dayAhead('beginner-workshop', 2), 1);
    expect(await told(host, 'skip', { slot: 'beginner-workshop', day })).toContain('has no workshop to come');
    expect(await told(host, 'skip', { slot: 'nothing', day })).toContain(
      'There is no such workshop. There are: `adv',
    );
  });
});

describe('/workshops move', () => {
  test('lets one begin at another time of its day, which the list then says', async () => {
    const day = dayAhead('ama-session', 3);
    const startsAt = momentOf(day, '20:30', 'Europe/Berlin');
    const { opensAt } = workshopTimes(slotNamed('ama-session'), day, scene.config);
    expect(await told(host, 'move', { slot: 'ama-session', day, start: '20:30' })).toBe(
      `**AMA session** of ${dayText(day)} begins ${full(startsAt)}. Its event opens <t:${opensAt / 1_000}:R>.`,
    );
    expect(await exceptionOn('ama-session', day)).toMatchObject({ startsAt });
  });

  test('moves the event of one that is open', async () => {
    const slot = (await slotsThatAreOpen()).at(-1) ?? '';
    const day = await openDay(slot);
    const event = await eventOn(slot, day);
    const startsAt = momentOf(addDays(day, 1), '21:45', 'Europe/Berlin');
    const answer = await told(host, 'move', { slot, day, start: `${addDays(day, 1)} 21:45` });
    expect(answer).toContain(
      `begins ${full(startsAt)}. Its event moves, and everybody who has signed up is told.`,
    );
    expect(await exceptionOn(slot, day)).toMatchObject({ startsAt });
    await until(async () => (await eventOn(slot, day))?.startsAt === startsAt);
    expect((await eventOn(slot, day))?.endsAt).toBe(startsAt + lengthOf(event));
  });

  test('opens at once what was left out and should be open', async () => {
    const slot = (await slotsThatAreOpen())[1] ?? '';
    const day = await openDay(slot);
    await em().execute('delete from events where id = ?', [workshopEventId({ slot, day })]);
    await told(host, 'skip', { slot, day });
    const start = slotNamed(slot).at;
    expect(await told(host, 'move', { slot, day, start })).toContain('Its event opens now.');
    await until(async () => (await eventOn(slot, day)) !== undefined);
  });

  test.each([
    ['soon', 'I do not understand'],
    ['2020-01-01 20:00', 'is in the past.'],
  ])('refuses a start that is none: %s', async (start, refusal) => {
    const day = dayAhead('project-showcase', 3);
    expect(await told(host, 'move', { slot: 'project-showcase', day, start })).toContain(refusal);
    expect(await exceptionOn('project-showcase', day)).toBeUndefined();
  });

  test('refuses a start before its event opens, and says what to do instead', async () => {
    const day = dayAhead('project-showcase', 4);
    const start = `${addDays(day, -10)} 19:00`;
    const answer = await told(host, 'move', { slot: 'project-showcase', day, start });
    expect(answer).toContain('only, and cannot begin before. Leave this one out with `/workshops skip`');
    expect(await exceptionOn('project-showcase', day)).toBeUndefined();
  });
});

describe('/workshops pause and resume', () => {
  const isPaused = async (slot: string) => {
    const schedule = scene.worker.client.schedule.getHandle(workshopScheduleId(guildId(), slot));
    return (await schedule.describe()).state.paused;
  };

  test('hold back one slot, and open on going on what should be open by then', async () => {
    const slot = (await slotsThatAreOpen())[2] ?? '';
    const day = await openDay(slot);
    const { title } = slotNamed(slot);
    expect(await told(host, 'pause', { slot })).toContain(`Paused: **${title}**.`);
    await until(() => isPaused(slot));
    await em().execute('delete from events where id = ?', [workshopEventId({ slot, day })]);
    expect(await told(member, 'week')).toContain(`**${title}** · paused`);
    expect(await told(host, 'resume', { slot })).toContain(`Going on: **${title}**.`);
    await until(async () => !(await isPaused(slot)));
    await until(async () => (await eventOn(slot, day)) !== undefined);
  });

  test('hold back all slots', async () => {
    const { slots } = scene.config.workshops;
    const paused = async () => {
      const states = await Promise.all(slots.map(({ name }) => isPaused(name)));
      return states.filter((state) => state).length;
    };
    const titles = slots.map(({ title }) => `**${title}**`).join(', ');
    expect(await told(scene.staff, 'pause', { slot: 'all' })).toContain(`Paused: ${titles}.`);
    await until(async () => (await paused()) === slots.length);
    expect(await told(scene.staff, 'resume', { slot: 'all' })).toContain(`Going on: ${titles}.`);
    await until(async () => (await paused()) === 0);
  });

  test('refuse a slot that there is not', async () => {
    expect(await told(host, 'pause', { slot: 'nothing' })).toContain('There is no such workshop.');
  });
});

describe('/workshops insights', () => {
  const insights = () => scene.ask(member, { name: 'workshops', subcommand: 'insights' });
  const members = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      toMemberId(String(1_400_000_000_000_000_000n + BigInt(index))),
    );

  test('say that there is nothing to go by yet', async () => {
    const { embeds, attachments } = await insights();
    expect(embeds[0]?.description).toContain('there is nothing to go by yet');
    expect(attachments).toEqual([]);
  });

  test('show when members come, what that rests on, and a better time where one is known', async () => {
    const tuesdays = daysFrom(slotNamed('beginner-workshop'), Date.now() - 20 * WEEK_MS, 'Europe/Berlin', 4);
    for (const day of tuesdays) {
      for (const [at, days, count] of [
        ['19:10', 0, 2],
        ['15:00', 5, 6],
      ] as const) {
        const startsAt = momentOf(addDays(day, days), at, 'Europe/Berlin');
        await writeAttendance(em(), await writeEvent(em(), guildId(), { startsAt }), members(count));
      }
    }
    const { embeds, attachments } = await insights();
    const description = embeds[0]?.description ?? '';
    expect(description).toContain('**8 events** since');
    expect(description).toContain('attended by **6 members**');
    expect(description).toContain(
      '**Beginner workshop** (Tuesday 19:00): 2 on average of 4 events. 💡 Sunday 15:00 had 6 on average of 4 events.',
    );
    expect(description).toContain('**Code review** (Friday 19:00): too little to say, 0 events.');
    expect(attachments).toMatchObject([{ filename: 'workshops.png' }]);
    expect(attachments[0]?.description).toContain(
      'Tuesday 19:00: 2 on average of 4 events\nSunday 15:00: 6 on',
    );
  });
});
