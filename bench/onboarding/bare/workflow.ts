import { proxyActivities } from '@temporalio/workflow';
import type { Stay } from '../../../domain/onboarding.ts';
import type { BareActivities } from './definition.ts';

const { welcome } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s' });

/** Welcomes a member by one activity. */
export async function bareWelcome(stay: Stay): Promise<void> {
  await welcome(stay);
}
