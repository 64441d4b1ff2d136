/** The whole product in one test: our own worker on the time-skipping server, a database, and the local Discord. */

import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { readEnvironment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { MemberId } from '../../domain/ids.ts';
import { onboardingId, planOnboarding, type Stay } from '../../domain/onboarding.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { addSearchAttributes } from '../../worker/namespace.ts';
import { ONBOARDING, startOnboarding } from '../../workflows/definitions/onboarding.ts';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/definitions/search-attributes.ts';
import { loadConfigWith } from './config.ts';
import { freshDatabase } from './database.ts';
import { startTestDiscord } from './local-discord.ts';
import { toStay } from './on-discord.ts';
import { sharedServers } from './servers.ts';
import { runWorker } from './worker.ts';

export * from './on-discord.ts';

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
 * @param now the clock of its worker, in ms since 1970
 */
export async function startCommunity(
  overlay = NO_BURSTS,
  variables: Readonly<Record<string, string>> = {},
  now: () => number = Date.now,
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
    rest: createDiscordRest(environment),
    now,
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

/** The handle of the onboarding of `stay`. */
export function onboardingOf(community: Pick<TestCommunity, 'client'>, stay: Stay): WorkflowHandle {
  return community.client.workflow.getHandle(onboardingId(stay));
}

/** Starts a time-skipping server that knows our search attributes. A busy machine may need a second attempt. */
async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const start = () =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: sharedServers().timeSkipping } });
  const environment = await start().catch(start);
  await addSearchAttributes(environment.client, NAMESPACE, SEARCH_ATTRIBUTE_TYPES);
  return environment;
}
