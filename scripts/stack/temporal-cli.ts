import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { keepDownload } from './download.ts';
import { isExecutable, onPath, runLong } from './executables.ts';
import { CACHE } from './paths.ts';
import { type PartReport, SetupError } from './report.ts';

/** The last version that `go install` can build, and so the one that is used where we choose. */
const VERSION = '1.5.1';
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const PROGRESS_EVERY_MS = 20_000;

/**
 * Finds Temporal's command-line program, which holds the dev server with its UI, or brings it: on the PATH, in our cache, by the
 * SDK's download, by `go install`.
 *
 * @throws SetupError with what can be done, if there is no way to it
 */
export async function findTemporalCli(report: PartReport): Promise<string> {
  const found = await onPath('temporal');
  if (found !== undefined) return found;
  const cached = join(CACHE, `temporal-${VERSION}`);
  if (await isExecutable(cached)) return cached;
  await mkdir(CACHE, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(
      `The cache ${CACHE} cannot be written (${error.code}): set TIXL_CACHE to a folder that can.`,
    );
  });
  const downloadFailure = await downloadTo(cached, report).catch((error: Error) => error);
  if (downloadFailure === undefined) return cached;
  if ((await onPath('go')) === undefined) {
    throw new SetupError(
      `Temporal could not be downloaded (${firstLine(downloadFailure)}), and there is no Go to build it with. ` +
        'Check the network; or install the Temporal CLI so that "temporal" is on the PATH; or set TEMPORAL_ADDRESS to a server of yours.',
    );
  }
  await buildTo(cached, report);
  return cached;
}

/** Lets the SDK download the program, by starting it once, and keeps it. */
async function downloadTo(target: string, report: PartReport): Promise<undefined> {
  report.progress('downloading the server (about 60 MB, once)');
  await keepDownload(target, async (downloadDir) => {
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', version: `v${VERSION}`, downloadDir } },
    });
    await environment.teardown();
  });
}

async function buildTo(target: string, report: PartReport): Promise<void> {
  report.progress(
    'no download here: building the server with Go instead (4 to 9 minutes on two cores, once)',
  );
  const startedAt = performance.now();
  const tick = setInterval(
    () => report.progress(`still building, ${Math.round((performance.now() - startedAt) / 1_000)} s so far`),
    PROGRESS_EVERY_MS,
  );
  const folder = join(CACHE, 'build');
  try {
    await runLong('go', ['install', `${GO_PACKAGE}@v${VERSION}`], { GOBIN: folder, GOFLAGS: '' });
    await rename(join(folder, 'temporal'), target);
  } catch (error) {
    throw new SetupError(`Temporal could be neither downloaded nor built. ${(error as Error).message}`);
  } finally {
    clearInterval(tick);
    await rm(folder, { recursive: true, force: true });
  }
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0] ?? '';
}
