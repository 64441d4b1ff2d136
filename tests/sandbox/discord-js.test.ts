/** discord.js, unchanged, as the product uses it. */

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  Events,
  GatewayIntentBits,
  type Guild,
  type GuildMember,
  type Interaction,
  MessageFlags,
  Partials,
  type TextChannel,
} from 'discord.js';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord({ limitMode: 'strict', limits: { identify: { limit: 1, perMs: 50 } } });
let client: Client<true>;
let guild: Guild;
let general: TextChannel;

beforeAll(async () => {
  const connecting = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
      GatewayIntentBits.DirectMessages,
    ],
    partials: [Partials.Channel],
    rest: { api: discord().apiUrl },
  });
  await connecting.login(discord().token);
  if (!connecting.isReady()) await once(connecting, Events.ClientReady);
  client = connecting as Client<true>;
  guild = await client.guilds.fetch(discord().guildId);
  const channel = guild.channels.cache.find(({ name }) => name === 'general');
  if (channel?.type !== ChannelType.GuildText) throw new Error('There is no #general.');
  general = channel;
});
afterAll(() => client.destroy());

async function next<Event extends keyof import('discord.js').ClientEvents>(event: Event) {
  return (await once(client, event)) as import('discord.js').ClientEvents[Event];
}

describe('discord.js', () => {
  test('knows the guild and fetches all members', async () => {
    expect(guild.name).toBe('TiXL Community');
    expect((await guild.members.fetch()).size).toBe(13);
  });

  test('welcomes who joins: message, role and direct message', async () => {
    const joined = next(Events.GuildMemberAdd);
    await discord().control.join({ names: ['Ann'] });
    const [member] = await joined;
    const role = guild.roles.cache.find(({ name }) => name === 'Newcomer');
    await general.send({ content: `Welcome ${member}`, nonce: 'w', enforceNonce: true });
    await member.roles.add(role?.id ?? '');
    await member.send('Start here');
    const { member: seen } = await discord().member('Ann');
    expect(seen.roles).toEqual([role?.id]);
    const { messages } = await discord().control.getDirectMessages({ memberId: member.id });
    expect(messages.map(({ message }) => message.content)).toEqual(['Start here']);
  });

  test('answers a button: thinks, edits, follows up', async () => {
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary),
    );
    const message = await general.send({ content: 'Press', components: [row] });
    const memberId = (await discord().member('Tom Becker')).member.user.id;
    const pressed = next(Events.InteractionCreate) as Promise<[Interaction]>;
    const { interactionId } = await discord().control.press({
      memberId,
      channelId: general.id,
      messageId: message.id,
      customId: 'go',
    });
    const [interaction] = await pressed;
    if (!interaction.isButton()) throw new Error('This is no button.');
    const response = await interaction.deferReply({ flags: MessageFlags.Ephemeral, withResponse: true });
    expect(response.interaction.responseMessageEphemeral).toBe(true);
    await interaction.editReply('Done');
    await interaction.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
    const state = await discord().control.getInteraction({ interactionId, until: 'final' });
    expect(state.outcome).toMatchObject({ state: 'answered', message: { message: { content: 'Done' } } });
    expect(state.followUps.map((followUp) => followUp.message.content)).toEqual(['And more']);
  });

  test('resumes after a lost connection and hears what it missed', async () => {
    const resumed = next(Events.ShardResume);
    const heard = next(Events.GuildMemberAdd) as Promise<[GuildMember]>;
    await discord().control.actOnGateway({ action: 'disconnect' });
    await discord().control.join({ names: ['Missed'] });
    const [[, replayed], [member]] = await Promise.all([resumed, heard]);
    expect(replayed).toBeGreaterThan(0);
    expect(member.displayName).toBe('Missed');
  });

  test('starts a new session when the old one is gone', async () => {
    const ready = next(Events.ShardReady);
    await discord().control.actOnGateway({ action: 'invalidate' });
    await ready;
    const { sessions } = await discord().control.getSessions();
    expect(sessions.filter(({ connected }) => connected).length).toBe(1);
  });
});
