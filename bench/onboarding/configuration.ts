/** What each measurement lays over `config/community.yaml`, and why. The only place where these benchmarks change what runs. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { OnboardingSettings, StepTemplate } from '../../domain/onboarding.ts';

/** Longer than any measurement. */
const NEVER = '30d';
/** An onboarding lasts longer than until its last step. */
const LONGER_THAN_NEVER = '31d';

const OVERLAYS = {
  /** Each member alone, and nothing after the welcome: it would be carried out while others are timed. */
  welcome: ({ steps }: OnboardingSettings) => ({
    burst: { window: '0s' },
    completion: { within: LONGER_THAN_NEVER },
    steps: steps.map((step) => timed(step, step.to === 'channel' ? step.after : NEVER)),
  }),
  /**
   * All that happens in a raid, but nothing that waits by itself: every step is due within seconds, so that Discord's
   * limits alone hold them back, and nobody is waited for to introduce themselves.
   */
  raid: ({ steps }: OnboardingSettings) => ({
    burst: { window: '5s', raid: { calm: '5s' } },
    completion: { within: `${steps.length}s` },
    steps: steps.map((step, place) => timed(step, `${place}s`)),
  }),
  /** The onboardings bring a step of their own, see open.ts: none of them is to be gathered, and so many are no raid. */
  open: () => ({ burst: { window: '0s' } }),
} as const;

/** The files to run ours with, for the measurement `name`. The overlay is kept in `folder`. */
export async function filesFor(name: keyof typeof OVERLAYS, folder: string): Promise<string[]> {
  const { onboarding } = await loadConfig([COMMUNITY_FILE]);
  const overlay = join(folder, `${name}.yaml`);
  await writeFile(overlay, stringify({ onboarding: OVERLAYS[name](onboarding) }));
  return [COMMUNITY_FILE, overlay];
}

function timed({ name }: StepTemplate, after: string) {
  return { name, after };
}
