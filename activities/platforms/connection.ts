/** How a platform is come by: in the name of an account that somebody has connected, or, on Discord, as the bot. */

import type { FiguresOutcome } from '../../domain/engagement.ts';
import {
  type AccountPlatform,
  type EditOutcome,
  type LookUpOutcome,
  type NotPublished,
  PLATFORM_LABELS,
  type PublishingAccount,
  type PublishOutcome,
} from '../../domain/platforms.ts';
import type { Accounts, AccountUse } from './accounts.ts';
import type { ConnectPublisher, PlatformAccess, Publisher } from './publisher.ts';

/** Why nothing can be sent to a platform at the moment. */
type NoConnection = Extract<NotPublished, { kind: 'rate-limited' | 'authorisation expired' }>;

/** A platform that can be spoken to. */
interface Connected {
  readonly kind: 'connected';
  readonly publisher: Publisher;
  /** In whose name; null: as the bot. */
  readonly account: PublishingAccount | null;
  /** The same with another token, after the platform has refused this one. */
  renew(): Promise<Connection>;
  /** Says that the platform takes nothing before `until` (ms since 1970). */
  limit(until: number): Promise<void>;
}

type Connection = Connected | NoConnection;

/** Gives the platform, if it can be spoken to. */
export type Connect = () => Promise<Connection>;

/** A platform in the name of its account. */
export function connectByAccount(
  platform: AccountPlatform,
  accounts: Accounts,
  connect: ConnectPublisher,
): Connect {
  return async () => toConnection(await accounts.use(platform));

  function toConnection(use: AccountUse): Connection {
    switch (use.kind) {
      case 'usable':
        return connected(use.access);
      case 'limited':
        return { kind: 'rate-limited', until: use.until };
      case 'expired':
        return { kind: 'authorisation expired', reason: use.reason };
      case 'not connected':
        return { kind: 'authorisation expired', reason: whyNotConnected(platform) };
    }
  }

  function connected(access: PlatformAccess): Connected {
    return {
      kind: 'connected',
      publisher: connect(access),
      account: { id: access.accountId, name: access.accountName },
      renew: async () => toConnection(await accounts.renew(platform, access)),
      limit: (until) => accounts.limit(platform, until),
    };
  }
}

function whyNotConnected(platform: AccountPlatform): string {
  return `no account on ${PLATFORM_LABELS[platform]} is connected: npm run connect -- ${platform}`;
}

/** A platform on which nobody's consent is needed: its client waits for limits by itself, and its token is never renewed. */
export function connectAlways(publisher: Publisher): Connect {
  const connection: Connected = {
    kind: 'connected',
    publisher,
    account: null,
    renew: async () => connection,
    limit: async () => undefined,
  };
  return async () => connection;
}

/** A platform for reading alone. Its limits on that are not those on publishing, so nobody else is told of them. */
export function connectToRead(connect: Connect): Connect {
  return async () => forReading(await connect());
}

function forReading(connection: Connection): Connection {
  if (connection.kind !== 'connected') return connection;
  return {
    ...connection,
    renew: async () => forReading(await connection.renew()),
    limit: async () => undefined,
  };
}

/** All media are on the platform, in the name of this account. */
export interface Uploaded {
  readonly kind: 'uploaded';
  readonly account: PublishingAccount | null;
}

/** What came of asking a platform for something. Undefined: nothing is in the way. */
export type PlatformResult =
  | PublishOutcome
  | LookUpOutcome
  | EditOutcome
  | Uploaded
  | FiguresOutcome
  | undefined;

/**
 * Does `work` on a platform. Where it refuses the token, which it does before it does anything, it is done once more with another,
 * which may be another account's by then; where it names a limit, others are told.
 */
export async function withConnection<Result extends PlatformResult>(
  connect: Connect,
  work: (publisher: Publisher, account: PublishingAccount | null) => Promise<Result>,
): Promise<Result | Exclude<NotPublished, { kind: 'rejected' }>> {
  const connection = await connect();
  if (connection.kind !== 'connected') return connection;
  const result = await noteLimit(connection, await work(connection.publisher, connection.account));
  if (result?.kind !== 'authorisation expired') return result;
  const renewed = await connection.renew();
  if (renewed.kind !== 'connected') return renewed;
  const second = await noteLimit(renewed, await work(renewed.publisher, renewed.account));
  if (second?.kind !== 'authorisation expired') return second;
  // Nobody can mend that by connecting the account: it has just been.
  return { kind: 'unavailable', reason: `it refuses a token that it has just given: ${second.reason}` };
}

async function noteLimit<Result extends PlatformResult>(
  connection: Connected,
  result: Result,
): Promise<Result> {
  if (result?.kind === 'rate-limited') await connection.limit(result.until);
  return result;
}
