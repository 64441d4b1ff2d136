import type { Client as TemporalClient } from '@temporalio/client';
import type { Environment } from '../config/environment.ts';
import type { CommunityConfig } from '../config/schema.ts';
import type { Logger } from '../runtime/logger.ts';
import type { EventHandOver } from './hand-over.ts';

/** What the handlers work with. */
export interface BotContext {
  readonly environment: Environment;
  readonly config: CommunityConfig;
  readonly logger: Logger;
  readonly client: TemporalClient;
  readonly handOver: EventHandOver;
  /** How long Temporal may take over what one interaction asks for, in ms. */
  readonly deadlineMs: number;
}
