/** Points in a test's database, as flows award them, and what came of them. */

import { award, type WrittenEntry } from '../../database/points.ts';
import type { Award } from '../../domain/recognition.ts';
import type { WorkerContext } from '../../worker/context.ts';

/** What a test's ledger is in. */
type LedgerContext = Pick<WorkerContext, 'environment' | 'config' | 'database'>;

/** The ledger of a test's guild. */
export function ledgerOf({ environment, config }: Omit<LedgerContext, 'database'>) {
  return { guildId: environment.DISCORD_GUILD_ID, settings: config.recognition };
}

/** Awards points in the test's guild. */
export function give(context: LedgerContext, ...awards: readonly Award[]): Promise<WrittenEntry[]> {
  return context.database.em
    .fork()
    .transactional((transaction) => award(transaction, ledgerOf(context), awards));
}
