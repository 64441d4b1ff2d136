/** A made-up day of a community, from a seed. */

import type { ReplayStep } from '../control/api.ts';
import type { Random } from '../state/random.ts';
import { seededRandom } from '../state/random.ts';

export interface DayPlan {
  seed: number;
  /** Who is there already. */
  names: string[];
  /** Where they write. */
  channels: string[];
  messages: number;
}

const dayMs = 24 * 60 * 60 * 1000;
/** How lively each hour is, from midnight on. */
const hourWeights = [2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 8, 8, 9, 10, 12, 14, 14, 12, 8, 4] as const;
const sentences = [
  'Has anyone tried the new operators?',
  'Here is what I made today.',
  'How do I sync this to the beat?',
  'That looks great!',
  'Thank you, that helped a lot.',
  'I get an error when I export the video.',
  'Try the tutorial, it explains this step by step.',
  'See you at the meet-up tonight.',
] as const;
const emojis = ['👍', '❤️', '🎉', '🔥', '👀'] as const;

/** Joins, messages, reactions and a few who leave, in the order of time. */
export function inventDay(plan: DayPlan): ReplayStep[] {
  const random = seededRandom(plan.seed);
  const joins = Math.max(1, Math.round(plan.messages / 100));
  const steps: ReplayStep[] = [];
  for (let index = 0; index < joins; index++) {
    const name = `Newcomer ${plan.seed}-${index + 1}`;
    const atMs = timeOfDay(random);
    steps.push({ atMs, do: 'join', name });
    if (random.fraction() < 0.1) steps.push({ atMs: Math.min(dayMs, atMs + dayMs / 24), do: 'leave', name });
  }
  const { names, channels } = plan;
  if (!isFilled(names) || !isFilled(channels)) return inOrder(steps);
  for (let index = 0; index < plan.messages; index++) {
    const who = { name: random.pick(names), channel: random.pick(channels) };
    const atMs = timeOfDay(random);
    steps.push({ atMs, do: 'write', ...who, content: random.pick(sentences) });
    if (random.fraction() < 0.3)
      steps.push({ atMs: atMs + 1000, do: 'react', ...who, emoji: random.pick(emojis) });
  }
  return inOrder(steps);
}

function isFilled<T>(values: T[]): values is [T, ...T[]] {
  return values.length > 0;
}

function timeOfDay(random: Random): number {
  const all = hourWeights.reduce<number>((sum, weight) => sum + weight, 0);
  let rest = random.below(all);
  let hour = 0;
  while (rest >= (hourWeights[hour] ?? 0)) {
    rest -= hourWeights[hour] ?? 1;
    hour++;
  }
  return Math.round(((hour + random.fraction()) / 24) * dayMs);
}

function inOrder(steps: ReplayStep[]): ReplayStep[] {
  return steps.sort((a, b) => a.atMs - b.atMs);
}
