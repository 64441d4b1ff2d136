import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { EVENT_COMMAND } from '../../views/commands/events.ts';
import { TITLE_INPUT } from '../../views/event-drafts.ts';
import { connectWorker, startBot, startBotDiscord } from '../support/bot.ts';
import { memberNamed, replaceCommand } from '../support/command.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase } from '../support/database.ts';
import { pressButton, pressed, preview, saidBeside, WORDS } from '../support/event-forms.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const DEADLINE_MS = 2_000;
const options = { kind: 'ama', start: 'tomorrow 19:00', link: 'https://meet.example/noise' };

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let worker: Awaited<ReturnType<typeof connectWorker>>;
let organiser: MemberId;

beforeAll(async () => {
  const database = await freshDatabase();
  await database.close();
  config = await loadConfigWith('{}');
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  worker = await connectWorker(environment, config);
  organiser = await memberNamed(discord, 'Lena Vogt');
  await replaceCommand(discord, EVENT_COMMAND);
});
afterAll(async () => {
  await worker.disconnect();
  await discord.stop();
});

async function announced(): Promise<string[]> {
  const { events } = await discord.control.getState();
  return events.map(({ event }) => event.name).sort();
}

test('an event that was confirmed while no worker or no Temporal was there is made by itself, and once', async () => {
  const bot = await startBot(environment, config, DEADLINE_MS);
  const shown = await preview(discord, organiser, options, { ...WORDS, [TITLE_INPUT]: 'No worker' });
  const press = await pressButton(discord, organiser, shown, 'event-confirm');
  expect(await saidBeside(discord, press)).toBe(config.answers.takesLonger);
  await bot.stop();

  const away = await startBot({ ...environment, TEMPORAL_ADDRESS: '127.0.0.1:9' }, config, DEADLINE_MS);
  const other = await preview(discord, organiser, options, { ...WORDS, [TITLE_INPUT]: 'No Temporal' });
  const pressAway = await pressButton(discord, organiser, other, 'event-confirm');
  expect(await saidBeside(discord, pressAway)).toBe(config.answers.takesLonger);
  await away.stop();
  expect(await announced()).toEqual([]);

  const stopWorker = await runWorker(worker.context);
  await until(async () => (await announced()).length === 2);
  const back = await startBot(environment, config);
  expect((await pressed(discord, organiser, shown, 'event-confirm')).content).toContain('is announced');
  expect((await pressed(discord, organiser, other, 'event-confirm')).content).toContain('is announced');
  expect(await announced()).toEqual(['No Temporal', 'No worker']);
  await back.stop();
  await stopWorker();
});
