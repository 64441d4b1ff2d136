import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Sealer } from '../../runtime/sealing.ts';
import type { Connect } from './connection.ts';

/** What the activities on a platform work with. */
export interface PlatformContext {
  readonly platform: Platform;
  readonly connect: Connect;
  readonly database: Database;
  readonly config: CommunityConfig;
  readonly logger: Logger;
  /** Undefined where there is no key to encrypt with: then uploads are not continued, but begun anew. */
  readonly sealer: Sealer | undefined;
  /** In ms since 1970: for waits, never for a rule of the business. */
  now(): number;
}
