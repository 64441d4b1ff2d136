/** The whole product in one test: our own worker on the time-skipping server, a database, and the local Discord. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { type APIMessage, ChannelType } from 'discord-api-types/v10';
import { pino } from 'pino';
import { readEnvironment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { onboardingId, planOnboarding, type Stay } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { addSearchAttributes } from '../../worker/namespace.ts';
import { ONBOARDING, startOnboarding } from '../../workflows/definitions/onboarding.ts';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/definitions/search-attributes.ts';
import { freshDatabase } from './database.ts';
import { temporaryFolder } from './folder.ts';
import { startTestDiscord } from './local-discord.ts';
import { sharedServers } from './servers.ts';
import { runWorker } from './worker.ts';

const NAMESPACE = 'default';

/** A running community. Time is skipped while a result is awaited, and by `sleep`. */
export interface TestCommunity extends WorkerContext {
  readonly discord: LocalDiscord;
  readonly environmentOfTemporal: TestWorkflowEnvironment;
  readonly config: CommunityConfig;
  /** Lets somebody join, or come back, without a bot that would notice. */
  join(options?: { name?: string; dmsClosed?: boolean; userId?: MemberId }): Promise<Stay>;
  startOnboarding(stay: Stay): Promise<WorkflowHandle>;
  stop(): Promise<void>;
}

/** Members of a test join one after the other and are each welcomed by themselves, unless the test is about bursts. */
const NO_BURSTS = 'onboarding: { burst: { window: 0s } }';

/**
 * Starts a community with TiXL's configuration.
 *
 * @param overlay YAML that is laid over it
 * @param variables more of the environment of its worker
 */
export async function startCommunity(
  overlay = NO_BURSTS,
  variables: Readonly<Record<string, string>> = {},
): Promise<TestCommunity> {
  const [discord, database, temporal, config] = await Promise.all([
    startTestDiscord(),
    freshDatabase(),
    startTimeSkipping(),
    loadConfigWith(overlay),
  ]);
  // Limits are counted in real time, while here time is skipped: what waits for them would be tried again and again at once.
  await discord.control.setLimits({ enforced: false });
  const environment = readEnvironment({
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: database.url,
    TEMPORAL_NAMESPACE: NAMESPACE,
    ...variables,
  });
  const context: WorkerContext = {
    environment,
    config,
    logger: pino({ level: 'silent' }),
    client: temporal.client,
    database: database.orm,
    connection: temporal.nativeConnection,
  };
  const stopWorker = await runWorker(context);

  return {
    ...context,
    discord,
    environmentOfTemporal: temporal,
    async join({ name, userId, dmsClosed = false } = {}) {
      const { members } = await discord.control.join({
        ...(name !== undefined && { names: [name] }),
        ...(userId !== undefined && { userId }),
        dmsClosed,
      });
      return toStay(environment.DISCORD_GUILD_ID, members[0]?.member);
    },
    startOnboarding: (stay) =>
      temporal.client.workflow.start(
        ONBOARDING,
        startOnboarding({ stay, plan: planOnboarding(config.onboarding, stay.memberId) }),
      ),
    async stop() {
      await stopWorker();
      await Promise.all([temporal.teardown(), database.close(), discord.stop()]);
    },
  };
}

/** TiXL's configuration with `overlay`, which is YAML, laid over it. */
export async function loadConfigWith(overlay: string): Promise<CommunityConfig> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'overlay.yaml');
  await writeFile(file, overlay);
  const config = await loadConfig([COMMUNITY_FILE, file]);
  await folder.remove();
  return config;
}

/** The stay of a member, as Discord describes them. */
export function toStay(
  guildId: Stay['guildId'],
  member: { user: { id: string }; joined_at: string | null } | undefined,
): Stay {
  if (member?.joined_at == null) throw new Error('nobody has joined');
  return { guildId, memberId: toMemberId(member.user.id), joinedAt: Date.parse(member.joined_at) };
}

/** The handle of the onboarding of `stay`. */
export function onboardingOf(community: Pick<TestCommunity, 'client'>, stay: Stay): WorkflowHandle {
  return community.client.workflow.getHandle(onboardingId(stay));
}

/** What a member has been sent by direct message, oldest first. */
export async function directMessages({ discord }: Pick<TestCommunity, 'discord'>, memberId: MemberId) {
  const { messages } = await discord.control.getDirectMessages({ memberId });
  return messages.map(({ message }) => message);
}

/** What the bot has written in the channel with this name, oldest first. */
export async function messagesIn({ discord }: Pick<TestCommunity, 'discord'>, channelName: string) {
  const channelId = await channelNamed({ discord }, channelName);
  const found: APIMessage[] = [];
  let before: string | undefined;
  do {
    const { messages } = await discord.control.getMessages({
      channelId,
      limit: 100,
      ...(before && { before }),
    });
    before = messages[0]?.message.id;
    found.unshift(...messages.map(({ message }) => message));
  } while (before !== undefined);
  return found.filter(({ author }) => author.bot === true);
}

/** The names of the roles that a member has. */
export async function rolesOf(
  { discord }: Pick<TestCommunity, 'discord'>,
  memberId: MemberId,
): Promise<string[]> {
  const { guild, members } = await discord.control.getState();
  const roles = members.find(({ member }) => member.user.id === memberId)?.member.roles ?? [];
  return guild.roles.filter(({ id }) => roles.includes(id)).map(({ name }) => name);
}

/** Starts a time-skipping server that knows our search attributes. A busy machine may need a second attempt. */
async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const start = () =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: sharedServers().timeSkipping } });
  const environment = await start().catch(start);
  await addSearchAttributes(environment.client, NAMESPACE, SEARCH_ATTRIBUTE_TYPES);
  return environment;
}

/** Lets a member write in the channel with this name. */
export async function write(
  { discord }: Pick<TestCommunity, 'discord'>,
  memberId: MemberId,
  channelName: string,
): Promise<void> {
  const channelId = await channelNamed({ discord }, channelName);
  await discord.control.write({ memberId, channelId, content: 'Hello!' });
}

/** Opens a thread in the name of a member: Discord says so in the channel, by a message of its own with them as author. */
export async function openThread(
  { discord }: Pick<TestCommunity, 'discord'>,
  memberId: MemberId,
  channelName: string,
): Promise<void> {
  const channelId = await channelNamed({ discord }, channelName);
  await discord.control.openThread({ memberId, channelId, name: 'About something' });
}

/** Deletes a channel, and makes one with the same name. */
export async function replaceChannel(
  { discord }: Pick<TestCommunity, 'discord'>,
  name: string,
): Promise<void> {
  await discord.control.deleteChannel({ channelId: await channelNamed({ discord }, name) });
  await discord.control.createChannel({ name, type: ChannelType.GuildText });
}

/** Deletes a role, and makes one with the same name. */
export async function replaceRole({ discord }: Pick<TestCommunity, 'discord'>, name: string): Promise<void> {
  const { guild } = await discord.control.getState();
  const role = guild.roles.find((role) => role.name === name);
  if (role === undefined) throw new Error(`the guild has no role "${name}"`);
  await discord.control.deleteRole({ roleId: role.id });
  await discord.control.createRole({ name });
}

async function channelNamed(
  { discord }: Pick<TestCommunity, 'discord'>,
  channelName: string,
): Promise<string> {
  const { channels } = await discord.control.getState();
  const channel = channels.find(({ name }) => name === channelName);
  if (channel === undefined) throw new Error(`the guild has no channel #${channelName}`);
  return channel.id;
}

/** How often the bot's messages in #welcome name a member: in a welcome of their own, or in one of several. */
export async function welcomesOf(
  community: Pick<TestCommunity, 'discord'>,
  memberId: MemberId,
): Promise<number> {
  const messages = await messagesIn(community, 'welcome');
  const texts = messages.map(({ content, embeds }) => `${content} ${embeds[0]?.description ?? ''}`);
  return texts.filter((text) => text.includes(`<@${memberId}>`)).length;
}
