import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { APIMessage } from 'discord-api-types/v10';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { messagesIn } from '../support/on-discord.ts';

const sending = { method: 'POST', route: '/channels/:channelId/messages' } as const;
const editing = { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' } as const;

let discord: LocalDiscord;
let database: TestDatabase;
let config: CommunityConfig;

beforeEach(async () => {
  [discord, database, config] = await Promise.all([
    startTestDiscord(),
    freshDatabase(),
    loadConfig([COMMUNITY_FILE]),
  ]);
  await discord.control.setLimits({ enforced: false, nonceMs: 0 });
});
afterEach(() => Promise.all([discord.stop(), database.close()]));

/** Keeps the panel as a process does that has just started, as often as Temporal would try. */
async function keep(): Promise<Delivery> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const activities = createTestActivities(discord, database, config);
      return await activities.keepRolePanel(toGuildId(discord.guildId));
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || attempt === 5) throw error;
    }
  }
}

const panels = (channel = 'roles') => messagesIn({ discord }, channel);
const settings = () => config.roles as unknown as { panel: { channel: string; text: string } };

async function thePanel(): Promise<APIMessage> {
  const [panel, ...others] = await panels();
  if (panel === undefined || others.length > 0) throw new Error(`there are ${others.length} others`);
  return panel;
}

async function channelNamed(name: string): Promise<string> {
  const { channels } = await discord.control.getState();
  return channels.find((channel) => channel.name === name)?.id ?? '';
}

describe('the panel', () => {
  test('is sent once, and left alone as long as it says what it should', async () => {
    const first = await keep();
    expect(first).toMatchObject({ kind: 'sent' });
    expect(await keep()).toEqual(first);
    expect(await thePanel()).toMatchObject({
      edited_timestamp: null,
      embeds: [{ title: config.roles.panel.title }],
      components: [{ components: [{ options: [{ value: 'developer' }, {}, {}] }] }],
    });
  });

  test.each(['drop-before', 'drop-after'] as const)(
    'is sent once when the connection is cut (%s)',
    async (kind) => {
      await discord.control.setFaults({ rules: [{ match: sending, times: 1, fault: { kind } }] });
      expect(await keep()).toMatchObject({ kind: 'sent', messageId: (await thePanel()).id });
      expect(await keep()).toMatchObject({ messageId: (await thePanel()).id });
    },
  );

  test.each(['drop-before', 'drop-after'] as const)('is edited when its text changes (%s)', async (kind) => {
    await keep();
    const before = await thePanel();
    settings().panel.text = 'Now with {#general}';
    await discord.control.setFaults({ rules: [{ match: editing, times: 1, fault: { kind } }] });
    expect(await keep()).toMatchObject({ kind: 'sent', messageId: before.id });
    expect((await thePanel()).embeds[0]?.description).toBe(`Now with <#${await channelNamed('general')}>`);
  });

  test('is sent anew when somebody has deleted it, once again', async () => {
    for (let round = 0; round < 2; round += 1) {
      await keep();
      const { id, channel_id, author } = await thePanel();
      await discord.control.deleteMessage({ memberId: author.id, channelId: channel_id, messageId: id });
      expect(await panels()).toEqual([]);
      await discord.control.setFaults({
        rules: [{ match: sending, times: 1, fault: { kind: 'drop-after' } }],
      });
      expect(await keep()).toMatchObject({ kind: 'sent', messageId: (await thePanel()).id });
    }
  });

  test('moves with its channel', async () => {
    await keep();
    settings().panel.channel = 'orientation';
    expect(await keep()).toMatchObject({ kind: 'sent', channelId: await channelNamed('orientation') });
    expect([await panels(), await panels('orientation')]).toEqual([[], [expect.anything()]]);
    expect(await keep()).toMatchObject({ kind: 'sent', channelId: await channelNamed('orientation') });
  });

  test('is sent anew in a channel that was deleted and made again', async () => {
    await keep();
    await discord.control.deleteChannel({ channelId: await channelNamed('roles') });
    expect(await keep()).toMatchObject({ kind: 'refused' });
    await discord.control.createChannel({ name: 'roles', type: 0 });
    expect(await keep()).toMatchObject({ kind: 'sent', channelId: await channelNamed('roles') });
    expect(await panels()).toHaveLength(1);
  });

  test('is refused, with what to do, where the bot may not write', async () => {
    await discord.control.setFaults({
      rules: [{ match: sending, times: 1, fault: { kind: 'error', status: 403, code: 50_013 } }],
    });
    expect(await keep()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('permission') });
    expect(await keep()).toMatchObject({ kind: 'sent' });
  });
});
