import { spawn } from 'node:child_process';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { keepDownload } from './download.ts';
import { firstExecutable, onPath, runLong } from './executables.ts';
import { CACHE } from './paths.ts';
import { freePort } from './ports.ts';
import { type PartReport, SetupError } from './report.ts';
import { untilTemporalAnswers } from './temporal-answers.ts';

const VERSION = '1.38.0';
const MAIN_CLASS = 'io.temporal.testserver.TestServer';
const NAME = 'temporal-test-server';
const JVM_WITHIN_MS = 60_000;

/** How the SDK is told where the server is. */
export type TestServerExecutable = { type: 'existing-path'; path: string };

/**
 * Finds Temporal's test server that skips time, or brings it: on the PATH, in our cache, by the SDK's download, from Maven
 * Central (which needs a Java and Maven).
 *
 * @throws SetupError with what can be done, if there is no way to it
 */
export async function findTimeSkippingServer(report: PartReport): Promise<TestServerExecutable> {
  const downloaded = join(CACHE, NAME);
  const fromMaven = join(CACHE, `${NAME}-${VERSION}`);
  const found = (await onPath(NAME)) ?? (await firstExecutable([downloaded, join(fromMaven, NAME)]));
  if (found !== undefined) return { type: 'existing-path', path: found };
  await mkdir(CACHE, { recursive: true });
  const failure = await downloadTo(downloaded, report).catch((error: Error) => error);
  if (failure === undefined) return { type: 'existing-path', path: downloaded };
  if ((await onPath('mvn')) === undefined || (await onPath('java')) === undefined) {
    throw new SetupError(
      `Temporal's time-skipping server could not be downloaded (${failure.message.split('\n')[0]}), and there is no Java with Maven to bring it. ` +
        `Check the network, or put ${NAME} on the PATH.`,
    );
  }
  await bringByMaven(fromMaven, report);
  return { type: 'existing-path', path: join(fromMaven, NAME) };
}

/** Lets the SDK download the server, by starting it once, and keeps it. */
async function downloadTo(target: string, report: PartReport): Promise<undefined> {
  report.progress('downloading the time-skipping server (once)');
  await keepDownload(target, async (downloadDir) => {
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'cached-download', downloadDir } },
    });
    await environment.teardown();
  });
}

async function bringByMaven(target: string, report: PartReport): Promise<void> {
  report.progress('no download here: bringing the time-skipping server by Maven instead (38 MB, once)');
  const folder = `${target}.new`;
  const jars = join(folder, 'jars');
  await rm(folder, { recursive: true, force: true });
  await mkdir(jars, { recursive: true });
  await writeFile(join(folder, 'pom.xml'), projectFile());
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'];
  await runLong('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...goal]).catch((error: Error) => {
    throw new SetupError(
      `Temporal's time-skipping server could be neither downloaded nor had by Maven. ${error.message}`,
    );
  });
  await writeFile(join(folder, NAME), launcher());
  await chmod(join(folder, NAME), 0o755);
  await rename(folder, target);
  await shareClasses(target, report);
}

function projectFile(): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tixl</groupId><artifactId>time-skipping-server</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version>
  </dependency></dependencies>
</project>
`;
}

/** The SDK gives the server five seconds. With classes shared and the quickest compiler a busy machine makes that. */
function launcher(): string {
  return `#!/bin/sh
here=$(dirname "$0")
exec java -XX:SharedArchiveFile="$here/classes.jsa" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \\
  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$here/jars/*" ${MAIN_CLASS} "$@"
`;
}

/** Runs the server once so that Java keeps its classes ready: it then starts in about a quarter of the time. */
async function shareClasses(folder: string, report: PartReport): Promise<void> {
  report.progress('preparing its classes, so that it starts quickly');
  const port = await freePort();
  const options = [`-XX:ArchiveClassesAtExit=${join(folder, 'classes.jsa')}`, '-XX:+UseSerialGC'];
  const java = spawn('java', [...options, '-cp', join(folder, 'jars/*'), MAIN_CLASS, String(port)], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => java.once('exit', () => resolve()));
  const isOver = new AbortController();
  ended.then(() => isOver.abort());
  const deadline = AbortSignal.timeout(JVM_WITHIN_MS);
  await untilTemporalAnswers(`127.0.0.1:${port}`, AbortSignal.any([deadline, isOver.signal]));
  java.kill('SIGTERM');
  await ended;
}
