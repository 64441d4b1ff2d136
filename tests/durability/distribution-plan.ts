/** What happens in a run of chaos with posts, and when: drawn from a seed, so that the same can be tried again. */

import type { FaultRule as DiscordFaultRule, FaultKind, FaultMatch } from '../../sandbox/control/observed.ts';
import type { GithubFault, GithubFaultRule } from '../../sandbox/github/faults.ts';
import type { Fault, FaultRule } from '../../sandbox/social/faults.ts';
import { type RequestKind, SOCIAL_PLATFORMS } from '../../sandbox/social/stand-in.ts';
import { type Random, seededRandom } from '../../sandbox/state/random.ts';
import { type Kill, planKills } from './plan.ts';

/** How much is to happen. */
export interface DistributionChaosSize {
  readonly posts: number;
  /** Within which time all of them are written and approved, and something is killed. */
  readonly seconds: number;
  readonly kills: number;
  /** Each so many-th request to a platform is disturbed, until so many faults have happened to requests of a kind there. */
  readonly every: number;
  readonly faults: number;
  /** Whether answers may also never come, which takes minutes to be given up. */
  readonly timeOuts: boolean;
}

/** What goes wrong on each platform. */
export interface PlannedFaults {
  readonly discord: DiscordFaultRule[];
  readonly github: GithubFaultRule[];
  readonly social: FaultRule[];
}

/** What happens in a run. All times in ms after its beginning. */
export interface DistributionPlan {
  /** When each post is written. */
  readonly posts: readonly number[];
  readonly kills: readonly Kill[];
  readonly faults: PlannedFaults;
}

const RESET_AFTER_MS = 3_000;
/** Longer than an answer of Discord is waited for: it comes about when it was given up. */
const DISCORD_TOO_LATE_MS = 12_000;

const PASSING: readonly Fault[] = [
  { kind: 'rate limit', resetAfterMs: RESET_AFTER_MS },
  { kind: 'server error', status: 500 },
  { kind: 'server error', status: 503 },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'expire token' },
];
const TIME_OUTS: readonly Fault[] = [
  { kind: 'time out', when: 'before' },
  { kind: 'time out', when: 'after' },
];
/** A part of a medium may take minutes before it is given up: what comes of that is seen where something is published. */
const SOCIAL: Readonly<Record<RequestKind, readonly Fault[]>> = {
  publish: [...PASSING, ...TIME_OUTS, { kind: 'duplicate' }],
  upload: PASSING,
  read: [...PASSING, ...TIME_OUTS],
  token: [...PASSING, ...TIME_OUTS],
};

const GITHUB: readonly GithubFault[] = [
  {
    ...{ kind: 'answer', status: 403, headers: { 'retry-after': String(RESET_AFTER_MS / 1_000) } },
    body: { message: 'You have exceeded a secondary rate limit.' },
  },
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 502 },
  { kind: 'answer', status: 401, body: { message: 'Bad credentials' } },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'time-out-before' },
  { kind: 'time-out-after' },
];
const GITHUB_PATH = '/api/graphql';

const DISCORD: readonly FaultKind[] = [
  { kind: 'error', status: 500 },
  { kind: 'error', status: 503 },
  { kind: 'error', status: 429 },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'delay', ms: 1_000 },
  { kind: 'delay', ms: DISCORD_TOO_LATE_MS },
];
/** Posts, cross-posts and what staff are told; and the search for what may have been sent already. */
const DISCORD_ROUTES: readonly FaultMatch[] = [
  { method: 'POST', route: '/channels/:channelId/messages' },
  { method: 'GET', route: '/channels/:channelId/messages' },
  { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' },
];

/** Draws what happens. The same seed and size give the same. */
export function planDistributionChaos(seed: number, size: DistributionChaosSize): DistributionPlan {
  const random = seededRandom(seed);
  const posts = Array.from({ length: size.posts }, () => random.fraction() * size.seconds * 1_000);
  return {
    posts: posts.sort((one, other) => one - other),
    kills: planKills(random, size),
    faults: planFaults(random, size),
  };
}

function planFaults(random: Random, { every, faults, timeOuts }: DistributionChaosSize): PlannedFaults {
  const drawn = <Kind extends Fault | GithubFault | FaultKind>(kinds: readonly Kind[]) => {
    const possible = kinds.filter((fault) => timeOuts || !takesLong(fault));
    return Array.from({ length: faults }, () => {
      const fault = possible[random.below(possible.length)] as Kind;
      return { times: 1, every, fault };
    });
  };
  return {
    discord: DISCORD_ROUTES.flatMap((match) => drawn(DISCORD).map((rule) => ({ match, ...rule }))),
    github: drawn(GITHUB).map((rule) => ({ path: GITHUB_PATH, ...rule })),
    social: SOCIAL_PLATFORMS.flatMap((platform) =>
      (Object.keys(SOCIAL) as RequestKind[]).flatMap((on) =>
        drawn(SOCIAL[on]).map((rule) => ({ platform, on, ...rule })),
      ),
    ),
  };
}

function takesLong(fault: Fault | GithubFault | FaultKind): boolean {
  return fault.kind.startsWith('time') || (fault.kind === 'delay' && fault.ms >= DISCORD_TOO_LATE_MS);
}
