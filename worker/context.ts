import type { REST } from '@discordjs/rest';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Environment } from '../config/environment.ts';
import type { CommunityConfig } from '../config/schema.ts';
import type { Database } from '../database/orm.ts';
import type { Logger } from '../runtime/logger.ts';

/** What the parts of a worker share. */
export interface WorkerContext {
  readonly environment: Environment;
  readonly config: CommunityConfig;
  readonly logger: Logger;
  readonly client: Client;
  readonly database: Database;
  readonly connection: NativeConnection;
  /** The one client of this process for requests to Discord: two would not know of each other's use of a limit. */
  readonly rest: REST;
  /** In ms since 1970: this machine's clock. Tests in which time is skipped have another. */
  readonly now?: () => number;
}
