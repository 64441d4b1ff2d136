import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT_MISCONFIGURED, type ReadyMessage } from '../../runtime/process.ts';
import { SetupError } from './report.ts';

/** How a part is run. Every part is a Node program that sends a `ReadyMessage` over its channel. */
export interface PartPlan {
  readonly name: string;
  /** The program, and its arguments. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Flags for Node itself. */
  readonly nodeFlags?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly readyWithinMs: number;
}

const STOP_WITHIN_MS = 20_000;
/** A part that dies as often as this within a minute is not started again. */
const RESTARTS_PER_MINUTE = 5;
const RESTART_PAUSE_MS = 1_000;
const ERROR_LINES_SHOWN = 12;

/**
 * A process of the stack, in a process group of its own, so that Ctrl-C in the terminal reaches it through us alone, in its turn.
 * If it dies, it is started again; if we die, its channel closes and it ends by itself.
 */
export class Part {
  readonly plan: PartPlan;
  readonly #onFailure: (error: SetupError) => void;
  #child: ChildProcess | undefined;
  #log: WriteStream | undefined;
  #stopping = false;
  #isInLine = false;
  #recentErrors: string[] = [];
  #recentDeaths: number[] = [];

  /** @param onFailure told when the part has died for good */
  constructor(plan: PartPlan, onFailure: (error: SetupError) => void) {
    this.plan = plan;
    this.#onFailure = onFailure;
  }

  /** The id of the process, and of its group. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Whether it was ready to work at its last start, but had to wait for its turn. */
  get isInLine(): boolean {
    return this.#isInLine;
  }

  /** Starts it and waits until it is ready. @throws SetupError with what it said, if it ends or takes too long */
  async start(): Promise<void> {
    await mkdir(this.plan.logFolder, { recursive: true });
    this.#log ??= createWriteStream(this.#logFile, { flags: 'a' });
    await this.#spawnAndWait();
  }

  /** Asks it to finish what it holds and waits until it has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child !== undefined && isRunning(child)) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const late = await Promise.race([ended, pause(STOP_WITHIN_MS, 'late', { ref: false })]);
      if (late === 'late') this.kill();
      await ended;
    }
    await new Promise<void>((resolve) =>
      this.#log === undefined ? resolve() : this.#log.end(() => resolve()),
    );
  }

  /** Kills it and whatever it has started, at once, as a crash would. It is then started again, unless it is being stopped. */
  kill(): void {
    if (this.#child !== undefined && isRunning(this.#child)) killGroup(this.#child);
  }

  get #logFile(): string {
    return join(this.plan.logFolder, `${this.plan.name}.log`);
  }

  async #spawnAndWait(): Promise<void> {
    const { nodeFlags = [], program, args = [] } = this.plan;
    const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...this.plan.environment },
    });
    this.#child = child;
    this.#recentErrors = [];
    // A server whose host program has crashed would go on, hold its port, and let no other be started.
    child.once('exit', () => killGroup(child));
    child.stdout?.on('data', (chunk: Buffer) => this.#log?.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#noteErrors(chunk));
    await this.#untilReady(child);
    child.once('exit', (code) => this.#onDeath(code));
  }

  #untilReady(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new SetupError(`${this.plan.name} was not ready in time. Look into ${this.#logFile}`));
        this.kill();
      }, this.plan.readyWithinMs);
      child.once('message', ({ isInLine = false }: ReadyMessage) => {
        this.#isInLine = isInLine;
        resolve();
      });
      child.once('error', reject);
      child.once('close', (code) => reject(this.#deathOf(code)));
      child.once('message', () => clearTimeout(late));
      child.once('close', () => clearTimeout(late));
    });
  }

  #noteErrors(chunk: Buffer): void {
    this.#log?.write(chunk);
    this.#recentErrors = [...this.#recentErrors, ...chunk.toString().split('\n').filter(Boolean)].slice(
      -ERROR_LINES_SHOWN,
    );
  }

  #deathOf(code: number | null): SetupError {
    const said = this.#recentErrors.join('\n');
    if (code === EXIT_MISCONFIGURED && said !== '') return new SetupError(said);
    return new SetupError(
      `${this.plan.name} has ended (${code ?? 'killed'}). ${said}\nLook into ${this.#logFile}`,
    );
  }

  #onDeath(code: number | null): void {
    if (this.#stopping) return;
    const now = Date.now();
    this.#recentDeaths = [...this.#recentDeaths.filter((time) => now - time < 60_000), now];
    const hopeless = code === EXIT_MISCONFIGURED || this.#recentDeaths.length > RESTARTS_PER_MINUTE;
    if (hopeless) {
      this.#onFailure(this.#deathOf(code));
      return;
    }
    this.#spawnAndWait().catch(async () => {
      // What it left behind may take a moment to go: the lock file of a PostgreSQL that was killed, for one.
      await pause(RESTART_PAUSE_MS);
      this.#onDeath(this.#child?.exitCode ?? null);
    });
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Kills a process and whatever it has started, as far as they still are there. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
