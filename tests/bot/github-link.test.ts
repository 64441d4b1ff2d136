import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { migrate } from '../../database/migrate.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { LINK_COMMAND } from '../../views/commands/link.ts';
import { connectWorker, type RunningBot, startBot, startBotDiscord } from '../support/bot.ts';
import { messageFor, replaceCommand, runCommand } from '../support/command.ts';
import { directMessages } from '../support/community.ts';
import { emptyDatabase } from '../support/database.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

/** A code of GitHub as it stands in an answer. */
const CODE = /\*\*([A-Z0-9]{4}-[A-Z0-9]{4})\*\*/;

let github: LocalGithub;
let running: { discord: LocalDiscord; bot: RunningBot; stop(): Promise<void> };

beforeAll(async () => {
  github = await startTestGithub();
});
afterAll(() => github.stop());
afterEach(() => running.stop());

/** A bot and a worker with this much of an environment for GitHub. */
async function run(variables: Readonly<Record<string, string>>): Promise<void> {
  const DATABASE_URL = await emptyDatabase();
  await migrate(DATABASE_URL);
  const { discord, environment } = await startBotDiscord({ ...variables, DATABASE_URL });
  const config = await loadConfig([COMMUNITY_FILE]);
  const { context, disconnect } = await connectWorker(environment, config);
  const stopWorker = await runWorker(context);
  const bot = await startBot(environment, config);
  await replaceCommand(discord, LINK_COMMAND);
  running = {
    discord,
    bot,
    async stop() {
      await bot.stop();
      await stopWorker();
      await disconnect();
      await discord.stop();
    },
  };
}

async function newMember(): Promise<MemberId> {
  const { members } = await running.discord.control.join();
  return members[0]?.member.user.id as MemberId;
}

async function use(memberId: MemberId, subcommand: string) {
  const interactionId = await runCommand(running.discord, memberId, { name: 'link', subcommand });
  return messageFor(running.discord, interactionId);
}

const say = async (memberId: MemberId, subcommand: string) => (await use(memberId, subcommand)).content;

describe('/link', () => {
  test('gives a code for the member alone, links the account that enters it, shows it, and removes it', async () => {
    await run(environmentFor(github));
    const memberId = await newMember();
    expect(await say(memberId, 'show')).toContain('no GitHub account');
    expect(await say(memberId, 'remove')).toContain('no GitHub account');

    const { content, flags } = await use(memberId, 'github');
    expect(Number(flags) & 64).toBe(64);
    expect(content).toContain(`${github.url}/login/device`);
    const [, userCode = ''] = CODE.exec(content) ?? [];
    await github.control.decide({ userCode, login: 'mona', decision: 'approve' });
    await until(async () => (await directMessages(running, memberId)).length > 0);
    const [told] = await directMessages(running, memberId);
    expect(told?.embeds[0]?.description).toContain('**mona** is linked');

    expect(await say(memberId, 'show')).toMatch(/\*\*mona\*\*, linked since <t:\d+:D>/);
    expect(await say(memberId, 'github')).toContain('You have linked the GitHub account **mona**');
    expect(await say(memberId, 'remove')).toContain('**mona** is no longer linked');
    expect(await say(memberId, 'show')).toContain('no GitHub account');
  });

  test('gives each use a code of its own', async () => {
    await run(environmentFor(github));
    const memberId = await newMember();
    const [one, other] = [await say(memberId, 'github'), await say(memberId, 'github')];
    expect(CODE.exec(one)?.[1]).not.toBe(CODE.exec(other)?.[1]);
  });

  test('says that it cannot where GitHub is not set up', async () => {
    await run({});
    expect(await say(await newMember(), 'github')).toContain('cannot be linked here');
  });
});
