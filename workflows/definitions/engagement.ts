import { defineQuery, defineSignal } from '@temporalio/workflow';
import { type CollectionOutcome, engagementId } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it: it reads the figures of all posts of a guild, and ends when none is due any more. */
export const ENGAGEMENT = 'engagement';

/** What it starts with. */
export interface EngagementInput {
  readonly guildId: GuildId;
  /** Platforms that cannot be read before a time (ms since 1970): handed on when it goes on as a new run. */
  readonly held?: readonly HeldPlatform[];
}

/** A platform that cannot be read now. */
export interface HeldPlatform {
  readonly platform: Platform;
  readonly kind: Exclude<CollectionOutcome['kind'], 'read'>;
  readonly until: number;
  readonly reason: string;
}

/** Where it stands. Times in ms since 1970. */
export interface EngagementProgress {
  readonly nextAt: number | undefined;
  readonly held: readonly HeldPlatform[];
  /** Since this run began. */
  readonly taken: number;
  readonly requests: number;
}

/** More is to be read than it knows of, or an account was connected: it looks anew. */
export const readingsPlanned = defineSignal<[], 'readingsPlanned'>('readingsPlanned');

/** Where it stands. */
export const getEngagementProgress = defineQuery<EngagementProgress, [], 'getEngagementProgress'>(
  'getEngagementProgress',
);

/** How it is told that readings were planned. It runs while one is due or will be, and is started again with the next post. */
export function tellReadingsPlanned(guildId: GuildId) {
  return {
    workflowId: engagementId(guildId),
    taskQueue: taskQueues(guildId).community,
    args: [{ guildId }] as [EngagementInput],
    signal: readingsPlanned,
    signalArgs: [] as [],
    staticSummary: 'Reads what became of posts',
    typedSearchAttributes: searchAttributes(guildId, ENGAGEMENT),
  };
}
