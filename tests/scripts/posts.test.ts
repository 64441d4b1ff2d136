import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { insertPost } from '../../database/posts.ts';
import { firstIdAt, toMemberId } from '../../domain/ids.ts';
import { deliveryWorkflowId, type PostRef, postWorkflowId, toPostId } from '../../domain/posts.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { approvePost, whenPrepared } from '../../workflows/definitions/distribution.ts';
import { isStarted } from '../histories/recordings/recording.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { messagesIn } from '../support/on-discord.ts';
import { runScript } from '../support/script.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const APPROVER = toMemberId('1300000000000000096');
const MISCONFIGURED = 78;
const SENDING = { method: 'POST', route: '/channels/:channelId/messages' } as const;

let database: TestDatabase;
let discord: LocalDiscord;
let worker: WorkerContext;
let stop: () => Promise<void>;
beforeAll(async () => {
  database = await freshDatabase();
  const started = await startBotDiscord({ DATABASE_URL: database.url });
  discord = started.discord;
  const connected = await connectWorker(started.environment, await loadConfigWith('{}'));
  worker = connected.context;
  const stopWorker = await runWorker(worker);
  stop = async () => {
    await stopWorker();
    await connected.disconnect();
  };
});
afterAll(async () => {
  await stop();
  await Promise.all([discord.stop(), database.close()]);
});

/** What the script prints, and how it ends. */
const run = (args: readonly string[], variables?: Readonly<Record<string, string>>) =>
  runScript('posts', worker.environment, args, variables);

async function list(...args: string[]) {
  const { output, errors } = await run([...args, '--json']);
  if (errors !== '') throw new Error(errors);
  return JSON.parse(output);
}

/** A post that Discord has rejected. */
async function rejectedPost(): Promise<PostRef> {
  const refused = { kind: 'error', status: 403, code: 50013 } as const;
  await discord.control.setFaults({ rules: [{ match: SENDING, times: 1, fault: refused }] });
  const post = {
    guildId: worker.environment.DISCORD_GUILD_ID,
    postId: toPostId(firstIdAt(Date.now())),
  };
  await database.orm.em.fork().transactional((transaction) =>
    insertPost(transaction, {
      ...{ ...post, title: 'Release 4', text: 'It is out.', hashtags: [], link: null, publishAt: null },
      ...{ createdBy: APPROVER, platforms: ['discord'], media: [], madeAt: Date.now() },
    }),
  );
  const workflow = worker.client.workflow.getHandle(postWorkflowId(post));
  await until(() => isStarted(workflow));
  await workflow.executeUpdate(whenPrepared, { args: [{ revision: 1 }] });
  await workflow.executeUpdate(approvePost, { args: [{ by: APPROVER, revision: 1 }] });
  await until(async () => (await list('--state', 'failed')).length === 1);
  return post;
}

describe('npm run posts', () => {
  test('lists what has failed, with the reason, and tries it again', async () => {
    const post = await rejectedPost();
    const workflowId = deliveryWorkflowId({ ...post, platform: 'discord' });
    expect(await list('--state', 'failed')).toMatchObject([
      { workflowId, title: 'Release 4', platform: 'discord', state: 'failed', attempt: 1 },
    ]);
    expect((await run(['--state', 'failed'])).output).toContain('the bot lacks a permission');
    expect(await list('--state', 'failed', '--platform', 'x')).toEqual([]);
    expect(await list('--state', 'failed', '--retry')).toMatchObject([
      { workflowId, retried: 'tried again' },
    ]);
    await worker.client.workflow.getHandle(workflowId).result();
    const published = await messagesIn({ discord }, 'announcements');
    expect(published.map(({ content }) => content)).toEqual([expect.stringContaining('It is out.')]);
    await until(async () => (await list('--state', 'published')).length === 1);
    const again = await run(['--state', 'published', '--retry']);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('not tried again') });
  });

  test.each([
    [['--state', 'lost'], '"lost" is no state of a post'],
    [['--platform', 'myspace'], '"myspace" is no platform'],
    [['--again'], "Unknown option '--again'"],
  ])('says what is wrong with %j, and how it is called', async (args, problem) => {
    const { code, errors } = await run(args);
    expect(code).toBe(MISCONFIGURED);
    expect(errors).toContain(problem);
    expect(errors).toContain('npm run posts -- ');
  });

  test('says where Temporal was looked for when nothing is there', async () => {
    const { code, errors } = await run([], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(code).toBe(MISCONFIGURED);
    expect(errors).toContain('127.0.0.1:9');
  });
});
