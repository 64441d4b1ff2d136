/** `npm run posts`: where posts stand on each platform, as Temporal knows them, and trying those again that failed. */

import { parseArgs } from 'node:util';
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type Database, openDatabase } from '../database/orm.ts';
import { deliveriesOf, findPost } from '../database/posts.ts';
import { isPlatform, PLATFORM_LABELS, PLATFORMS, type Platform } from '../domain/platforms.ts';
import { DELIVERY_STATES, type Delivery, type DeliveryState, isPostId, toPostId } from '../domain/posts.ts';
import { EXIT_MISCONFIGURED, isMisconfiguration, MisconfiguredError } from '../runtime/process.ts';
import { createTemporalClient, whyTemporalFailed } from '../runtime/temporal.ts';
import { DELIVERY, decideDelivery } from '../workflows/definitions/delivery.ts';

const USAGE = `npm run posts -- [--state STATE] [--platform PLATFORM] [--retry] [--json]
  --state     one of ${DELIVERY_STATES.join(', ')}; left out: all that are open
  --platform  one of ${PLATFORMS.join(', ')}
  --retry     tries those again that wait for a decision, a limit or an account
  --json      prints an array, for other programs`;

/** Temporal may take so long to list or to carry out an update, in ms. */
const ANSWER_WITHIN_MS = 10_000;
/** What became of those for which it worked. */
const RETRIED = 'tried again';

/** What is asked for. */
interface Wanted {
  readonly state: DeliveryState | undefined;
  readonly platform: Platform | undefined;
  readonly isRetry: boolean;
  readonly isJson: boolean;
}

/** A post on a platform, as it is printed. */
interface Listed extends Pick<Delivery, 'postId' | 'platform' | 'state' | 'attempt' | 'reason' | 'url'> {
  readonly workflowId: string;
  readonly title: string;
  /** What became of trying it again. Absent: nobody asked for it. */
  readonly retried?: string;
}

try {
  await main(readArguments(process.argv.slice(2)), readEnvironment(process.env));
} catch (error) {
  if (!isMisconfiguration(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_MISCONFIGURED;
}

async function main(wanted: Wanted, environment: Environment): Promise<void> {
  const client = createTemporalClient(environment);
  const database = openDatabase(environment.DATABASE_URL);
  try {
    const found = await list(client, database, environment, wanted);
    const listed = wanted.isRetry ? await retryAll(client, found) : found;
    process.stdout.write(wanted.isJson ? `${JSON.stringify(listed, null, 2)}\n` : asText(listed));
  } finally {
    await database.close();
    await client.connection.close();
  }
}

/** @throws MisconfiguredError with what is wrong, and how it is called */
function readArguments(args: readonly string[]): Wanted {
  const { state, platform, retry, json } = parse(args);
  const knownState = DELIVERY_STATES.find((known) => known === state);
  if (state !== undefined && knownState === undefined) throw wrong(`"${state}" is no state of a post`);
  if (platform !== undefined && !isPlatform(platform)) throw wrong(`"${platform}" is no platform`);
  return { state: knownState, platform, isRetry: retry === true, isJson: json === true };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        state: { type: 'string' },
        platform: { type: 'string' },
        retry: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function wrong(message: string): MisconfiguredError {
  return new MisconfiguredError(`${message}\n${USAGE}`);
}

/** Finds them as the Temporal UI does, by search attributes. */
async function list(
  client: Client,
  database: Database,
  environment: Environment,
  { state, platform }: Wanted,
): Promise<Listed[]> {
  const guildId = environment.DISCORD_GUILD_ID;
  const query = [
    `Feature = '${DELIVERY}'`,
    `Guild = '${guildId}'`,
    state === undefined ? `ExecutionStatus = 'Running'` : `State = '${state}'`,
    ...(platform === undefined ? [] : [`Platform = '${platform}'`]),
  ].join(' AND ');
  const ids = await client
    .withDeadline(Date.now() + ANSWER_WITHIN_MS, () => listIds(client, query))
    .catch((error: unknown) => {
      throw new MisconfiguredError(whyTemporalFailed(error, environment));
    });
  return (await Promise.all(ids.map((id) => describe(database, guildId, id)))).flat();
}

async function listIds(client: Client, query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

/** What is known of it beside its id: nothing if its row is gone. */
async function describe(
  database: Database,
  guildId: Environment['DISCORD_GUILD_ID'],
  workflowId: string,
): Promise<Listed[]> {
  const [platform, id] = workflowId.split('/').toReversed();
  if (id === undefined || !isPostId(id)) return [];
  const post = { guildId, postId: toPostId(id) };
  const em = database.em.fork();
  const title = (await findPost(em, post))?.title;
  const delivery = (await deliveriesOf(em, post)).find((one) => one.platform === platform);
  if (title === undefined || delivery === undefined) return [];
  const { postId, state, attempt, reason, url } = delivery;
  return [{ workflowId, postId, title, platform: delivery.platform, state, attempt, reason, url }];
}

/** One after the other: each says at once that it goes on, and publishes by itself. */
async function retryAll(client: Client, found: readonly Listed[]): Promise<Listed[]> {
  const retried: Listed[] = [];
  for (const one of found) retried.push({ ...one, retried: await retry(client, one) });
  if (retried.some(({ retried }) => retried !== RETRIED)) process.exitCode = 1;
  return retried;
}

async function retry(client: Client, { workflowId }: Listed): Promise<string> {
  const decision = { by: null, decision: 'retry' } as const;
  try {
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      client.workflow.getHandle(workflowId).executeUpdate(decideDelivery, { args: [decision] }),
    );
    return RETRIED;
  } catch (error) {
    const reason = error instanceof WorkflowUpdateFailedError ? error.cause : error;
    return `not tried again: ${reason instanceof Error ? reason.message : String(reason)}`;
  }
}

function asText(listed: readonly Listed[]): string {
  if (listed.length === 0) return 'There are none.\n';
  return `${listed.map(lineOf).join('\n')}\n`;
}

function lineOf({ postId, platform, state, attempt, title, reason, url, retried }: Listed): string {
  const first = `${postId}  ${PLATFORM_LABELS[platform]}  ${state}, attempt ${attempt}  ${title}`;
  const more = [reason, url, retried].filter((text) => text != null);
  return [first, ...more.map((text) => `    ${text}`)].join('\n');
}
