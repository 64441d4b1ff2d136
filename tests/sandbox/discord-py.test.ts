/** A client that shares no line with discord.js: discord.py. Runs where `DISCORD_PY_PYTHON` has it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { useTestDiscord } from './support/use-test-discord.ts';

const python = process.env.DISCORD_PY_PYTHON;
const whereInstalled = python === undefined ? describe.skip : describe;

whereInstalled('discord.py', () => {
  const discord = useTestDiscord({ limitMode: 'strict' });
  let child: ChildProcess;
  let ready: { members: number; history: string[]; sent: string };
  let channelId: string;
  let memberId: string;

  beforeAll(async () => {
    channelId = (await discord().channel('general')).id;
    memberId = (await discord().member('Tom Becker')).member.user.id;
    await discord().control.write({ memberId, channelId, content: 'Before it came' });
    child = spawn(python ?? '', ['tests/sandbox/discord-py/client.py'], {
      env: {
        ...process.env,
        LOCAL_DISCORD_URL: discord().url,
        LOCAL_DISCORD_TOKEN: discord().token,
        LOCAL_DISCORD_GUILD: discord().guildId,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.stdout === null) throw new Error('There is no output.');
    for await (const line of createInterface({ input: child.stdout })) {
      ready = JSON.parse(line);
      break;
    }
  });
  afterAll(async () => {
    child.kill();
    await once(child, 'exit');
  });

  test('logs in, knows the members and reads the history', () => {
    expect(ready).toMatchObject({ members: 13, history: ['Before it came'] });
  });

  test('writes', async () => {
    const { message } = await discord().control.getMessage({ channelId, messageId: ready.sent });
    expect([message.content, message.embeds[0]?.title]).toEqual(['Written in Python', 'An embed']);
  });

  test('hears a member and replies', async () => {
    const { message } = await discord().control.write({ memberId, channelId, content: 'Do you hear me?' });
    let reply: { content: string } | undefined;
    while (reply === undefined) {
      const { messages } = await discord().control.getMessages({ channelId, after: message.id });
      reply = messages[0]?.message;
    }
    expect(reply.content).toBe('I read: Do you hear me?');
  });

  test('answers a command that a member runs', async () => {
    const command = (await discord().state()).commands.find(({ name }) => name === 'greet');
    const { interactionId } = await discord().control.runCommand({
      memberId,
      channelId,
      commandId: command?.id ?? '',
      options: { whom: memberId },
    });
    const { outcome } = await discord().control.getInteraction({
      interactionId,
      wait: 10_000,
      until: 'final',
    });
    expect(outcome).toMatchObject({
      state: 'answered',
      message: { visibleTo: memberId, message: { content: 'Hello Tom Becker!' } },
    });
  });
});
