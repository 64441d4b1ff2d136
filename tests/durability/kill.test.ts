import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { FaultKind } from '../../sandbox/control/observed.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { planOurs } from '../../scripts/stack/ours.ts';
import { Part, type PartPlan } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { planPostgres } from '../../scripts/stack/postgres.ts';
import { planTemporal } from '../../scripts/stack/temporal.ts';
import { directMessages, messagesIn, rolesOf } from '../support/community.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

/** In each phase as many join before something is killed, and as many while it is away. */
const JOINS_BEFORE = 3;
const JOINS_WHILE_AWAY = 3;
const PATIENCE_MS = 100_000;
const NAMESPACE = 'durability';

/** Discord takes its time, so that messages are under way when something is killed. */
const SLOW: FaultKind = { kind: 'delay', ms: 150 };
/** Discord sends the message, and nobody hears that it did: they are still asking when something is killed. */
const ANSWERS_LOST: FaultKind = { kind: 'drop-after' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let discord: LocalDiscord;
let database: Database;
let parts: Record<'postgres' | 'temporal' | 'worker' | 'bot', Part>;

const failures: Error[] = [];
const newPart = (plan: PartPlan) => new Part(plan, (error) => failures.push(error));

beforeAll(async () => {
  folder = await temporaryFolder();
  discord = await startTestDiscord();
  const overlay = join(folder.path, 'overlay.yaml');
  await writeFile(overlay, 'onboarding: { steps: [{ name: guide, after: 2s }] }');
  const postgres = await planPostgres(folder.path, await freePort());
  const port = await freePort();
  const { cli } = sharedServers();
  const environment = {
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_NAMESPACE: NAMESPACE,
    COMMUNITY_CONFIG: [COMMUNITY_FILE, overlay].join(','),
  };
  parts = {
    postgres: newPart(postgres),
    temporal: newPart(planTemporal(folder.path, { cli, port, namespace: NAMESPACE })),
    worker: newPart(planOurs('worker', folder.path, environment)),
    bot: newPart(planOurs('bot', folder.path, environment)),
  };
  await Promise.all([parts.postgres.start(), parts.temporal.start()]);
  await Promise.all([parts.worker.start(), parts.bot.start()]);
  database = openDatabase(postgres.url);
  await until(async () => (await stays()).length > 0);
}, 90_000);

afterAll(async () => {
  await database.close();
  for (const part of [parts.bot, parts.worker, parts.temporal, parts.postgres]) await part.stop();
  await discord.stop();
  await folder.remove();
}, 90_000);

const stays = () =>
  database.em
    .fork()
    .find(MemberStay, {})
    .catch(() => []);

/** How often a member has got each thing. Once each is all that they should. */
interface Received {
  readonly roles: number;
  readonly welcomes: number;
  readonly tips: number;
}

async function received(member: MemberId): Promise<Received> {
  const [roles, welcomes, tips] = await Promise.all([
    rolesOf({ discord }, member),
    messagesIn({ discord }, 'welcome'),
    directMessages({ discord }, member),
  ]);
  return {
    roles: roles.length,
    welcomes: welcomes.filter(({ embeds }) => embeds[0]?.description?.includes(member)).length,
    tips: tips.length,
  };
}

async function letJoin(count: number): Promise<MemberId[]> {
  const { members } = await discord.control.join({ count });
  return members.map(({ member }) => toMemberId(member.user.id));
}

/** Something is killed in the middle of its work. */
interface Phase {
  readonly victim: keyof typeof parts;
  /** How Discord treats messages until then. */
  readonly messages: FaultKind;
  /** Whether somebody who has got this is in the middle of it. */
  readonly isInTheMiddle: (received: Received) => boolean;
}

/** Workers first: what they held is given to another when its time is up, and the rest goes on meanwhile. */
const PHASES: Record<string, Phase> = {
  'a role is given, and the welcome not yet sent': {
    victim: 'worker',
    messages: SLOW,
    isInTheMiddle: ({ roles, welcomes }) => roles > 0 && welcomes === 0,
  },
  'a welcome is sent, and not yet confirmed': {
    victim: 'worker',
    messages: ANSWERS_LOST,
    isInTheMiddle: ({ welcomes }) => welcomes > 0,
  },
  'members have just joined, and are being handed over': {
    victim: 'bot',
    messages: SLOW,
    isInTheMiddle: ({ roles }) => roles === 0,
  },
  'the timer before the direct message runs': {
    victim: 'temporal',
    messages: SLOW,
    isInTheMiddle: ({ welcomes, tips }) => welcomes > 0 && tips === 0,
  },
  'a direct message is sent, and not yet written down': {
    victim: 'postgres',
    messages: ANSWERS_LOST,
    isInTheMiddle: ({ tips }) => tips > 0,
  },
};

async function treatMessages(fault: FaultKind): Promise<void> {
  await discord.control.setFaults({
    rules: [{ match: { method: 'POST', route: '/channels/:channelId/messages' }, fault }],
  });
}

/** Lets some join, kills the victim when one of them is in the middle, and lets others join while it is away. */
async function goThrough({ victim, messages, isInTheMiddle }: Phase): Promise<MemberId[]> {
  await treatMessages(messages);
  const before = await letJoin(JOINS_BEFORE);
  await until(async () => (await Promise.all(before.map(received))).some(isInTheMiddle), PATIENCE_MS);
  parts[victim].kill();
  await treatMessages(SLOW);
  return [...before, ...(await letJoin(JOINS_WHILE_AWAY))];
}

describe('whatever is killed in the middle of its work', () => {
  test('30 members who join meanwhile get each step exactly once', async () => {
    const members: MemberId[] = [];
    for (const phase of Object.values(PHASES)) members.push(...(await goThrough(phase)));
    expect(members).toHaveLength(30);

    const isDone = async () => {
      const done = await stays();
      const completed = new Set(done.filter((stay) => stay.onboardingOutcome).map((stay) => stay.memberId));
      return members.every((member) => completed.has(member));
    };
    await until(async () => failures.length > 0 || (await isDone()), PATIENCE_MS);
    expect(failures).toEqual([]);

    expect(await Promise.all(members.map(received))).toEqual(
      members.map(() => ({ roles: 1, welcomes: 1, tips: 1 })),
    );
    const outcomes = (await stays())
      .filter((stay) => members.includes(stay.memberId))
      .map((stay) => stay.onboardingOutcome);
    expect(outcomes).toEqual(members.map(() => 'completed'));
  }, 200_000);
});
