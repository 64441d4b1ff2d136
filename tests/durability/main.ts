/**
 * Kills everything at random and counts what came of it.
 *
 * `npm run chaos -- onboarding [--joins 200] [--seconds 200] [--kills 25] [--seed N] [--keep-logs]` lets members join, while Discord's
 * answers get lost too. Wrong is a step that was lost or done twice.
 *
 * `npm run chaos -- recognition [--messages 50000] [--reactions 5000] [--seconds 300] [--kills 12] [--seed N] [--keep-logs]` lets members
 * write and thank each other while bot and PostgreSQL are killed. Wrong is an entry of the ledger that Discord does not say.
 *
 * `npm run chaos -- events [--events 8] [--members 20] [--seconds 120] [--kills 15] [--seed N] [--keep-logs]` holds events while all four are
 * killed. Wrong is a reminder, thanks, report or point that was lost or came twice.
 *
 * `npm run chaos -- distribution [--posts 200] [--seconds 300] [--kills 15] [--every 5] [--seed N] [--keep-logs]` publishes
 * posts on all platforms while all four are killed and each fifth request to a platform is disturbed. Wrong is a post that is lost or published twice.
 *
 * Exit code 1 if something is wrong. The seed says what happens and when; what is under way at that moment depends on the machine
 * too, so a failure may need several tries with its seed.
 */

import { randomInt } from 'node:crypto';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { PartReport, toTerminal } from '../../scripts/stack/report.ts';
import { findTemporalCli } from '../../scripts/stack/temporal-cli.ts';
import { playChaos } from './chaos.ts';
import { describeReport } from './describe.ts';
import { DISTRIBUTION_SETTING, isAllPublished, playDistributionChaos } from './distribution-chaos.ts';
import { describeDistributionReport } from './distribution-describe.ts';
import { isNothingLostOrTwice } from './distribution-verdict.ts';
import { EVENT_SETTING, playEventChaos } from './event-chaos.ts';
import { describeEventReport } from './event-describe.ts';
import { isOnceEach } from './event-verdict.ts';
import { SEEDS } from './plan.ts';
import { type Product, type ProductSetting, startProduct } from './product.ts';
import { playRecognitionChaos, RECOGNITION_SETTING } from './recognition-chaos.ts';
import { describeRecognitionReport } from './recognition-describe.ts';
import { isLedgerRight } from './recognition-verdict.ts';
import { isExactlyOnce, verdictOf } from './verdict.ts';

/** More of a kind than happen in a run. */
const MOST_FAULTS = 300;

/** What can be tried. */
interface Trial {
  /** How much is to happen, by the names of the options. */
  readonly size: Readonly<Record<string, number>>;
  readonly setting: ProductSetting;
  /** Plays it, and says what happened. Gives whether all is right. */
  play(product: Product, seed: number, count: (option: string) => number): Promise<boolean>;
}

const TRIALS: Readonly<Record<string, Trial>> = {
  onboarding: {
    size: { joins: 200, seconds: 200, kills: 25 },
    setting: { changes: {}, members: 0 },
    async play(product, seed, count) {
      const size = { joins: count('joins'), seconds: count('seconds'), kills: count('kills') };
      const report = await playChaos(product, seed, size, toTerminal);
      toTerminal(describeReport(report));
      return isExactlyOnce(verdictOf(report.residents, report.received));
    },
  },
  recognition: {
    size: { messages: 50_000, reactions: 5_000, seconds: 300, kills: 12 },
    setting: RECOGNITION_SETTING,
    async play(product, seed, count) {
      const size = {
        ...{ messages: count('messages'), reactions: count('reactions') },
        ...{ seconds: count('seconds'), kills: count('kills') },
      };
      const report = await playRecognitionChaos(product, seed, size, toTerminal);
      toTerminal(describeRecognitionReport(report));
      return isLedgerRight(report.verdict);
    },
  },
  events: {
    size: { events: 8, members: 20, seconds: 120, kills: 15 },
    setting: EVENT_SETTING,
    async play(product, seed, count) {
      const size = {
        ...{ events: count('events'), members: count('members') },
        ...{ seconds: count('seconds'), kills: count('kills') },
      };
      const report = await playEventChaos(product, seed, size, toTerminal);
      toTerminal(describeEventReport(report));
      return isOnceEach(report.verdict);
    },
  },
  distribution: {
    size: { posts: 200, seconds: 300, kills: 15, every: 5 },
    setting: DISTRIBUTION_SETTING,
    async play(product, seed, count) {
      const size = {
        ...{ posts: count('posts'), seconds: count('seconds') },
        ...{ kills: count('kills'), every: count('every'), faults: MOST_FAULTS, timeOuts: true },
      };
      const report = await playDistributionChaos(product, seed, size, toTerminal);
      toTerminal(describeDistributionReport(report));
      return isNothingLostOrTwice(report.verdict) && isAllPublished(report.repaired);
    },
  },
};

process.exitCode = (await run()) ? 0 : 1;

/** @returns whether nothing was lost or done twice */
async function run(): Promise<boolean> {
  const { trial, seed, counts, keepLogs } = readSettings();
  const said = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  toTerminal(`\n${said}, --seed ${seed}\n\n`);
  const cli = await findTemporalCli(new PartReport(toTerminal, 'Temporal'));
  const product = await startProduct(cli, trial.setting);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void product.stop().then(() => process.exit(1)));
  let isRight = false;
  try {
    isRight = await trial.play(product, seed, (option) => counts.get(option) ?? 0);
  } catch (error) {
    process.stderr.write(`\n  ✗ ${(error as Error).message}\n`);
  }
  const isWorthALook = keepLogs || !isRight;
  if (isWorthALook) toTerminal(`\nLogs: ${product.logs}\n`);
  await product.stop({ keepFolder: isWorthALook });
  return isRight;
}

function readSettings() {
  const name = process.argv[2] ?? '';
  const trial = Object.hasOwn(TRIALS, name) ? TRIALS[name] : undefined;
  if (trial === undefined) fail(`What is to be tried? There is: ${Object.keys(TRIALS).join(', ')}`);
  const options: ParseArgsOptionsConfig = {
    seed: { type: 'string', default: String(randomInt(SEEDS)) },
    'keep-logs': { type: 'boolean', default: false },
  };
  for (const [option, standard] of Object.entries(trial.size))
    options[option] = { type: 'string', default: String(standard) };
  const { values } = parseArgs({ args: process.argv.slice(3), options });
  const count = (option: string) => toCount(option, String(values[option]));
  const counts = new Map(Object.keys(trial.size).map((option) => [option, count(option)]));
  return { trial, seed: count('seed'), counts, keepLogs: values['keep-logs'] === true };
}

function toCount(option: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) fail(`--${option}: expected a whole number, found "${text}"`);
  return Number(text);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
