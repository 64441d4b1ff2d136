/** What each measurement lays over `config/community.yaml`, and why. The only place where the bench changes what runs. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { Duration } from '../../domain/duration.ts';
import type { StepTemplate } from '../../domain/onboarding.ts';

/** Longer than any measurement. */
const NEVER: Duration = '30d';

/** Gives a step the time at which it is due. */
type Timing = (step: StepTemplate, place: number) => Duration;

const TIMINGS = {
  /** The welcome alone: what comes later would be carried out while others are timed. */
  welcome: (step) => (step.to === 'channel' ? step.after : NEVER),
  /** Every step, one second after the other: what holds them back is then Discord's limits alone. */
  raid: (_, place) => `${place}s`,
  /** As configured: the onboardings bring steps of their own, see open.ts. */
  open: (step) => step.after,
} as const satisfies Readonly<Record<string, Timing>>;

/** The files to run ours with, for the measurement `name`. The overlay is kept in `folder`. */
export async function filesFor(name: keyof typeof TIMINGS, folder: string): Promise<string[]> {
  const { onboarding } = await loadConfig([COMMUNITY_FILE]);
  const steps = onboarding.steps.map((step, place) => ({
    name: step.name,
    after: TIMINGS[name](step, place),
  }));
  const overlay = join(folder, `${name}.yaml`);
  await writeFile(overlay, stringify({ onboarding: { steps } }));
  return [COMMUNITY_FILE, overlay];
}
