/** `npm run points -- check|rebuild`: whether totals are what the ledger says, and making them anew from it. */

import { readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { countWrongSteps } from '../database/leaderboard-steps.ts';
import { openDatabase } from '../database/orm.ts';
import type { Ledger } from '../database/points.ts';
import { findWrongTotals, rebuildTotals } from '../database/totals.ts';

/** How many differences are printed. */
const PRINTED = 100;

const [command] = process.argv.slice(2);
if (command !== 'check' && command !== 'rebuild') {
  process.stderr.write('npm run points -- check|rebuild\n');
  process.exit(1);
}

const environment = readEnvironment(process.env);
const { recognition } = await loadConfig(environment.COMMUNITY_CONFIG);
const ledger: Ledger = { guildId: environment.DISCORD_GUILD_ID, settings: recognition };
const database = openDatabase(environment.DATABASE_URL);
try {
  if (command === 'rebuild') await rebuildTotals(database.em, ledger);
  process.exitCode = await printDifferences();
} finally {
  await database.close();
}

/** Gives the exit code: 1 if something differs. */
async function printDifferences(): Promise<number> {
  const found = await findWrongTotals(database.em.fork(), ledger, PRINTED);
  const wrongSteps = await countWrongSteps(database.em.fork(), ledger.guildId);
  for (const { memberId, measure, period, total, ledger: right } of found)
    process.stdout.write(
      `${memberId} ${measure} ${period}: total ${total ?? 'missing'}, ledger ${right ?? 'nothing'}\n`,
    );
  if (found.length === 0) process.stdout.write('All totals are what the ledger says.\n');
  else if (found.length === PRINTED) process.stdout.write('There may be more.\n');
  if (wrongSteps > 0)
    process.stdout.write(`${wrongSteps} steps of leaderboards do not have as many members as totals say\n`);
  return found.length === 0 && wrongSteps === 0 ? 0 : 1;
}
