import { proxyActivities } from '@temporalio/workflow';
import { PLATFORMS } from '../../../domain/platforms.ts';
import type { BareActivities, BarePost, BareResult } from './definition.ts';

const { publishOn } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s' });

/** Publishes a post on all platforms at once. */
export async function bareDistribution(post: BarePost): Promise<BareResult> {
  return Promise.all(PLATFORMS.map((platform) => publishOn(platform, post)));
}
