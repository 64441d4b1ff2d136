/** Faults, limits, the log of requests and replays: the part of the contract that is about the server itself. */

/** Which requests a fault applies to. */
export interface FaultMatch {
  /** Any method when absent. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The route's pattern, as in the request log (`/channels/:channelId/messages`), or a prefix of it with `*`. */
  route: string;
}

export type FaultKind =
  | { kind: 'error'; status: number; code?: number; message?: string }
  /** Answers as always, but so many milliseconds later. */
  | { kind: 'delay'; ms: number }
  /** The connection is cut, and nothing has happened. */
  | { kind: 'drop-before' }
  /** It happens, and then the connection is cut: the caller cannot know. */
  | { kind: 'drop-after' };

/** A fault rule. The first rule that matches a request applies. */
export interface FaultRule {
  match: FaultMatch;
  /** How many requests it applies to; for ever when absent. */
  times?: number;
  /** It applies to each so many-th of them; to each of them when absent. */
  every?: number;
  fault: FaultKind;
}

export interface FaultState {
  rules: (FaultRule & { applied: number })[];
  /** Discord is away: every connection is refused or cut. ISO time, 'until-cleared', or null when it is there. */
  awayUntil: string | null;
}

export type GatewayAction =
  /** Closes every connection with this code (1001 when absent); sessions can be resumed. */
  | { action: 'disconnect'; code?: number }
  /** Forgets every session: a RESUME gets op 9, and what happened meanwhile is lost to the bot. */
  | { action: 'invalidate' }
  /** Asks every connection to reconnect (op 7). */
  | { action: 'reconnect' };

/** A session of the gateway. */
export interface SessionState {
  sessionId: string;
  connected: boolean;
  intents: number;
  /** The number of the last event. */
  sequence: number;
  identifiedAt: string;
  resumes: number;
}

/** A rate limit: so many requests in so many milliseconds. */
export interface Bucket {
  limit: number;
  perMs: number;
}

/** All limits and waiting periods. `setLimits` takes any part of it. */
export interface Limits {
  /** False: no rate limit at all, on HTTP or the gateway. The waiting periods stay. */
  enforced: boolean;
  /** Per bot over all routes but interactions. */
  global: Bucket;
  /** Invalid answers (401, 403, 429) before the address is banned. */
  invalidRequests: Bucket;
  /** By name of the bucket (rules/buckets.ts); one that is absent has no limit. */
  buckets: Record<string, Bucket>;
  identify: Bucket;
  identifiesPerDay: number;
  gatewaySends: Bucket;
  /** Requests for all members (op 8) per guild. */
  memberRequests: Bucket;
  /** Time for the first answer to an interaction. */
  firstAnswerMs: number;
  interactionTokenMs: number;
  /** How long a nonce is remembered. */
  nonceMs: number;
  /** How long a lost session can be resumed, and with how many missed events. */
  resumeMs: number;
  resumeEvents: number;
  heartbeatMs: number;
}

/** A request to the bot's API. */
export interface RequestEntry {
  id: number;
  /** ISO time of arrival. */
  at: string;
  method: string;
  /** The route's pattern, e.g. `/channels/:channelId/messages`. */
  route: string;
  path: string;
  bucket: string | null;
  /** 0 when the connection was cut by a fault. */
  status: number;
  /** Discord's error code. */
  code: number | null;
  durationMs: number;
  /** What is left in the bucket. */
  remaining: number | null;
  /** Which fault was applied. */
  fault: FaultKind['kind'] | null;
}

/** One exchange in full, when the server records them (`recordExchanges`). */
export interface Exchange {
  method: string;
  route: string;
  path: string;
  query: string;
  /** Whether the body came as JSON or as multipart (then `requestBody` is its `payload_json`). */
  requestType: 'json' | 'multipart' | null;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
}

/** One thing that happens in a replayed day; `atMs` counts from its start. */
export type ReplayStep = { atMs: number } & (
  | { do: 'join'; name: string }
  | { do: 'leave'; name: string }
  | { do: 'write'; name: string; channel: string; content: string }
  /** Reacts to the last message in the channel. */
  | { do: 'react'; name: string; channel: string; emoji: string }
  | { do: 'voice'; name: string; channel: string | null }
);

export interface ReplayState {
  running: boolean;
  stepsDone: number;
  stepsAll: number;
  /** Steps that Discord's rules refused (for instance writing where it is not allowed). */
  stepsRefused: number;
}
