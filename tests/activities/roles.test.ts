import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { DiscordActivities } from '../../activities/discord/index.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { recordRoleChoice } from '../../database/role-choices.ts';
import { type GuildId, type MemberId, toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { STANDARD_VARIANT } from '../../domain/onboarding.ts';
import type { FaultRule } from '../../sandbox/control/api.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { replaceRole, rolesOf } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';

const ROLE = '/guilds/:guildId/members/:userId/roles/:roleId';
const giving = { method: 'PUT', route: ROLE } as const;
const taking = { method: 'DELETE', route: ROLE } as const;

let discord: LocalDiscord;
let database: TestDatabase;
let config: CommunityConfig;
let guildId: GuildId;
let memberId: MemberId;
let activities: DiscordActivities;
let interactions = 1_300_000_000_000_000_000n;

beforeAll(async () => {
  [discord, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  await discord.control.setLimits({ enforced: false });
  guildId = toGuildId(discord.guildId);
});
afterAll(() => Promise.all([discord.stop(), database.close()]));

beforeEach(async () => {
  await discord.control.setFaults({ rules: [] });
  config = await loadConfig([COMMUNITY_FILE]);
  activities = createTestActivities(discord, database, config);
  const { members } = await discord.control.join();
  memberId = toMemberId(members[0]?.member.user.id ?? '');
});

async function choose(kind: string): Promise<void> {
  interactions += 1n;
  const interactionId = toInteractionId(String(interactions));
  await recordRoleChoice(database.orm.em.fork(), { guildId, memberId, kind, interactionId });
}

/** Carries out the choice as a process does that has just started, as often as Temporal would try. */
async function apply() {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createTestActivities(discord, database, config).applyRoleChoice(guildId, memberId);
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || attempt === 5) throw error;
    }
  }
}

const roles = async () => (await rolesOf({ discord }, memberId)).sort();
const breakOff = (match: FaultRule['match'], fault: FaultRule['fault'], times = 1) =>
  discord.control.setFaults({ rules: [{ match, times, fault }] });

async function giveRole(name: string): Promise<void> {
  const { guild } = await discord.control.getState();
  const roleId = guild.roles.find((role) => role.name === name)?.id ?? '';
  await discord.control.giveRole({ memberId, roleId });
}

describe('the roles of a member', () => {
  test('are those of the kind that was chosen, and again: nothing changes', async () => {
    await choose('developer');
    expect(await apply()).toEqual({ outcome: 'done', kind: 'developer' });
    expect(await roles()).toEqual(['Contributor', 'Developer']);
    await discord.control.clearRequests();
    expect(await apply()).toEqual({ outcome: 'done', kind: 'developer' });
    const { entries } = await discord.control.getRequests({ route: ROLE });
    expect(entries).toEqual([]);
  });

  test('are taken away by another choice, and no role of which no kind knows', async () => {
    await giveRole('Newcomer');
    await choose('developer');
    await apply();
    await choose('designer');
    expect(await apply()).toEqual({ outcome: 'done', kind: 'designer' });
    expect(await roles()).toEqual(['Creative', 'Designer', 'Newcomer']);
  });

  test('stay where two kinds share them', async () => {
    const [, designer] = config.roles.kinds as unknown as { roles: string[] }[];
    designer?.roles.push('Contributor');
    await choose('developer');
    await apply();
    await choose('designer');
    await discord.control.clearRequests();
    await apply();
    expect(await roles()).toEqual(['Contributor', 'Creative', 'Designer']);
    const { entries } = await discord.control.getRequests({ route: ROLE });
    expect(entries.map(({ method }) => method).sort()).toEqual(['DELETE', 'PUT', 'PUT']);
  });

  test.each([
    ['the process dies before a role is given', giving, 'drop-before'],
    ['the answer to giving one is lost', giving, 'drop-after'],
    ['the process dies before a role is taken away', taking, 'drop-before'],
    ['the answer to taking one away is lost', taking, 'drop-after'],
    ['the member cannot be read at first', { route: '/guilds/:guildId/members/:userId' }, 'drop-before'],
  ] as const)('are the same when %s', async (_, match, kind) => {
    await choose('learner');
    await apply();
    await choose('designer');
    await breakOff(match, { kind }, 2);
    expect(await apply()).toEqual({ outcome: 'done', kind: 'designer' });
    expect(await roles()).toEqual(['Creative', 'Designer']);
    expect((await discord.control.getFaults()).rules).toMatchObject([{ applied: 2 }]);
  });

  test('end up as the later one of two choices that are carried out at the same time', async () => {
    await choose('developer');
    await breakOff(giving, { kind: 'delay', ms: 400 }, 2);
    const first = activities.applyRoleChoice(guildId, memberId);
    await until(async () => (await discord.control.getFaults()).rules.some(({ applied }) => applied > 0));
    await choose('designer');
    const second = activities.applyRoleChoice(guildId, memberId);
    expect(await Promise.all([first, second])).toEqual([
      { outcome: 'done', kind: 'designer' },
      { outcome: 'done', kind: 'designer' },
    ]);
    expect(await roles()).toEqual(['Creative', 'Designer']);
  });

  test('are given when one was made again under its name', async () => {
    await activities.giveStepRole({
      visit: { guildId, memberId, joinedAt: 0, visitBegan: 0 },
      ...{ variant: STANDARD_VARIANT, step: 'welcome', now: 0 },
    });
    await replaceRole({ discord }, 'Designer');
    await choose('designer');
    expect(await activities.applyRoleChoice(guildId, memberId)).toEqual({
      outcome: 'done',
      kind: 'designer',
    });
    expect(await roles()).toEqual(['Creative', 'Designer', 'Newcomer']);
  });

  test('stay as they are for whoever has chosen nothing', async () => {
    await giveRole('Developer');
    expect(await apply()).toEqual({ outcome: 'nothing chosen' });
    expect(await roles()).toEqual(['Developer']);
  });
});

describe('what cannot be done', () => {
  test('a role above the bot’s own is refused and said to staff; the others are given', async () => {
    const { guild } = await discord.control.getState();
    await discord.control.createRole({ name: 'Crown', position: guild.roles.length });
    const [developer] = config.roles.kinds as unknown as { roles: string[] }[];
    developer?.roles.unshift('Crown');
    await choose('developer');
    expect(await apply()).toEqual({
      outcome: 'refused',
      kind: 'developer',
      reasons: [expect.stringMatching(/^the role "Crown" could not be given: .*move its role up/)],
    });
    expect(await roles()).toEqual(['Contributor', 'Developer']);
  });

  test('a role that cannot be taken away is said to staff', async () => {
    await choose('learner');
    await apply();
    await choose('designer');
    await breakOff(taking, { kind: 'error', status: 403, code: 50_013 });
    expect(await apply()).toMatchObject({
      outcome: 'refused',
      reasons: [expect.stringMatching(/^the role "\w+" could not be taken away: /)],
    });
    // When the reason is gone, the same again does the rest.
    expect(await apply()).toEqual({ outcome: 'done', kind: 'designer' });
    expect(await roles()).toEqual(['Creative', 'Designer']);
  });

  test('a role that the guild does not have is said to staff; the others are given', async () => {
    const [, , learner] = config.roles.kinds as unknown as { roles: string[] }[];
    learner?.roles.unshift('Nowhere');
    await choose('learner');
    expect(await apply()).toEqual({
      outcome: 'refused',
      kind: 'learner',
      reasons: ['the guild has no role "Nowhere"'],
    });
    expect(await roles()).toEqual(['Learner', 'Student']);
  });

  test('a kind that is no longer configured changes nothing', async () => {
    await choose('wizard');
    expect(await apply()).toEqual({
      outcome: 'refused',
      kind: 'wizard',
      reasons: ['the kind "wizard" is no longer configured'],
    });
  });

  test('a member who has left is gone, also in the middle of it', async () => {
    await choose('learner');
    await breakOff(giving, { kind: 'error', status: 404, code: 10_007 });
    expect(await apply()).toEqual({ outcome: 'gone' });
    await discord.control.leave({ memberId });
    expect(await apply()).toEqual({ outcome: 'gone' });
  });
});
