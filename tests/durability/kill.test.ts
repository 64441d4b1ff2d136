import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
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

const JOINS = 30;
/** Discord lets a role be given once a second, and each of the killed has to come back. */
const PATIENCE_MS = 150_000;
const NAMESPACE = 'durability';

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
});

afterAll(async () => {
  await database.close();
  for (const part of [parts.bot, parts.worker, parts.temporal, parts.postgres]) await part.stop();
  await discord.stop();
  await folder.remove();
});

const stays = () =>
  database.em
    .fork()
    .find(MemberStay, {})
    .catch(() => []);

describe('whatever is killed', () => {
  test('30 members who join meanwhile get each step exactly once', async () => {
    const victims = new Map([
      [5, parts.bot],
      [11, parts.worker],
      [17, parts.temporal],
      [23, parts.postgres],
    ]);
    const members: MemberId[] = [];
    for (let count = 1; count <= JOINS; count += 1) {
      const joined = await discord.control.join();
      members.push(...joined.members.map(({ member }) => toMemberId(member.user.id)));
      // In the middle of what the join has set off.
      victims.get(count)?.kill();
    }

    const isDone = async () => {
      const done = await stays();
      const completed = new Set(done.filter((stay) => stay.onboardingOutcome).map((stay) => stay.memberId));
      return members.every((member) => completed.has(member));
    };
    await until(async () => failures.length > 0 || (await isDone()), PATIENCE_MS);
    expect(failures).toEqual([]);

    const welcomes = await messagesIn({ discord }, 'welcome');
    const received = await Promise.all(
      members.map(async (member) => ({
        welcomes: welcomes.filter(({ embeds }) => embeds[0]?.description?.includes(member)).length,
        tips: (await directMessages({ discord }, member)).length,
        roles: await rolesOf({ discord }, member),
      })),
    );
    expect(received).toEqual(members.map(() => ({ welcomes: 1, tips: 1, roles: ['Newcomer'] })));
    const outcomes = (await stays())
      .filter((stay) => members.includes(stay.memberId))
      .map((stay) => stay.onboardingOutcome);
    expect(outcomes).toEqual(members.map(() => 'completed'));
  }, 200_000);
});
