/** `npm run report`: a report on some days, made again, stored and printed; to staff too, if wanted. */

import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Client, WorkflowFailedError, type WorkflowStartOptions } from '@temporalio/client';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { openDatabase } from '../database/orm.ts';
import { findReport } from '../database/reports.ts';
import type { Delivery } from '../domain/delivery.ts';
import { isEngagementReport } from '../domain/engagement-report.ts';
import { engagementReportText } from '../domain/engagement-report-text.ts';
import type { GuildId } from '../domain/ids.ts';
import { periodRefusalText, readReportPeriod } from '../domain/report-period.ts';
import { type Period, REPORT_KINDS, type ReportKind, type ReportRef } from '../domain/reports.ts';
import { EXIT_MISCONFIGURED, isMisconfiguration, MisconfiguredError } from '../runtime/process.ts';
import { createTemporalClient, whyTemporalFailed } from '../runtime/temporal.ts';
import { ENGAGEMENT_REPORT, startEngagementReport } from '../workflows/definitions/engagement-report.ts';

const USAGE = `npm run report -- ${REPORT_KINDS.join('|')} [--from DAY] [--to DAY] [--post] [--json]
  --from  the first day, such as 2026-11-16; left out: the seven days up to the last
  --to    the last day, today at most; left out: yesterday
  --post  posts it to staff, too
  --json  prints it as it is stored, for other programs`;

/** Temporal may take so long to take it. */
const STARTED_WITHIN_MS = 10_000;
/** A worker makes a report within seconds; if none takes it up by then, none is running. */
const RESULT_WITHIN_MS = 60_000;

/** What is asked for. */
interface Wanted {
  readonly kind: ReportKind;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly isPosted: boolean;
  readonly isJson: boolean;
}

/** How a kind of report is made, and printed. */
interface KindOfReport {
  readonly workflowType: string;
  start(guildId: GuildId, period: Period, isPosted: boolean): WorkflowStartOptions;
  /** Undefined: another version has made it. */
  asText(content: unknown): string | undefined;
}

const KINDS: Readonly<Record<ReportKind, KindOfReport>> = {
  engagement: {
    workflowType: ENGAGEMENT_REPORT,
    start: (guildId, period, isPosted) =>
      startEngagementReport({ guildId, period, isPosted }, `operator-${randomUUID()}`),
    asText: (content) => (isEngagementReport(content) ? engagementReportText(content) : undefined),
  },
};

try {
  await main(readArguments(process.argv.slice(2)), readEnvironment(process.env));
} catch (error) {
  if (!isMisconfiguration(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_MISCONFIGURED;
}

async function main(wanted: Wanted, environment: Environment): Promise<void> {
  const { engagement } = await loadConfig(environment.COMMUNITY_CONFIG);
  const read = readReportPeriod(wanted, Date.now(), engagement.timeZone);
  if (read.kind === 'refused') throw wrong(`--${periodRefusalText(read.refusal)}`);
  const { startsAt, endsAt } = read.span;
  const report = { guildId: environment.DISCORD_GUILD_ID, kind: wanted.kind, startsAt, endsAt };
  const posted = await make(report, wanted.isPosted, environment);
  process.stdout.write(await readAsText(report, wanted.isJson, environment));
  if (posted !== undefined && posted.kind !== 'sent') {
    const reason = posted.kind === 'refused' ? posted.reason : posted.kind;
    process.stderr.write(`It was not posted to #${engagement.channel}: ${reason}\n`);
    process.exitCode = 1;
  }
}

/** @throws MisconfiguredError with what is wrong, and how it is called */
function readArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parse(args);
  const [name, ...more] = positionals;
  const kind = REPORT_KINDS.find((known) => known === name);
  if (name === undefined) throw wrong('which report? Name its kind');
  if (kind === undefined) throw wrong(`"${name}" is no kind of report`);
  if (more.length > 0) throw wrong(`"${more.join(' ')}" is one argument too many`);
  const { from, to, post, json } = values;
  return { kind, from, to, isPosted: post === true, isJson: json === true };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        post: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function wrong(message: string): MisconfiguredError {
  return new MisconfiguredError(`${message}\n${USAGE}`);
}

/** Has a worker make the report. Gives what became of posting it, if it was to be. */
async function make(
  { guildId, kind, startsAt, endsAt }: ReportRef,
  isPosted: boolean,
  environment: Environment,
): Promise<Delivery | undefined> {
  const client = createTemporalClient(environment);
  const { workflowType, start } = KINDS[kind];
  const options = start(guildId, { startsAt, endsAt }, isPosted);
  try {
    const workflow = await within(client, STARTED_WITHIN_MS, () =>
      client.workflow.start(workflowType, options),
    ).catch((error: unknown) => {
      throw new MisconfiguredError(whyTemporalFailed(error, environment));
    });
    const result: { readonly posted?: Delivery } = await within(client, RESULT_WITHIN_MS, () =>
      workflow.result(),
    ).catch((error: unknown) => {
      throw new MisconfiguredError(whyNotMade(error, workflow.workflowId));
    });
    return result.posted;
  } finally {
    await client.connection.close();
  }
}

function within<Result>(client: Client, ms: number, work: () => Promise<Result>): Promise<Result> {
  return client.withDeadline(Date.now() + ms, work);
}

function whyNotMade(error: unknown, workflowId: string): string {
  if (error instanceof WorkflowFailedError)
    return `The report was not made: the Temporal UI says why, of the workflow ${workflowId}`;
  const seconds = RESULT_WITHIN_MS / 1_000;
  return `The report was not made within ${seconds} s: is a worker running? The Temporal UI shows the workflow ${workflowId}, which goes on`;
}

async function readAsText(
  report: ReportRef,
  isJson: boolean,
  { DATABASE_URL }: Environment,
): Promise<string> {
  const database = openDatabase(DATABASE_URL);
  try {
    const content = (await findReport(database.em.fork(), report))?.content;
    if (isJson) return `${JSON.stringify(content, null, 2)}\n`;
    const text = KINDS[report.kind].asText(content);
    if (text === undefined)
      throw new MisconfiguredError('A worker of another version has made it: upgrade all');
    return text;
  } finally {
    await database.close();
  }
}
