import { proxyActivities } from '@temporalio/workflow';
import type { Stay } from '../../../domain/onboarding.ts';
import type { BareActivities } from './definition.ts';

/** Welcomes a member by one activity on the queue `taskQueue`. */
export async function bareWelcome(stay: Stay, taskQueue: string): Promise<void> {
  const { welcome } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s', taskQueue });
  await welcome(stay);
}
