import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { POST_COMMAND } from '../../views/commands/posts.ts';
import { POST_TEXT_INPUT } from '../../views/post-drafts.ts';
import { connectWorker, startBot, startBotDiscord } from '../support/bot.ts';
import { memberNamed, replaceCommand } from '../support/command.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase } from '../support/database.ts';
import { pressButton, pressed, saidBeside } from '../support/event-forms.ts';
import { messagesIn } from '../support/on-discord.ts';
import { writePost } from '../support/post-forms.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const DEADLINE_MS = 3_000;

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let worker: Awaited<ReturnType<typeof connectWorker>>;
let approver: MemberId;

beforeAll(async () => {
  const database = await freshDatabase();
  await database.close();
  config = await loadConfigWith('{}');
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  worker = await connectWorker(environment, config);
  approver = await memberNamed(discord, 'Mara Staff');
  await replaceCommand(discord, POST_COMMAND);
});
afterAll(async () => {
  await worker.disconnect();
  await discord.stop();
});

const published = async (text: string) =>
  (await messagesIn({ discord }, 'announcements')).filter(({ content }) => content.includes(text));

test('a post that is written while no worker or no Temporal is there is kept, says so, and goes on', async () => {
  const bot = await startBot(environment, config, DEADLINE_MS);
  const shown = await writePost(discord, approver, {}, { [POST_TEXT_INPUT]: 'No worker.' });
  expect(shown.content).toMatch(/It is still being prepared: look again in a moment\.$/);
  await bot.stop();

  const away = await startBot({ ...environment, TEMPORAL_ADDRESS: '127.0.0.1:9' }, config, DEADLINE_MS);
  const other = await writePost(discord, approver, {}, { [POST_TEXT_INPUT]: 'No Temporal.' });
  expect(other.content).toMatch(/It is kept\. What leads it is out of order at the moment/);
  const discard = await pressButton(discord, approver, other, 'post-discard');
  expect(await saidBeside(discord, discard)).toBe(config.answers.takesLonger);
  await away.stop();

  const stopWorker = await runWorker(worker.context);
  const back = await startBot(environment, config);
  for (const [message, text] of [
    [shown, 'No worker.'],
    [other, 'No Temporal.'],
  ] as const) {
    const seen = await pressed(discord, approver, message, 'post-look-again');
    expect(seen.content).toBe('This is how it will be. Nobody else sees it yet.');
    expect((await pressed(discord, approver, seen, 'post-approve')).content).toMatch(/is approved/);
    await until(async () => (await published(text)).length === 1);
  }
  await back.stop();
  await stopWorker();
});
