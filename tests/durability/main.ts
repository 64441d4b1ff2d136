/**
 * Lets members join while everything is killed at random and Discord's answers get lost, and counts what each of them got.
 *
 * `npm run chaos -- onboarding [--joins 200] [--seconds 200] [--kills 25] [--seed N] [--keep-logs]`
 *
 * Exit code 1 if a step was lost or done twice. The seed says what happens and when; what is under way at that moment depends
 * on the machine too, so a failure may need several tries with its seed.
 */

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PartReport, toTerminal } from '../../scripts/stack/report.ts';
import { findTemporalCli } from '../../scripts/stack/temporal-cli.ts';
import { playChaos } from './chaos.ts';
import { describeReport } from './describe.ts';
import { type ChaosSize, SEEDS } from './plan.ts';
import { startProduct } from './product.ts';
import { isExactlyOnce, verdictOf } from './verdict.ts';

interface Settings {
  readonly seed: number;
  readonly size: ChaosSize;
  readonly keepLogs: boolean;
}

const settings = readSettings();
process.exitCode = (await run(settings)) ? 0 : 1;

/** @returns whether each step was done exactly once */
async function run({ seed, size, keepLogs }: Settings): Promise<boolean> {
  const { joins, seconds, kills } = size;
  toTerminal(`\n${joins} joins within ${seconds} s, ${kills} kills, --seed ${seed}\n\n`);
  const product = await startProduct(await findTemporalCli(new PartReport(toTerminal, 'Temporal')));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void product.stop().then(() => process.exit(1)));
  let isRight = false;
  try {
    const report = await playChaos(product, seed, size, toTerminal);
    isRight = isExactlyOnce(verdictOf(report.residents, report.received));
    toTerminal(describeReport(report));
  } catch (error) {
    process.stderr.write(`\n  ✗ ${(error as Error).message}\n`);
  }
  const isWorthALook = keepLogs || !isRight;
  if (isWorthALook) toTerminal(`\nLogs: ${product.logs}\n`);
  await product.stop({ keepFolder: isWorthALook });
  return isRight;
}

function readSettings(): Settings {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      joins: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '200' },
      kills: { type: 'string', default: '25' },
      seed: { type: 'string', default: String(randomInt(SEEDS)) },
      'keep-logs': { type: 'boolean', default: false },
    },
  });
  if (positionals.join() !== 'onboarding') fail('What is to be tried? There is: npm run chaos -- onboarding');
  const size = {
    joins: toCount('joins', values.joins),
    seconds: toCount('seconds', values.seconds),
    kills: toCount('kills', values.kills),
  };
  return { seed: toCount('seed', values.seed), size, keepLogs: values['keep-logs'] };
}

function toCount(option: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) fail(`--${option}: expected a whole number, found "${text}"`);
  return Number(text);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
