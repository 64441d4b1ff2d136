import { execFile } from 'node:child_process';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  type Client,
  WithStartWorkflowOperation,
  type WorkflowHandle,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { findUserCode } from '../../database/github-links.ts';
import { storeHeard } from '../../database/messages.ts';
import { award } from '../../database/points.ts';
import { recordRequest } from '../../database/recognition-requests.ts';
import { burstId, raidId } from '../../domain/burst.ts';
import { firstIdAt, toInteractionId, toMemberId, toMessageId } from '../../domain/ids.ts';
import { messageCatchUpId } from '../../domain/message-catch-up.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { DEFAULT_WEEKS } from '../../domain/onboarding-report.ts';
import type { ChangeRequest } from '../../domain/recognition-change.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import { CATCH_UP, compareMember, startCatchUp } from '../../workflows/definitions/catch-up.ts';
import { CONTRIBUTIONS, startContributions } from '../../workflows/definitions/contributions.ts';
import { GITHUB_LINK, startGithubLink, whenCodeIsThere } from '../../workflows/definitions/github-link.ts';
import {
  LEADERBOARD_PAGE,
  LEADERBOARDS,
  startLeaderboardPage,
  startLeaderboards,
} from '../../workflows/definitions/leaderboards.ts';
import {
  getProgress,
  memberDid,
  memberLeft,
  resendTip,
  stopTips,
} from '../../workflows/definitions/onboarding.ts';
import { ONBOARDING_REPORT, startOnboardingReport } from '../../workflows/definitions/onboarding-report.ts';
import { POINTS_CHECK, startPointsCheck } from '../../workflows/definitions/points-check.ts';
import { RECOGNITION, startRecognition } from '../../workflows/definitions/recognition.ts';
import {
  RECOGNITION_CHANGE,
  startRecognitionChange,
} from '../../workflows/definitions/recognition-change.ts';
import { ROLE_CHOICE, startRoleChoice } from '../../workflows/definitions/role-choice.ts';
import { SET_UP, startSetUp } from '../../workflows/definitions/set-up.ts';
import {
  POINTS_HISTORY,
  STANDING,
  startPointsHistory,
  startStanding,
} from '../../workflows/definitions/standing.ts';
import { startThanks, THANKS } from '../../workflows/definitions/thanks.ts';
import { startWinners, WINNERS } from '../../workflows/definitions/winners.ts';
import { onboardingOf, startCommunity, type TestCommunity, write } from '../support/community.ts';
import { environmentFor, mergePullRequest, startTestGithub } from '../support/github.ts';
import { sharedServers } from '../support/servers.ts';
import { TUTORIAL_HISTORIES } from '../support/tutorial-histories.ts';
import { until } from '../support/wait.ts';

const run = promisify(execFile);
const INTERACTION = '1300000000000000001';
const MEMBER = toMemberId('1300000000000000002');
const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

/** What is recorded: each lets something happen and gives the id of the workflow in which it did. */
const RECORDINGS: Record<string, (community: TestCommunity, github: LocalGithub) => Promise<string>> = {
  'github-link': async (community, github) => {
    const { guildId, memberId } = await community.join();
    const request = { guildId, memberId, interactionId: toInteractionId(firstIdAt(Date.now())) };
    const startWorkflowOperation = new WithStartWorkflowOperation(GITHUB_LINK, startGithubLink(request));
    await community.client.workflow.executeUpdateWithStart(whenCodeIsThere, { startWorkflowOperation });
    const code = await findUserCode(community.database.em.fork(), request);
    await github.control.decide({ userCode: code?.userCode ?? '', login: 'mona', decision: 'approve' });
    const workflow = await startWorkflowOperation.workflowHandle();
    await workflow.result();
    return workflow.workflowId;
  },
  contributions: async ({ client, environment }, github) => {
    await mergePullRequest(github, { author: 'mona', at: Date.now() });
    const repositories = ['tixl3d/tixl', 'tixl3d/gone'] as const;
    const start = startContributions({ guildId: environment.DISCORD_GUILD_ID, repositories });
    const contributions = await client.workflow.start(CONTRIBUTIONS, start);
    await contributions.result();
    return contributions.workflowId;
  },
  'onboarding-timed-out': async (community) => {
    const onboarding = await community.startOnboarding(await community.join());
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-completed': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.signal(memberDid, 'introduced');
    await onboarding.signal(memberDid, 'role chosen');
    await community.environmentOfTemporal.sleep('31s');
    await until(async () => (await onboarding.query(getProgress)).next !== 'guide');
    await onboarding.executeUpdate(resendTip, { args: [null] });
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-back-after-leaving': async (community) => {
    const first = await community.join();
    const before = await community.startOnboarding(first);
    await until(async () => (await before.query(getProgress)).state === 'guiding');
    await community.discord.control.leave({ memberId: first.memberId });
    await before.signal(memberLeft);
    await before.result();
    const onboarding = await community.startOnboarding(await community.join({ userId: first.memberId }));
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-held-in-a-raid': async (community) => {
    const crowd = await joinAsCrowd(community);
    const onboarding = onboardingOf(community, crowd);
    await onboarding.result();
    return onboarding.workflowId;
  },
  burst: async (community) => {
    const { guildId } = await joinAsCrowd(community);
    const burst = community.client.workflow.getHandle(burstId({ guildId, number: 1 }));
    await burst.result();
    return burst.workflowId;
  },
  raid: async (community) => {
    const { guildId } = await joinAsCrowd(community);
    const raid = community.client.workflow.getHandle(raidId({ guildId, number: 1 }));
    await raid.result();
    return raid.workflowId;
  },
  'onboarding-left': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.signal(memberLeft);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-stopped': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.executeUpdate(stopTips);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-direct-messages-closed': async (community) => {
    const onboarding = await community.startOnboarding(await community.join({ dmsClosed: true }));
    await onboarding.result();
    return onboarding.workflowId;
  },
  'catch-up': async (community) => {
    const { memberId, guildId } = await community.join();
    const catchUp = await community.client.workflow.signalWithStart(CATCH_UP, {
      ...startCatchUp(guildId),
      signal: compareMember,
      signalArgs: [memberId],
    });
    await community.environmentOfTemporal.sleep('15m');
    return catchUp.workflowId;
  },
  'set-up': async ({ client, environment }) => {
    const setUp = await client.workflow.start(SET_UP, startSetUp(environment.DISCORD_GUILD_ID));
    await setUp.result();
    return setUp.workflowId;
  },
  'message-catch-up': async (community) => {
    const gap = { guildId: community.environment.DISCORD_GUILD_ID, number: 1 };
    const { memberId } = await community.join();
    const from = { messages: [], thanks: [], heardTo: toMessageId(firstIdAt(Date.now())), hasGap: true };
    await storeHeard(community.database.em, gap.guildId, from);
    await write(community, memberId, 'general');
    const catchUp = community.client.workflow.getHandle(messageCatchUpId(gap));
    await until(() => isStarted(community, catchUp.workflowId));
    await catchUp.result();
    return catchUp.workflowId;
  },
  'onboarding-report': async ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, weeks: DEFAULT_WEEKS };
    const start = startOnboardingReport(input, '1300000000000000001');
    const report = await client.workflow.start(ONBOARDING_REPORT, start);
    await report.result();
    return report.workflowId;
  },
  leaderboards: async ({ client, environment }) => {
    const { workflowId } = await runToEnd(
      client,
      LEADERBOARDS,
      startLeaderboards(environment.DISCORD_GUILD_ID),
    );
    return workflowId;
  },
  'leaderboard-page': async (community) => {
    const { memberId, guildId } = await community.join();
    const input = { guildId, memberId, board: 'all-time-points', page: 1 };
    const start = startLeaderboardPage(input, '1300000000000000002');
    return (await runToEnd(community.client, LEADERBOARD_PAGE, start)).workflowId;
  },
  'points-check': async (community) => {
    const { memberId, guildId } = await community.join();
    const ledger = { guildId, settings: community.config.recognition };
    const one = { memberId, action: 'tested', cause: 'deed/1', at: Date.now() };
    await community.database.em.fork().transactional((transaction) => award(transaction, ledger, [one]));
    await community.database.em.fork().execute('update points_totals set amount = amount + 1');
    return (await runToEnd(community.client, POINTS_CHECK, startPointsCheck(guildId))).workflowId;
  },
  winners: async (community) => {
    const { memberId, guildId } = await community.join();
    const at = (await community.environmentOfTemporal.currentTimeMs()) - 86_400_000;
    const ledger = { guildId, settings: community.config.recognition };
    const one = { memberId, action: 'tested', cause: 'deed/1', at };
    await community.database.em.fork().transactional((transaction) => award(transaction, ledger, [one]));
    const start = startWinners({ guildId, kind: 'week', first: 1 });
    const { workflowId } = await runToEnd(community.client, WINNERS, start);
    return workflowId;
  },
  recognition: async ({ client, environment, ...community }) => {
    const { memberId } = await community.join();
    const badge = { what: 'badge', name: 'helper', entryId: '1' } as const;
    const recognised = { guildId: environment.DISCORD_GUILD_ID, memberId, ...badge };
    const recognition = await client.workflow.start(RECOGNITION, startRecognition(recognised));
    await recognition.result();
    return recognition.workflowId;
  },
  standing: async ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, memberId: MEMBER };
    const standing = await client.workflow.start(STANDING, startStanding(input, INTERACTION));
    await standing.result();
    return standing.workflowId;
  },
  'points-history': async ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, memberId: MEMBER, page: 1 };
    const history = await client.workflow.start(POINTS_HISTORY, startPointsHistory(input, INTERACTION));
    await history.result();
    return history.workflowId;
  },
  'recognition-change': async (community) => {
    const { guildId, memberId } = await community.join();
    const interactionId = toInteractionId(INTERACTION);
    const request: ChangeRequest = {
      ...{ guildId, interactionId, staffId: MEMBER },
      change: { kind: 'award', memberId, points: 5 },
    };
    await recordRequest(community.database.em.fork(), request, 'a reason that stays out of it');
    const change = await community.client.workflow.start(RECOGNITION_CHANGE, startRecognitionChange(request));
    await change.result();
    return change.workflowId;
  },
  thanks: async (community) => {
    const { guildId, memberId } = await community.join();
    const interactionId = toInteractionId(INTERACTION);
    const command = { guildId, interactionId, giverId: MEMBER, receiverId: memberId };
    return (await runToEnd(community.client, THANKS, startThanks(command))).workflowId;
  },
  ...TUTORIAL_HISTORIES,
  'role-choice': async (community) => {
    const { guildId, memberId } = await community.join();
    return (await chooseRole(community, { guildId, memberId })).workflowId;
  },
  'role-choice-in-onboarding': async (community) => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    return (await chooseRole(community, stay)).workflowId;
  },
};

async function runToEnd(client: Client, type: string, start: WorkflowStartOptions): Promise<WorkflowHandle> {
  const handle = await client.workflow.start(type, start);
  await handle.result();
  return handle;
}

/** Chooses to be a designer, in place of a developer. */
async function chooseRole(
  community: TestCommunity,
  { guildId, memberId }: Pick<Stay, 'guildId' | 'memberId'>,
) {
  const choose = async (kind: string, interactionId: string) => {
    const choice = { guildId, memberId, kind, interactionId: toInteractionId(interactionId) };
    const handle = await community.client.workflow.start(ROLE_CHOICE, startRoleChoice(choice));
    await handle.result();
    return handle;
  };
  await choose('developer', firstIdAt(Date.now()));
  return choose('designer', firstIdAt(Date.now() + 1));
}

/** Lets so many join at once that tips are held back. Gives the last of them. */
async function joinAsCrowd(community: TestCommunity): Promise<Stay> {
  Object.assign(community.config.onboarding.burst, { window: '1m' });
  Object.assign(community.config.onboarding.burst.raid, { above: 2 });
  const stays = [await community.join(), await community.join(), await community.join()];
  for (const stay of stays) {
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  }
  const last = stays.at(-1);
  if (last === undefined) throw new Error('nobody has joined');
  await until(async () => isStarted(community, raidId({ guildId: last.guildId, number: 1 })));
  return last;
}

function isStarted({ client }: TestCommunity, workflowId: string): Promise<boolean> {
  return client.workflow
    .getHandle(workflowId)
    .describe()
    .then(
      () => true,
      () => false,
    );
}

async function greeted(community: TestCommunity) {
  const onboarding = await community.startOnboarding(await community.join());
  await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  return onboarding;
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const stored = async () => (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));

/** The name of the error with which the replay of a history ends, or null if it succeeds. */
async function replay(bundle: string, name: string): Promise<string | null> {
  const history = JSON.parse(await readFile(join(FOLDER, name), 'utf8'));
  const error = await Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history).catch(
    (error) => error,
  );
  return error?.name ?? null;
}

/** A history as Temporal's command-line program writes it, which is also how one is saved from production. */
async function historyOf({ environmentOfTemporal }: TestCommunity, workflowId: string): Promise<string> {
  const args = ['workflow', 'show', '--workflow-id', workflowId, '--output', 'json'];
  const { stdout } = await run(sharedServers().cli, [...args, '--address', environmentOfTemporal.address]);
  return stdout;
}

if (process.env.RECORD_HISTORIES) {
  test('histories that are missing are recorded', async () => {
    for (const [name, record] of Object.entries(RECORDINGS)) {
      const file = join(FOLDER, `${name}.json`);
      if (await isThere(file)) continue;
      const github = await startTestGithub();
      const community = await startCommunity(undefined, environmentFor(github));
      await writeFile(file, await historyOf(community, await record(community, github)));
      await community.stop();
      await github.stop();
    }
  }, 600_000);
}

describe('workflows that run in production', () => {
  test('there is a history of every one that can be recorded', async () => {
    expect((await stored()).map((name) => basename(name, '.json')).sort()).toEqual(
      Object.keys(RECORDINGS).sort(),
    );
  });

  test('can go on with this version of the code', async () => {
    for (const name of await stored())
      expect([name, await replay(sharedServers().bundle, name)]).toEqual([name, null]);
  });

  test('could not go on with a version that changes them without patched(): this test would notice', async () => {
    const workflowsPath = join(FOLDER, 'changed-workflows.ts');
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
    const file = join(sharedServers().folder, 'changed-workflows.js');
    await writeFile(file, code);
    expect(await replay(file, 'onboarding-completed.json')).toBe('DeterminismViolationError');
  });

  test('hold ids, and no word of a member or of ours to them', async () => {
    for (const name of await stored()) {
      const text = await readFile(join(FOLDER, name), 'utf8');
      const words = [...text.matchAll(/"data": "([\w+/=]+)"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      expect(words.join('\n')).not.toMatch(
        /Welcome to TiXL|Tutorial 1|stays out of it|Start your journey|bot-token|gho_|mona/,
      );
    }
  });
});
