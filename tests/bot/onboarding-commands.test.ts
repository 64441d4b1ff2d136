import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApplicationCommandOptionType, MessageFlags } from 'discord-api-types/v10';
import { type MemberId, toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { COMMAND_CHANGED } from '../../views/command-changed.ts';
import { ONBOARDING_COMMAND } from '../../views/commands/onboarding.ts';
import { getProgress, onboardingsOf, resendTip } from '../../workflows/definitions/onboarding.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import {
  memberNamed,
  messageFor,
  offersFor,
  replaceCommand,
  runCommand,
  type TypedCommand,
} from '../support/command.ts';
import { directMessages, onboardingOf, toStay } from '../support/community.ts';
import { until } from '../support/wait.ts';

/** Each member is welcomed by themselves, has a tip at once, and waits for the next. */
const FIRST_TIP_AT_ONCE = 'onboarding: { burst: { window: 0s }, steps: [{ name: guide, after: 0s }] }';

const { default_member_permissions: _permissions, ...OPEN_TO_ALL } = ONBOARDING_COMMAND;

let scene: BotScene;
let discord: LocalDiscord;
let staff: MemberId;
let ask: BotScene['ask'];
let told: BotScene['told'];
let setUp: BotScene['setUp'];

beforeAll(async () => {
  scene = await startBotScene({ overlay: FIRST_TIP_AT_ONCE });
  ({ discord, staff, ask, told, setUp } = scene);
});
afterAll(() => scene.stop());

/**
 * Somebody joins, and has the first tip. Temporal lists the onboarding, and the
 * onboarding knows that the tip was sent: Discord shows it a moment earlier.
 */
async function joinAndGetTip(): Promise<Stay> {
  const { members } = await discord.control.join();
  const stay = toStay(toGuildId(discord.guildId), members[0]?.member);
  await untilListed(stay, 'Running');
  await until(async () => (await progressOf(stay)).next === 'roles');
  return stay;
}

async function untilListed({ guildId, memberId }: Stay, status: string): Promise<void> {
  const query = `${onboardingsOf(guildId, memberId)} AND ExecutionStatus="${status}"`;
  await until(async () => (await scene.worker.client.workflow.count(query)).count === 1);
}

const of = (subcommand: string, { memberId }: Stay): TypedCommand => ({
  name: 'onboarding',
  subcommand,
  options: { member: memberId },
});

async function tipsSentTo({ memberId }: Stay): Promise<number> {
  return (await directMessages({ discord }, memberId)).length;
}

const progressOf = (stay: Stay) => onboardingOf(scene.worker, stay).query(getProgress);

describe('/onboarding status', () => {
  test('says where an onboarding stands, to whoever asked alone', async () => {
    const stay = await joinAndGetTip();
    const { flags, embeds } = await ask(staff, of('status', stay));
    expect((flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    const lines = embeds[0]?.description?.split('\n') ?? [];
    const id = `onboarding%2F${stay.guildId}%2F${stay.memberId}%2F${stay.joinedAt}`;
    expect(lines).toEqual([
      `<@${stay.memberId}>: **guiding**`,
      `Joined: <t:${Math.floor(stay.joinedAt / 1_000)}:f>`,
      'Variant: standard',
      'Has done: nothing of what is asked for yet',
      'Next step: roles',
      `In the Temporal UI: \`/namespaces/tests/workflows/${id}\``,
      '',
      '__Steps__',
      '- welcome: done',
      '- guide: done',
    ]);
  });

  test('says so of a member who has none', async () => {
    const member = await memberNamed(discord, 'Tom Becker');
    const typed = { name: 'onboarding', subcommand: 'status', options: { member } };
    expect(await told(staff, typed)).toMatch(`Temporal lists no onboarding of <@${member}>`);
  });

  test('says how one ended that was ended in the Temporal UI', async () => {
    const stay = await joinAndGetTip();
    await onboardingOf(scene.worker, stay).terminate();
    await untilListed(stay, 'Terminated');
    expect(await told(staff, of('status', stay))).toContain('ended in Temporal: terminated');
  });

  test('is about the present stay of somebody who came back', async () => {
    const first = await joinAndGetTip();
    await discord.control.leave({ memberId: first.memberId });
    await untilListed(first, 'Completed');
    expect(await told(staff, of('status', first))).toContain(`<@${first.memberId}>: **left**`);
    const { members } = await discord.control.join({ userId: first.memberId });
    const second = toStay(first.guildId, members[0]?.member);
    await untilListed(second, 'Running');
    expect(await told(staff, of('status', second))).toContain(`%2F${second.joinedAt}`);
  });
});

describe('/onboarding resend', () => {
  test('sends the last tip again, once for a command however often it is handed over', async () => {
    const stay = await joinAndGetTip();
    const command = await runCommand(discord, staff, of('resend', stay));
    expect((await messageFor(discord, command)).content).toMatch(/was sent to .* again/);
    await onboardingOf(scene.worker, stay).executeUpdate(resendTip, { args: [null], updateId: command });
    const [first, second, ...others] = await directMessages({ discord }, stay.memberId);
    expect(second?.content).toBe(first?.content);
    expect(others).toEqual([]);
  });

  test('sends the tip that is named', async () => {
    const stay = await joinAndGetTip();
    const typed = of('resend', stay);
    expect(await told(staff, { ...typed, options: { ...typed.options, tip: 'guide' } })).toMatch(/was sent/);
    const [first, again, ...others] = await directMessages({ discord }, stay.memberId);
    expect(again?.content).toBe(first?.content);
    expect(others).toEqual([]);
  });

  test('offers the tips that there are, by what is typed', async () => {
    const typed = { name: 'onboarding', subcommand: 'resend', focused: 'tip' };
    const all = ['guide', 'roles', 'introduction', 'getting-started', 'topics'];
    expect(await offersFor(discord, staff, typed)).toEqual(all);
    expect(await offersFor(discord, staff, { ...typed, options: { tip: 'Ro' } })).toEqual([
      'roles',
      'introduction',
    ]);
    expect(await offersFor(discord, staff, { ...typed, options: { tip: 'nothing of it' } })).toEqual([]);
  });

  test.each(['no-such-tip', 'topics'])(
    'says why when %s has not been sent, and sends nothing',
    async (tip) => {
      const stay = await joinAndGetTip();
      const typed = of('resend', stay);
      const answer = await told(staff, { ...typed, options: { ...typed.options, tip } });
      expect(answer).toBe(`That was not done: "${tip}" has not been sent: expected one of guide`);
      expect(await tipsSentTo(stay)).toBe(1);
    },
  );

  test('says so when the member takes no direct messages any more', async () => {
    const stay = await joinAndGetTip();
    await discord.control.setDirectMessages({ memberId: stay.memberId, open: false });
    expect(await told(staff, of('resend', stay))).toMatch(/takes no direct messages/);
  });
});

describe('/onboarding stop', () => {
  test('ends an onboarding; what comes after that is told that it is over', async () => {
    const stay = await joinAndGetTip();
    expect(await told(staff, of('stop', stay))).toMatch(/gets no further tips/);
    expect(await onboardingOf(scene.worker, stay).result()).toMatchObject({ outcome: 'stopped' });
    for (const subcommand of ['stop', 'resend'])
      expect(await told(staff, of(subcommand, stay))).toMatch(/is over/);
    await untilListed(stay, 'Completed');
    expect(await told(staff, of('stop', stay))).toMatch(/is over/);
    const status = await told(staff, of('status', stay));
    expect(status).toContain(`<@${stay.memberId}>: **stopped**`);
    expect(status).toContain('- guide: done');
    expect(await tipsSentTo(stay)).toBe(1);
  });
});

describe('/onboarding report', () => {
  test('counts the members of these weeks', async () => {
    const stay = await joinAndGetTip();
    await told(staff, of('stop', stay));
    await onboardingOf(scene.worker, stay).result();
    const answer = await told(staff, { name: 'onboarding', subcommand: 'report', options: { weeks: 1 } });
    expect(answer.split('\n').slice(0, 3)).toEqual([
      'Onboarding this week',
      expect.stringMatching(/^\*\*All\*\*: \d+ joined · \*\*0 %\*\* \(0 of \d+\) · .*\d+ stopped/),
      'The goal of 60 % is not met.',
    ]);
    expect(answer).toMatch(/By variant\n\*\*standard\*\*: /);
  });

  test('covers eight weeks if nobody says otherwise', async () => {
    const answer = await told(staff, { name: 'onboarding', subcommand: 'report' });
    expect(answer).toMatch(/^Onboarding in the last 8 weeks/);
  });
});

describe('a member who is not staff', () => {
  test('is refused, also where the command was opened to everybody, and nothing happens', async () => {
    const stay = await joinAndGetTip();
    await expect(ask(stay.memberId, of('stop', stay))).rejects.toMatchObject({ error: 'not-allowed' });
    await replaceCommand(discord, OPEN_TO_ALL);
    for (const subcommand of ['status', 'resend', 'stop'])
      expect(await told(stay.memberId, of(subcommand, stay))).toBe(scene.config.answers.staffOnly);
    const report = { name: 'onboarding', subcommand: 'report' };
    expect(await told(stay.memberId, report)).toBe(scene.config.answers.staffOnly);
    const moderator = await memberNamed(discord, 'Ivo Petrov');
    expect(await told(moderator, of('stop', stay))).toBe(scene.config.answers.staffOnly);
    expect(await progressOf(stay)).toMatchObject({ state: 'guiding' });
    expect(await tipsSentTo(stay)).toBe(1);
    await setUp();
  });

  test('is offered no tips', async () => {
    await replaceCommand(discord, OPEN_TO_ALL);
    const member = await memberNamed(discord, 'Tom Becker');
    const typed = { name: 'onboarding', subcommand: 'resend', focused: 'tip' };
    expect(await offersFor(discord, member, typed)).toEqual([]);
    expect(await offersFor(discord, staff, typed)).not.toEqual([]);
    await setUp();
  });
});

describe('a command that is not as Discord was told', () => {
  const text = { type: ApplicationCommandOptionType.String, name: 'member', description: 'x' } as const;
  const number = { type: ApplicationCommandOptionType.Integer, name: 'weeks', description: 'x' } as const;
  const subcommand = { type: ApplicationCommandOptionType.Subcommand, description: 'x' } as const;

  test.each<[string, string, Record<string, string | number>]>([
    ['a text in place of a member', 'status', { member: '1' }],
    ['no member', 'stop', {}],
    ['no weeks at all', 'report', { weeks: 0 }],
    ['more weeks than a report covers', 'report', { weeks: 27 }],
    ['an unknown subcommand', 'constructor', {}],
  ])('is answered, and does nothing: %s', async (_, name, options) => {
    const forged = ['status', 'stop', 'report', 'constructor'].map((name) => ({
      ...subcommand,
      name,
      options: name === 'report' ? [number] : [text],
    }));
    await replaceCommand(discord, { ...ONBOARDING_COMMAND, options: forged });
    expect(await told(staff, { name: 'onboarding', subcommand: name, options })).toBe(COMMAND_CHANGED);
    await setUp();
  });

  test('is answered when it has no subcommand', async () => {
    await replaceCommand(discord, { ...ONBOARDING_COMMAND, options: [] });
    expect(await told(staff, { name: 'onboarding' })).toBe(COMMAND_CHANGED);
    await setUp();
  });

  test('is answered when there is none of this name any more', async () => {
    await replaceCommand(discord, { ...ONBOARDING_COMMAND, name: 'forgotten', options: [] });
    expect(await told(staff, { name: 'forgotten' })).toBe(COMMAND_CHANGED);
    await setUp();
  });
});
