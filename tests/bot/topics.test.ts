import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Environment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { Interest } from '../../database/entities/interest.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { topicButtonId } from '../../domain/topics.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { topicRows } from '../../views/topics.ts';
import { startBot, startBotDiscord } from '../support/bot.ts';
import { answerTo, sendButton, sendRow } from '../support/button.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const DEADLINE_MS = 2_000;

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let database: TestDatabase;
let memberId: MemberId;

beforeAll(async () => {
  database = await freshDatabase();
  config = await loadConfig([COMMUNITY_FILE]);
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  const { members } = await discord.control.join();
  memberId = toMemberId(members[0]?.member.user.id ?? '');
});
afterAll(async () => {
  await database.close();
  await discord.stop();
});

/** Lets the member press the button with this `custom_id`. Gives the text of the answer. */
async function press(customId: string): Promise<string> {
  const message = await sendButton(discord, memberId, customId);
  const { interactionId } = await discord.control.press({
    memberId,
    channelId: message.channel_id,
    messageId: message.id,
    customId,
  });
  return answerTo(discord, interactionId);
}

const interests = async () => {
  const noted = await database.orm.em.fork().find(Interest, { memberId }, { orderBy: { topic: 'asc' } });
  return noted.map(({ topic }) => topic);
};

describe('whoever presses a topic', () => {
  test('is told where to go, and it is noted once', async () => {
    const bot = await startBot(environment, config);
    expect(await press(topicButtonId('motion-design'))).toMatch(
      /^🎬 Motion design: meet designers in <#\d+>, and show early work in <#\d+>\.$/,
    );
    await Promise.all([press(topicButtonId('motion-design')), press(topicButtonId('shaders'))]);
    expect(await interests()).toEqual(['motion-design', 'shaders']);
    await bot.stop();
  });

  test.each(['topics/no-longer-there', 'topics/UPPER', 'topics/a/b'])(
    'has a clear word for a button that is outdated or forged (%s)',
    async (customId) => {
      const bot = await startBot(environment, config);
      const before = await interests();
      expect(await press(customId)).toBe(config.answers.outdated);
      expect(await interests()).toEqual(before);
      await bot.stop();
    },
  );

  test('is told to try again when PostgreSQL is away', async () => {
    const bot = await startBot({ ...environment, DATABASE_URL: 'postgresql://x:x@127.0.0.1:9/x' }, config);
    expect(await press(topicButtonId('shaders'))).toBe(config.answers.tryAgain);
    await bot.stop();
  });

  test('is told in time when PostgreSQL takes connections but does not answer', async () => {
    const silent = await listen(createServer());
    const url = `postgresql://x:x@127.0.0.1:${silent.port}/x`;
    const bot = await startBot({ ...environment, DATABASE_URL: url }, config, DEADLINE_MS);
    expect(await press(topicButtonId('shaders'))).toBe(config.answers.takesLonger);
    await silent.close();
    await bot.stop();
  });

  test('sees all topics at once', async () => {
    for (const row of topicRows(config.topics)) {
      expect(await sendRow(discord, memberId, row)).toMatchObject({ components: [row] });
    }
  });
});

/** A server that takes connections and says nothing. */
async function listen(server: Server): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
