/** What clients send to the gateway, and what they are told when it is wrong. */

import { GatewayCloseCodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { parseJson } from '../rules/json.ts';
import { snowflake } from '../rules/scalars.ts';

const payloadSchema = z.object({ op: z.int(), d: z.unknown().optional() });
export const identifySchema = z.object({
  token: z.string(),
  properties: z.record(z.string(), z.unknown()),
  intents: z.int(),
  large_threshold: z.int().min(50).max(250).optional(),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
});
export const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });
export const voiceSchema = z.object({
  guild_id: snowflake,
  channel_id: snowflake.nullable(),
  self_mute: z.boolean().optional(),
  self_deaf: z.boolean().optional(),
});

/** The code and reason with which a connection is closed. */
export type Closing = [code: number, reason: string];

/** Why connections are closed. */
export const closings = {
  malformed: [GatewayCloseCodes.DecodeError, 'Error while decoding payload.'],
  alreadyAuthenticated: [GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.'],
  wrongToken: [GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.'],
  invalidIntents: [GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).'],
  disallowedIntents: [GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).'],
  invalidShard: [GatewayCloseCodes.InvalidShard, 'Invalid shard.'],
} satisfies Record<string, Closing>;

/** The payload, or undefined when it is none. */
export function parsePayload(data: Buffer): { op: number; d?: unknown } | undefined {
  try {
    const payload = payloadSchema.safeParse(parseJson(data.toString()));
    return payload.success ? payload.data : undefined;
  } catch {
    return undefined;
  }
}
