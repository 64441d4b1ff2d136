/** `npm run bench -- NAME [options] [--json FILE]`: measures something beside a baseline in the same run. See README.md. */

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SetupError } from '../scripts/stack/report.ts';
import { distribution } from './distribution/main.ts';
import { engagement } from './engagement/main.ts';
import { events } from './events/main.ts';
import { insights } from './insights/main.ts';
import { leaderboards } from './leaderboards/main.ts';
import { localDiscord } from './local-discord.ts';
import { messages } from './messages/main.ts';
import { onboarding } from './onboarding/main.ts';
import type { Bench } from './support/bench.ts';
import { describeMachine, machineLine } from './support/machine.ts';
import { toText } from './support/table.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  distribution,
  engagement,
  events,
  insights,
  leaderboards,
  'local-discord': localDiscord,
  messages,
  onboarding,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`npm run bench -- ${Object.keys(BENCHES).join('|')} [options] [--json FILE]\n`);
  process.exit(1);
}
const { values } = parseArgs({ args, options: { ...bench.options, json: { type: 'string' } } });
const machine = describeMachine();
const tables = await bench.run(values).catch((error: Error) => {
  if (!(error instanceof RangeError || error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
process.stdout.write(`\n${tables.map(toText).join('\n')}\n${machineLine(machine)}\n`);
if (typeof values.json === 'string')
  await writeFile(
    values.json,
    `${JSON.stringify({ bench: name, arguments: args, machine, tables }, null, 2)}\n`,
  );
