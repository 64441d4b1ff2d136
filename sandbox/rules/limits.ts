/** How much is allowed, and how long things wait. The control API changes any of it while the server runs. */

import type { Limits } from '../control/api.ts';

/**
 * The limits as Discord documents them, or (for the buckets, which Discord only tells by headers) as they are seen
 * in practice. A bucket counts for each channel, guild or webhook by itself.
 */
const strictLimits: Limits = {
  enforced: true,
  global: { limit: 50, perMs: 1000 },
  invalidRequests: { limit: 10_000, perMs: 600_000 },
  buckets: {
    'send-message': { limit: 5, perMs: 5000 },
    'edit-message': { limit: 5, perMs: 5000 },
    'delete-message': { limit: 5, perMs: 1000 },
    'bulk-delete': { limit: 1, perMs: 1000 },
    'read-messages': { limit: 5, perMs: 1000 },
    'read-message': { limit: 5, perMs: 1000 },
    'change-reactions': { limit: 1, perMs: 300 },
    'read-reactions': { limit: 10, perMs: 1000 },
    pins: { limit: 5, perMs: 4000 },
    typing: { limit: 5, perMs: 5000 },
    'change-channel': { limit: 5, perMs: 15_000 },
    'create-channel': { limit: 10, perMs: 60_000 },
    'channel-permissions': { limit: 10, perMs: 15_000 },
    'create-thread': { limit: 10, perMs: 10_000 },
    'thread-members': { limit: 10, perMs: 5000 },
    'change-member-roles': { limit: 10, perMs: 10_000 },
    'change-member': { limit: 10, perMs: 10_000 },
    'remove-member': { limit: 5, perMs: 1000 },
    'list-members': { limit: 10, perMs: 10_000 },
    'search-members': { limit: 10, perMs: 10_000 },
    'read-member': { limit: 5, perMs: 1000 },
    bans: { limit: 10, perMs: 10_000 },
    'change-roles': { limit: 10, perMs: 60_000 },
    'open-dm': { limit: 10, perMs: 10_000 },
    'change-commands': { limit: 5, perMs: 20_000 },
    'change-events': { limit: 5, perMs: 10_000 },
    'read-events': { limit: 10, perMs: 10_000 },
    'create-invite': { limit: 5, perMs: 15_000 },
    'read-invites': { limit: 10, perMs: 10_000 },
    'audit-log': { limit: 10, perMs: 10_000 },
    webhook: { limit: 5, perMs: 2000 },
    'change-webhooks': { limit: 5, perMs: 5000 },
    'voice-state': { limit: 10, perMs: 10_000 },
    'read-guild': { limit: 10, perMs: 10_000 },
    'change-guild': { limit: 5, perMs: 10_000 },
    'read-user': { limit: 30, perMs: 30_000 },
    'read-channel': { limit: 10, perMs: 10_000 },
  },
  identify: { limit: 1, perMs: 5000 },
  identifiesPerDay: 1000,
  gatewaySends: { limit: 120, perMs: 60_000 },
  memberRequests: { limit: 1, perMs: 30_000 },
  firstAnswerMs: 3000,
  interactionTokenMs: 900_000,
  nonceMs: 180_000,
  resumeMs: 120_000,
  resumeEvents: 20_000,
  heartbeatMs: 41_250,
};

/** The strict limits, or (off) the same without any counting. */
export function limitsFor(mode: 'strict' | 'off'): Limits {
  return { ...structuredClone(strictLimits), enforced: mode === 'strict' };
}
