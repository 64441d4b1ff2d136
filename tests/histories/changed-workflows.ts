import { sleep } from '@temporalio/workflow';
import type { OnboardingInput, OnboardingResult } from '../../workflows/definitions/onboarding.ts';
import { onboarding as current } from '../../workflows/onboarding.ts';

/** The onboarding with a pause before everything else, put in without `patched()`: running ones could not go on. */
export async function onboarding(input: OnboardingInput): Promise<OnboardingResult> {
  await sleep('1s');
  return current(input);
}
