/** Starts what the `app` tests share. Jest calls it once, before the first of them. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Part } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { planPostgres } from '../../scripts/stack/postgres.ts';
import { PartReport, toTerminal } from '../../scripts/stack/report.ts';
import { planTemporal } from '../../scripts/stack/temporal.ts';
import { findTemporalCli } from '../../scripts/stack/temporal-cli.ts';
import { findTimeSkippingServer } from '../../scripts/stack/time-skipping-server.ts';
import { bundleWorkflowsApart } from '../../worker/workflow-bundle.ts';
import { makeTemplate } from './database.ts';
import { temporaryFolder } from './folder.ts';
import { type Servers, shareServers } from './servers.ts';

declare global {
  var startedParts: Part[];
}

export default async function startServers(): Promise<void> {
  const { path: folder } = await temporaryFolder();
  globalThis.startedParts = [];
  // One after the other where they may have to be built: two builds at once only get in each other's way.
  const cli = await findTemporalCli(new PartReport(toTerminal, 'Temporal'));
  const timeSkipping = await findTimeSkippingServer(new PartReport(toTerminal, 'time skipping'));
  const [databaseUrl, temporalAddress, bundle] = await Promise.all([
    startPostgres(folder),
    startTemporal(folder, cli),
    writeBundle(folder),
  ]);
  shareServers({ folder, databaseUrl, temporalAddress, timeSkipping, bundle, cli } satisfies Servers);
}

async function startPostgres(folder: string): Promise<string> {
  const plan = await planPostgres(folder, await freePort());
  await start(new Part(plan, reportDeath));
  await makeTemplate(plan.url);
  return plan.url;
}

async function startTemporal(folder: string, cli: string): Promise<string> {
  const port = await freePort();
  await start(new Part(planTemporal(folder, { cli, port, namespace: 'tests' }), reportDeath));
  return `127.0.0.1:${port}`;
}

async function start(part: Part): Promise<void> {
  globalThis.startedParts.push(part);
  await part.start();
}

async function writeBundle(folder: string): Promise<string> {
  const { code } = await bundleWorkflowsApart();
  const file = join(folder, 'workflows.js');
  await writeFile(file, code);
  return file;
}

function reportDeath(error: Error): void {
  process.stderr.write(`${error.message}\n`);
}
