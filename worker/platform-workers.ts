import { Worker } from '@temporalio/worker';
import { createAccounts } from '../activities/platforms/accounts.ts';
import { type Connect, connectByAccount } from '../activities/platforms/connection.ts';
import { createEngagementActivities } from '../activities/platforms/engagement.ts';
import { connectGithub } from '../activities/platforms/github.ts';
import { connectLinkedin } from '../activities/platforms/linkedin.ts';
import { createPlatformActivities } from '../activities/platforms/publish.ts';
import type { ConnectPublisher } from '../activities/platforms/publisher.ts';
import { connectX } from '../activities/platforms/x.ts';
import { connectYoutube } from '../activities/platforms/youtube.ts';
import type { Environment } from '../config/environment.ts';
import type { PlatformSettings } from '../domain/distribution.ts';
import { linkedinVersionEndsAt, linkedinVersionState } from '../domain/linkedin-version.ts';
import {
  ACCOUNT_PLATFORMS,
  type AccountPlatform,
  PLATFORM_LABELS,
  type Platform,
} from '../domain/platforms.ts';
import { platformQueue } from '../domain/task-queues.ts';
import { platformAddresses } from '../runtime/platform-addresses.ts';
import { createSealer } from '../runtime/sealing.ts';
import { SHUTDOWN } from './community-worker.ts';
import type { WorkerContext } from './context.ts';

/**
 * How much of each platform's queue is carried out at a time by a worker, and in a second by all of them: they must say the same,
 * since the last one to connect wins. It is a coarse bound: a limit that a platform names is waited for in the workflow.
 */
const QUEUES: Readonly<Record<Platform, { readonly concurrent: number; readonly perSecond: number }>> = {
  discord: { concurrent: 5, perSecond: 10 },
  x: { concurrent: 4, perSecond: 10 },
  linkedin: { concurrent: 4, perSecond: 10 },
  // A video is read from the database and sent in parts.
  youtube: { concurrent: 2, perSecond: 10 },
  // GitHub asks for one request at a time that creates something ("Best practices for using the REST API").
  github: { concurrent: 1, perSecond: 5 },
};

/** How each platform is spoken to, in the name of an account. */
const PUBLISHERS: {
  readonly [Name in AccountPlatform]: (
    environment: Environment,
    settings: PlatformSettings[Name],
  ) => ConnectPublisher;
} = {
  x: (environment) => connectX(platformAddresses(environment).x),
  linkedin: (environment, settings) => connectLinkedin(platformAddresses(environment).linkedin, settings),
  youtube: (environment, settings) => connectYoutube(platformAddresses(environment).youtube, settings),
  github: ({ GITHUB_API_URL }, settings) => connectGithub(GITHUB_API_URL, settings),
};

/** A worker for each platform on which we act in the name of an account. Each has a queue of its own, so that none holds up another. */
export async function createPlatformWorkers(context: WorkerContext): Promise<Worker[]> {
  const { environment, database } = context;
  warnOfLinkedinVersion(context);
  const accounts = createAccounts({
    guildId: environment.DISCORD_GUILD_ID,
    database,
    sealer: sealerOf(environment),
    settings: environment,
    now: nowOf(context),
  });
  return Promise.all(
    ACCOUNT_PLATFORMS.map((platform) => {
      const publisher = publisherOf(platform, context);
      const connect =
        publisher === undefined ? notConfigured(platform) : connectByAccount(platform, accounts, publisher);
      return createPlatformWorker(context, platform, connect);
    }),
  );
}

/** A version of LinkedIn's API lives for a year, and what is published after that is refused. */
function warnOfLinkedinVersion({ config, logger, now = Date.now }: WorkerContext): void {
  const version = config.distribution.platforms.linkedin?.version;
  if (version === undefined) return;
  const state = linkedinVersionState(version, now());
  const endsAt = new Date(linkedinVersionEndsAt(version)).toISOString().slice(0, 10);
  if (state !== 'current')
    logger.warn(
      { version, endsAt },
      `LinkedIn's API: version ${version} ${state === 'over' ? 'is over' : 'ends soon'}: set distribution.platforms.linkedin.version to a later month`,
    );
}

/** The worker for a platform's queue. Where the platform is switched off it says so to whoever asks: nothing waits for ever. */
export function createPlatformWorker(
  context: WorkerContext,
  platform: Platform,
  connect: Connect,
): Promise<Worker> {
  const { environment, connection, database, config, logger } = context;
  const { concurrent, perSecond } = QUEUES[platform];
  const onPlatform = {
    ...{ platform, connect, database, config, logger },
    ...{ sealer: sealerOf(environment), now: nowOf(context) },
  };
  return Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: platformQueue(environment.DISCORD_GUILD_ID, platform),
    activities: { ...createPlatformActivities(onPlatform), ...createEngagementActivities(onPlatform) },
    maxConcurrentActivityTaskExecutions: concurrent,
    maxTaskQueueActivitiesPerSecond: perSecond,
    ...SHUTDOWN,
  });
}

/** Undefined where the platform is not in the configuration. */
function publisherOf<Name extends AccountPlatform>(
  platform: Name,
  { environment, config }: WorkerContext,
): ConnectPublisher | undefined {
  const settings: PlatformSettings[Name] | undefined = config.distribution.platforms[platform];
  return settings === undefined ? undefined : PUBLISHERS[platform](environment, settings);
}

function notConfigured(platform: Platform): Connect {
  const reason = `${PLATFORM_LABELS[platform]} is not in the configuration any more (distribution.platforms)`;
  return async () => ({ kind: 'authorisation expired', reason });
}

function sealerOf({ TOKENS_KEY }: Environment) {
  return TOKENS_KEY === undefined ? undefined : createSealer(TOKENS_KEY);
}

function nowOf({ now = Date.now }: WorkerContext): () => number {
  return now;
}
