import type { Client as TemporalClient } from '@temporalio/client';
import type { Environment } from '../config/environment.ts';
import type { CommunityConfig } from '../config/schema.ts';
import type { Database } from '../database/orm.ts';
import type { Logger } from '../runtime/logger.ts';
import type { EventHandOver } from './hand-over.ts';

/** What the handlers work with. */
export interface BotContext {
  readonly environment: Environment;
  readonly config: CommunityConfig;
  readonly logger: Logger;
  readonly client: TemporalClient;
  /** For what many do and no workflow has to know of; the rest goes to Temporal. */
  readonly database: Database;
  readonly handOver: EventHandOver;
  /** How long Temporal may take over what one interaction asks for, in ms. */
  readonly deadlineMs: number;
}
