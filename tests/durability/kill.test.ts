import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { FaultKind } from '../../sandbox/control/observed.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';
import { describeFinding } from './describe.ts';
import { type Product, startProduct, type Victim } from './product.ts';
import { countReceived, expectedPieces, type Piece, type Received } from './tally.ts';
import { verdictOf } from './verdict.ts';

/** In each phase as many join before something is killed, and as many while it is away. */
const JOINS_BEFORE = 3;
const JOINS_WHILE_AWAY = 3;
const PATIENCE_MS = 100_000;
/** Who is past the middle before anybody could look is followed by others, after this. */
const LOOK_MS = 15_000;
const LOOKS = 4;

/** Discord takes its time, so that messages are under way when something is killed. */
const SLOW: FaultKind = { kind: 'delay', ms: 150 };
/** Discord sends the message, and nobody hears that it did: they are still asking when something is killed. */
const ANSWERS_LOST: FaultKind = { kind: 'drop-after' };

let product: Product;

beforeAll(async () => {
  product = await startProduct(sharedServers().cli);
}, 90_000);

afterAll(() => product.stop(), 90_000);

async function received(members: readonly MemberId[]): Promise<Received[]> {
  return countReceived(product.discord, expectedPieces(product.config.onboarding), members);
}

async function letJoin(count: number): Promise<MemberId[]> {
  const { members } = await product.discord.control.join({ count });
  return members.map(({ member }) => toMemberId(member.user.id));
}

/** Those of `members` whose onboarding has ended. */
async function ended(members: readonly MemberId[]): Promise<MemberId[]> {
  const stays = await product.database.em
    .fork()
    .find(MemberStay, { onboardingOutcome: { $ne: null } })
    .catch(() => []);
  const found = new Set(stays.map(({ memberId }) => memberId));
  return members.filter((member) => found.has(member));
}

/** Whether a member has something of a kind already. */
type Has = (kind: Piece['kind']) => boolean;

/** Something is killed in the middle of its work. */
interface Phase {
  readonly victim: Victim;
  /** How Discord treats messages until then. */
  readonly messages: FaultKind;
  /** Whether somebody who has this is in the middle of it. */
  readonly isInTheMiddle: (has: Has) => boolean;
}

/** Workers first: what they held is given to another when its time is up, and the rest goes on meanwhile. */
const PHASES: Record<string, Phase> = {
  'a role is given, and the welcome not yet sent': {
    victim: 'worker',
    messages: SLOW,
    isInTheMiddle: (has) => has('role') && !has('message'),
  },
  'a welcome is sent, and not yet confirmed': {
    victim: 'worker',
    messages: ANSWERS_LOST,
    isInTheMiddle: (has) => has('message'),
  },
  'members have just joined, and are being handed over': {
    victim: 'bot',
    messages: SLOW,
    isInTheMiddle: (has) => !has('role'),
  },
  'the timer before a direct message runs': {
    victim: 'temporal',
    messages: SLOW,
    isInTheMiddle: (has) => has('message') && !has('tip'),
  },
  'a direct message is sent, and not yet written down': {
    victim: 'postgres',
    messages: ANSWERS_LOST,
    isInTheMiddle: (has) => has('tip'),
  },
};

async function treatMessages(fault: FaultKind): Promise<void> {
  await product.discord.control.setFaults({
    rules: [{ match: { method: 'POST', route: '/channels/:channelId/messages' }, fault }],
  });
}

/** Whether it came about in time. */
async function comesAbout(condition: () => Promise<boolean>): Promise<boolean> {
  return until(condition, LOOK_MS).then(
    () => true,
    () => false,
  );
}

/** Lets some join until one of them is seen in the middle. On a busy machine they may be past it when we look. */
async function letJoinIntoTheMiddle(name: string, { isInTheMiddle }: Phase): Promise<MemberId[]> {
  const members: MemberId[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    members.push(...(await letJoin(JOINS_BEFORE)));
    const isSomebody = async () =>
      (await received(members)).some(({ counts }) =>
        isInTheMiddle((kind) => counts.some(({ piece, times }) => piece.kind === kind && times > 0)),
      );
    if (await comesAbout(isSomebody)) return members;
  }
  throw new Error(`of ${members.length} who joined, nobody was seen while ${name}`);
}

/** Kills the victim when somebody is in the middle, and lets others join while it is away. */
async function goThrough(name: string, phase: Phase): Promise<MemberId[]> {
  await treatMessages(phase.messages);
  const before = await letJoinIntoTheMiddle(name, phase);
  product.parts[phase.victim].kill();
  await treatMessages(SLOW);
  return [...before, ...(await letJoin(JOINS_WHILE_AWAY))];
}

describe('whatever is killed in the middle of its work', () => {
  test('all members who join meanwhile get each step exactly once', async () => {
    const members: MemberId[] = [];
    for (const [name, phase] of Object.entries(PHASES)) members.push(...(await goThrough(name, phase)));
    expect(members.length).toBeGreaterThanOrEqual(30);

    const isDone = async () => (await ended(members)).length === members.length;
    await until(async () => product.failures.length > 0 || (await isDone()), PATIENCE_MS);
    expect(product.failures).toEqual([]);

    const residents = members.map((member) => ({ member }));
    const { lost, twice, once, due } = verdictOf(residents, await received(members));
    expect([...lost, ...twice].map(describeFinding)).toEqual([]);
    expect(once).toHaveLength(due);
  }, 400_000);
});
