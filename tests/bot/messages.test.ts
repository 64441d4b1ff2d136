import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommunityConfig } from '../../config/schema.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { until } from '../support/wait.ts';

/** Each message counts, but for what this is about. */
const OVERLAY = `
recognition:
  messages: { coolDown: 0s, minimumLength: 5, excludedChannels: [off-topic] }`;
/** While nothing is written, answers to heartbeats say that nothing was missed. */
const HEARTBEAT_MS = 500;

let scene: BotScene;
let discord: LocalDiscord;
let config: CommunityConfig;

beforeAll(async () => {
  scene = await startBotScene({
    overlay: OVERLAY,
    beforeBot: ({ discord }) => discord.control.setLimits({ heartbeatMs: HEARTBEAT_MS }),
  });
  ({ discord, config } = scene);
}, 60_000);
afterAll(() => scene.stop());

async function newMember(): Promise<MemberId> {
  const { members } = await discord.control.join();
  return toMemberId(members[0]?.member.user.id ?? '');
}

async function channel(name: string): Promise<string> {
  const { channels } = await discord.control.getState();
  const found = channels.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no #${name}`);
  return found.id;
}

/** Lets a member write. Gives the message's id. */
async function write(memberId: MemberId, content: string, channelName = 'general'): Promise<string> {
  const { message } = await discord.control.write({
    memberId,
    channelId: await channel(channelName),
    content,
  });
  return message.id;
}

async function thank(memberId: MemberId, messageId: string, emoji = config.recognition.thanks.emoji) {
  await discord.control.react({ memberId, channelId: await channel('general'), messageId, emoji });
}

/** What a member has got points for, without what comes with it. */
async function paidFor(memberId: MemberId): Promise<string[]> {
  const rows: { cause: string }[] = await scene.worker.database.em
    .fork()
    .execute(
      `select cause from points_ledger where member_id = ? and action in ('message', 'helpful-answer') order by cause`,
      [memberId],
    );
  return rows.map(({ cause }) => cause);
}

const untilPaid = (memberId: MemberId, count: number) =>
  until(async () => (await paidFor(memberId)).length === count);

describe('a message', () => {
  test('brings points, if it counts, whoever hears nothing more after it', async () => {
    const [ann, ben] = [await newMember(), await newMember()];
    const first = await write(ann, 'Hello everybody');
    await write(ann, ' hello   EVERYBODY');
    await write(ann, 'Hi');
    await write(ann, 'Hello off topic', 'off-topic');
    const last = await write(ann, 'Hello again');
    const bens = await write(ben, 'Hello again');
    await untilPaid(ben, 1);
    expect(await paidFor(ann)).toEqual([`message/${first}`, `message/${last}`]);
    expect(await paidFor(ben)).toEqual([`message/${bens}`]);
  });

  test('is known without its words', async () => {
    const ann = await newMember();
    await write(ann, 'A secret that nobody shall find');
    await untilPaid(ann, 1);
    const rows = await scene.worker.database.em
      .fork()
      .execute('select * from messages where member_id = ?', [ann]);
    expect(rows).toEqual([expect.objectContaining({ length: 31, excluded: false })]);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  test('counts in threads, but not in those of excluded channels', async () => {
    const ann = await newMember();
    const open = async (channelName: string) =>
      discord.control.openThread({
        ...{ memberId: ann, channelId: await channel(channelName), name: 'A thread' },
        content: `Something about ${channelName}`,
      });
    await open('off-topic');
    const { message } = await open('general');
    await untilPaid(ann, 1);
    expect(await paidFor(ann)).toEqual([`message/${message?.id}`]);
  });
});

describe('a reaction of thanks', () => {
  test('pays the one who is thanked, once, and with no other emoji', async () => {
    const [ann, ben, eve] = [await newMember(), await newMember(), await newMember()];
    const id = await write(ann, 'This is how you do it');
    await thank(ben, id);
    await thank(ann, id);
    await thank(eve, id, '🎉');
    await untilPaid(ann, 2);
    await discord.control.unreact({
      ...{ memberId: ben, channelId: await channel('general'), messageId: id },
      emoji: config.recognition.thanks.emoji,
    });
    await thank(ben, id);
    const next = await write(ben, 'Thank you very much');
    await untilPaid(ben, 1);
    expect(await paidFor(ben)).toEqual([`message/${next}`]);
    expect(await paidFor(ann)).toEqual([`message/${id}`, `thanks/${id}/${ben}`]);
  });
});

describe('what nobody heard', () => {
  test('is read when a bot is back: messages, threads and thanks', async () => {
    const [ann, ben] = [await newMember(), await newMember()];
    const before = await write(ann, 'Before the bot went away');
    await untilPaid(ann, 1);
    await scene.stopBot();
    const missed: string[] = [];
    for (let number = 1; number <= 120; number += 1) missed.push(await write(ann, `Missed number ${number}`));
    await write(ann, 'Missed and off topic', 'off-topic');
    const { message } = await discord.control.openThread({
      ...{ memberId: ann, channelId: await channel('help'), name: 'Missed', content: 'Missed in a thread' },
    });
    await thank(ben, before);
    await thank(ben, missed[0] ?? '');
    await scene.startBot();
    await untilPaid(ann, 1 + 120 + 1 + 2);
    const causes = [before, ...missed, message?.id].map((id) => `message/${id}`);
    const thanks = [before, missed[0]].map((id) => `thanks/${id}/${ben}`);
    expect(await paidFor(ann)).toEqual([...causes, ...thanks].sort());
  }, 60_000);

  test('is read of a bot, too, that was killed with what it had heard', async () => {
    const ann = await newMember();
    await scene.stopBot();
    const killed = await forkBot();
    const exit = once(killed, 'exit');
    const written: string[] = [];
    for (let number = 1; number <= 40; number += 1) {
      written.push(await write(ann, `Around the kill ${number}`));
      if (number === 20) killed.kill('SIGKILL');
    }
    await exit;
    await scene.startBot();
    await untilPaid(ann, 40);
    expect(await paidFor(ann)).toEqual(written.map((id) => `message/${id}`).sort());
  }, 60_000);
});

/** A bot in a process of its own, connected. */
async function forkBot() {
  const { COMMUNITY_CONFIG, ...rest } = scene.worker.environment;
  const variables = Object.entries(rest).map(([name, value]) => [name, String(value)]);
  const bot = fork('bot/main.ts', {
    env: { ...process.env, ...Object.fromEntries(variables), COMMUNITY_CONFIG: COMMUNITY_CONFIG.join(',') },
    silent: true,
  });
  await once(bot, 'message');
  return bot;
}
