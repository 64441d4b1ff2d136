import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { DiscordActivities } from '../../activities/discord/index.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId } from '../../domain/ids.ts';
import { STANDARD_VARIANT, type Stay, type StepOrder } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import {
  directMessages,
  messagesIn,
  replaceChannel,
  replaceRole,
  rolesOf,
  toStay,
} from '../support/on-discord.ts';

const SENDING = { method: 'POST', route: '/channels/:channelId/messages' } as const;

let discord: LocalDiscord;
let database: TestDatabase;
let activities: DiscordActivities;
let stay: Stay;

beforeAll(async () => {
  [discord, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  await discord.control.setLimits({ enforced: false });
});
afterAll(() => Promise.all([discord.stop(), database.close()]));

beforeEach(async () => {
  await discord.control.setFaults({ rules: [] });
  activities = await newProcess();
  const { members } = await discord.control.join();
  stay = toStay(toGuildId(discord.guildId), members[0]?.member);
});

/** The activities of a process that has just started, with TiXL's configuration. */
async function newProcess(on: LocalDiscord = discord): Promise<DiscordActivities> {
  return createTestActivities(on, database, await loadConfig([COMMUNITY_FILE]));
}

const welcomes = async () => {
  const messages = await messagesIn({ discord }, 'welcome');
  return messages.filter(({ embeds }) => embeds[0]?.description?.includes(stay.memberId));
};
const order = (step: string, of = stay): StepOrder => ({
  visit: { ...of, visitBegan: of.joinedAt },
  variant: STANDARD_VARIANT,
  step,
  now: of.joinedAt,
});
const tips = () => directMessages({ discord }, stay.memberId);

const PLACES = [
  { place: 'a channel', step: 'welcome', sent: welcomes },
  { place: 'direct messages', step: 'guide', sent: tips },
];

describe.each(PLACES)('a message to $place is sent once', ({ step, sent }) => {
  const send = async () => (await newProcess()).sendStep(order(step));

  test('when it is sent again, by any process', async () => {
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await sent()).toHaveLength(1);
  });

  test('when the process dies before the request reaches Discord', async () => {
    await discord.control.setFaults({
      rules: [{ match: SENDING, times: 1, fault: { kind: 'drop-before' } }],
    });
    await expect(send()).rejects.toThrow(ApplicationFailure);
    expect(await sent()).toEqual([]);
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(await sent()).toHaveLength(1);
  });

  test('when the answer is lost', async () => {
    await discord.control.setFaults({ rules: [{ match: SENDING, times: 1, fault: { kind: 'drop-after' } }] });
    await expect(send()).rejects.toThrow(ApplicationFailure);
    expect(await sent()).toHaveLength(1);
    expect(await send()).toMatchObject({ kind: 'sent', messageId: (await sent())[0]?.id });
    expect(await sent()).toHaveLength(1);
  });

  test('when the answer was never written down, and Discord has forgotten the nonce', async () => {
    const { nonceMs } = await discord.control.getLimits();
    await discord.control.setLimits({ nonceMs: 0 });
    const first = await send();
    await database.orm.em.fork().execute('update sent_messages set message_id = null');
    expect(await send()).toEqual(first);
    expect(await sent()).toHaveLength(1);
    await discord.control.setLimits({ nonceMs });
  });

  test('when much has been written since then', async () => {
    const { nonceMs } = await discord.control.getLimits();
    await discord.control.setLimits({ nonceMs: 0 });
    const first = await send();
    if (first.kind !== 'sent') throw new Error('it was not sent');
    await database.orm.em.fork().execute('update sent_messages set message_id = null');
    for (let count = 0; count < 250; count += 1) {
      await discord.control.write({
        memberId: stay.memberId,
        channelId: first.channelId,
        content: `chatter ${count}`,
      });
    }
    expect(await send()).toEqual(first);
    await discord.control.setLimits({ nonceMs });
  });

  test('when Discord answers with an error of its own', async () => {
    const rules = [{ match: SENDING, times: 2, fault: { kind: 'error', status: 502 } } as const];
    await discord.control.setFaults({ rules });
    await expect(send()).rejects.toThrow('Discord');
    await expect(send()).rejects.toThrow('Discord');
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(await sent()).toHaveLength(1);
  });
});

describe('what Discord refuses', () => {
  test('a rate limit says when to try again, and sends no request in vain', async () => {
    const strict = await startTestDiscord();
    const { buckets } = await strict.control.getLimits();
    const narrow = Object.fromEntries(
      Object.keys(buckets).map((name) => [name, { limit: 3, perMs: 15_000 }]),
    );
    await strict.control.setLimits({ buckets: narrow });
    const process = await newProcess(strict);
    const { members } = await strict.control.join({ count: 6 });
    const stays = members.map(({ member }) => toStay(toGuildId(strict.guildId), member));
    const results = await Promise.allSettled(stays.map((one) => process.sendStep(order('welcome', one))));
    const { counts } = await strict.control.countRequests();
    await strict.stop();
    const held = results.filter((result) => result.status === 'rejected');
    expect(held).toHaveLength(3);
    for (const { reason } of held) {
      expect(reason).toMatchObject({ type: 'RateLimited', nextRetryDelay: expect.any(Number) });
    }
    expect(counts.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('a missing permission is an outcome that says what to do', async () => {
    const fault = { kind: 'error', status: 403, code: 50_013, message: 'Missing Permissions' } as const;
    await discord.control.setFaults({ rules: [{ match: SENDING, fault }] });
    expect(await activities.sendStep(order('welcome'))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('lacks a permission'),
    });
  });

  test('a role above the bot’s own is an outcome that says what to do', async () => {
    const { guild } = await discord.control.getState();
    const newcomer = guild.roles.find(({ name }) => name === 'Newcomer');
    const fault = { kind: 'error', status: 403, code: 50_013, message: 'Missing Permissions' } as const;
    const match = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;
    expect(newcomer).toBeDefined();
    await discord.control.setFaults({ rules: [{ match, fault }] });
    expect(await activities.giveStepRole(order('welcome'))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('move its role up'),
    });
  });

  test('a channel that was made again under its name gets the message, whoever meets the old one first', async () => {
    const { members } = await discord.control.join({ count: 3 });
    const stays = members.map(({ member }) => toStay(toGuildId(discord.guildId), member));
    await activities.sendStep(order('welcome'));
    await replaceChannel({ discord }, 'welcome');
    const sent = await Promise.all(stays.map((one) => activities.sendStep(order('welcome', one))));
    const welcomes = await messagesIn({ discord }, 'welcome');
    expect(sent.map((delivery) => delivery.kind === 'sent' && delivery.messageId).sort()).toEqual(
      welcomes.map(({ id }) => id).sort(),
    );
    expect(welcomes).toHaveLength(3);
    // As it was written down: sent in the channel of now.
    expect(await (await newProcess()).sendStep(order('welcome', stays[0]))).toEqual(sent[0]);
  });

  test('a role that was made again under its name is given, whoever meets the old one first', async () => {
    const { members } = await discord.control.join({ count: 3 });
    const stays = members.map(({ member }) => toStay(toGuildId(discord.guildId), member));
    await activities.giveStepRole(order('welcome'));
    await replaceRole({ discord }, 'Newcomer');
    const given = await Promise.all(stays.map((one) => activities.giveStepRole(order('welcome', one))));
    expect(given).toEqual(stays.map(() => ({ kind: 'done' })));
    for (const { memberId } of stays) expect(await rolesOf({ discord }, memberId)).toEqual(['Newcomer']);
  });

  test('a step that is no longer configured is skipped with a word', async () => {
    expect(await activities.sendStep(order('removed'))).toEqual({
      kind: 'refused',
      reason: 'the step is no longer configured',
    });
  });

  test('an invalid token is tried again rarely, since 10,000 refusals ban the address, and works again when it is valid', async () => {
    const fault = { kind: 'error', status: 401 } as const;
    await discord.control.setFaults({ rules: [{ match: SENDING, times: 2, fault }] });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(activities.sendStep(order('welcome'))).rejects.toMatchObject({
        type: 'Unauthorised',
        nextRetryDelay: expect.any(Number),
      });
    }
    expect(await activities.sendStep(order('welcome'))).toMatchObject({ kind: 'sent' });
  });

  test('opening direct messages too fast passes, and is tried again', async () => {
    const fault = { kind: 'error', status: 400, code: 40_003 } as const;
    const rules = [{ match: { method: 'POST', route: '/users/@me/channels' } as const, times: 1, fault }];
    await discord.control.setFaults({ rules });
    await expect(activities.sendStep(order('guide'))).rejects.toMatchObject({ type: 'RateLimited' });
    expect(await activities.sendStep(order('guide'))).toMatchObject({ kind: 'sent' });
  });

  test('no guild in common means that the member has left, and not that they take no direct messages', async () => {
    expect(await activities.sendStep(order('guide'))).toMatchObject({ kind: 'sent' });
    await discord.control.leave({ memberId: stay.memberId });
    expect(await activities.sendStep(order('topics'))).toEqual({ kind: 'gone' });
  });

  test('a failed reading of channels or roles is not kept', async () => {
    const fault = { kind: 'error', status: 502 } as const;
    const rules = ['channels', 'roles'].map((what) => ({
      match: { route: `/guilds/:guildId/${what}` },
      times: 1,
      fault,
    }));
    await discord.control.setFaults({ rules });
    await expect(activities.sendStep(order('welcome'))).rejects.toThrow('Discord');
    await expect(activities.giveStepRole(order('welcome'))).rejects.toThrow('Discord');
    expect(await activities.giveStepRole(order('welcome'))).toEqual({ kind: 'done' });
    expect(await activities.sendStep(order('welcome'))).toMatchObject({ kind: 'sent' });
  });

  test('a failure carries neither the token nor what was to be sent', async () => {
    await discord.control.setFaults({ rules: [{ match: SENDING, fault: { kind: 'drop-before' } }] });
    const error = (await activities.sendStep(order('welcome')).catch((error) => error)) as Error;
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toMatch(
      new RegExp(`${discord.token}|Welcome to TiXL`),
    );
  });
});
