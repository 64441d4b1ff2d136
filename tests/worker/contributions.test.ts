import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { contributionsId, type RepositoryName } from '../../domain/contributions.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { keepSchedules, schedulesOf } from '../../worker/schedules.ts';
import type { ContributionsResult } from '../../workflows/definitions/contributions.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { freshDatabase } from '../support/database.ts';
import { environmentFor, mergePullRequest, startTestGithub } from '../support/github.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const NEVER = new AbortController().signal;

let discord: LocalDiscord;
let github: LocalGithub;
let config: CommunityConfig;
let worker: Awaited<ReturnType<typeof connectWorker>>;

beforeAll(async () => {
  github = await startTestGithub();
  const { url: DATABASE_URL, close } = await freshDatabase();
  await close();
  const started = await startBotDiscord({ ...environmentFor(github), DATABASE_URL });
  discord = started.discord;
  const community = await loadConfig([COMMUNITY_FILE]);
  // Each slot of a week is a schedule more to be kept, and this is about another one.
  config = { ...community, workshops: { ...community.workshops, slots: [] } };
  worker = await connectWorker(started.environment, config);
});
afterAll(async () => {
  await worker.disconnect();
  await discord.stop();
  await github.stop();
});
/** None is left in the Temporal that tests share. */
afterEach(async () => {
  const { client } = worker.context;
  const ids = schedulesOf(toGuildId(discord.guildId), config).map(({ scheduleId }) => scheduleId);
  await Promise.allSettled(ids.map((id) => client.schedule.getHandle(id).delete()));
});

const schedule = (): ScheduleHandle =>
  worker.context.client.schedule.getHandle(contributionsId(toGuildId(discord.guildId)));

const keep = (changes: Partial<WorkerContext> = {}) =>
  keepSchedules(NEVER, { ...worker.context, ...changes });

function configWith(repositories: readonly RepositoryName[], every: '15m' | '1h' = '15m'): CommunityConfig {
  const { recognition } = config;
  return {
    ...config,
    recognition: { ...recognition, contributions: { ...recognition.contributions, every, repositories } },
  };
}

describe('the schedule that has merged pull requests counted', () => {
  test('is what the configuration says, after a change too; that staff have paused it stays', async () => {
    await keep();
    expect((await schedule().describe()).spec.intervals).toMatchObject([{ every: 15 * 60_000 }]);
    await schedule().pause('too many requests');
    await keep({ config: configWith(['tixl3d/tixl', 'tixl3d/other'], '1h') });
    const { spec, action, state } = await schedule().describe();
    expect(spec.intervals).toMatchObject([{ every: 60 * 60_000 }]);
    expect(action.args).toMatchObject([{ repositories: ['tixl3d/tixl', 'tixl3d/other'] }]);
    expect(state).toMatchObject({ paused: true, note: 'too many requests' });
  });

  test.each<[string, () => Partial<WorkerContext>]>([
    ['GitHub is not set up any more', () => ({ environment: withoutGithub() })],
    ['no repository counts any more', () => ({ config: configWith([]) })],
  ])('goes when %s', async (_, changes) => {
    await keep();
    await keep(changes());
    await expect(schedule().describe()).rejects.toThrow(ScheduleNotFoundError);
    await keep(changes());
  });

  test('starts a reading, which a worker carries out', async () => {
    const stopWorker = await runWorker(worker.context);
    await mergePullRequest(github, { author: 'mona', at: Date.now() });
    await keep();
    await schedule().trigger();
    const actions = async () => (await schedule().describe()).info.recentActions;
    await until(async () => (await actions()).length > 0);
    const [started] = await actions();
    const workflowId = started?.action.workflow.workflowId ?? '';
    const result: ContributionsResult = await worker.context.client.workflow.getHandle(workflowId).result();
    await stopWorker();
    expect(result).toEqual({
      repositories: [{ name: 'tixl3d/tixl', reading: { kind: 'read', merged: 1 } }],
      awarded: 0,
    });
  });
});

function withoutGithub(): WorkerContext['environment'] {
  const { GITHUB_TOKEN: _token, GITHUB_CLIENT_ID: _clientId, ...rest } = worker.context.environment;
  return rest;
}
