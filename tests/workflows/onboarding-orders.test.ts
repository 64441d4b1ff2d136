import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { ComponentType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { firstIdAt, toInteractionId } from '../../domain/ids.ts';
import { parseStopButtonId, type Stay } from '../../domain/onboarding.ts';
import { memberDid, memberLeft, stopTips } from '../../workflows/definitions/onboarding.ts';
import { ROLE_CHOICE, startRoleChoice } from '../../workflows/definitions/role-choice.ts';
import {
  directMessages,
  onboardingOf,
  rolesOf,
  startCommunity,
  type TestCommunity,
  welcomesOf,
  write,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

const ROUNDS = 15;
const KINDS = ['developer', 'designer', 'learner'] as const;
type Kind = (typeof KINDS)[number];

/** What can happen to a member. What cannot just then, such as leaving a guild that one is not in, is left out. */
type Happening =
  | { readonly kind: 'join' }
  | { readonly kind: 'leave'; readonly isNoticed: boolean }
  | { readonly kind: 'choose'; readonly role: Kind }
  | { readonly kind: 'introduce'; readonly isNoticed: boolean }
  | { readonly kind: 'stop' }
  | { readonly kind: 'time passes'; readonly for: '10s' | '1m' | '6m' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Happening>({ kind: 'join' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), isNoticed: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('choose' as const), role: fc.constantFrom(...KINDS) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('introduce' as const), isNoticed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'stop' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time passes' as const),
      for: fc.constantFrom('10s', '1m', '6m'),
    }),
  },
);

let community: TestCommunity;

beforeAll(async () => {
  // A day, not a week: the onboarding looks once a day for what nobody told it of.
  community = await startCommunity('onboarding: { burst: { window: 0s }, completion: { within: 1d } }');
});
afterAll(() => community.stop());

/** A member, what they have done, and what must follow from it. */
class Story {
  readonly stays: Stay[] = [];
  isThere = false;
  role: Kind | undefined;
  hasIntroduced = false;
  /** How many tips had come when they were stopped. */
  tipsWhenStopped: number | undefined;

  get last(): Stay | undefined {
    return this.stays.at(-1);
  }

  async tell(event: Happening): Promise<void> {
    const { last } = this;
    if (event.kind === 'join' && !this.isThere) await this.join();
    if (event.kind === 'time passes') await community.environmentOfTemporal.sleep(event.for);
    if (last === undefined || !this.isThere) return;
    if (event.kind === 'leave' || event.kind === 'stop') await untilNothingIsUnderWay(last);
    if (event.kind === 'leave') await this.leave(last, event.isNoticed);
    if (event.kind === 'choose') await this.choose(last, event.role);
    if (event.kind === 'introduce') await this.introduce(last, event.isNoticed);
    if (event.kind === 'stop') await this.stop(last);
  }

  async join(): Promise<void> {
    const before = this.last;
    const stay = await community.join(before === undefined ? {} : { userId: before.memberId });
    this.stays.push(stay);
    this.isThere = true;
    await community.startOnboarding(stay);
    // The comparison with the guild finds the old stay at the latest now.
    if (before !== undefined) await this.noteLeaving(before);
  }

  async leave(stay: Stay, isNoticed: boolean): Promise<void> {
    await community.discord.control.leave({ memberId: stay.memberId });
    this.isThere = false;
    if (isNoticed) await this.noteLeaving(stay);
  }

  async noteLeaving(stay: Stay): Promise<void> {
    const { guildId, memberId, joinedAt } = stay;
    await community.database.em
      .fork()
      .nativeUpdate(
        MemberStay,
        { guildId, memberId, joinedAt: new Date(joinedAt), leftAt: null },
        { leftAt: new Date() },
      );
    await onboardingOf(community, stay)
      .signal(memberLeft)
      .catch(() => undefined);
  }

  async choose({ guildId, memberId }: Stay, role: Kind): Promise<void> {
    const interactionId = toInteractionId(firstIdAt(Date.now()));
    const choice = { guildId, memberId, kind: role, interactionId };
    await community.client.workflow.execute(ROLE_CHOICE, startRoleChoice(choice));
    this.role = role;
  }

  async introduce(stay: Stay, isNoticed: boolean): Promise<void> {
    await write(community, stay.memberId, 'introductions');
    this.hasIntroduced = true;
    if (!isNoticed) return;
    await onboardingOf(community, stay)
      .signal(memberDid, 'introduced')
      .catch(() => undefined);
  }

  async stop(stay: Stay): Promise<void> {
    const stopped = await onboardingOf(community, stay)
      .executeUpdate(stopTips)
      .catch(() => undefined);
    if (stopped === 'stopped') this.tipsWhenStopped ??= await countTips(stay);
  }
}

const { EventType } = temporal.api.enums.v1;
/** A history that ends so belongs to a workflow that is about to do something. */
const BUSY_AFTER = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
]);

/**
 * Temporal's time-skipping server fails for good when a workflow calls off an activity that has just answered
 * ("ACTIVITY_UNKNOWN"); its production server does not. What leaving breaks off is for the tests in `durability`.
 */
async function untilNothingIsUnderWay(stay: Stay): Promise<void> {
  const handle = onboardingOf(community, stay);
  await until(async () => {
    const { raw } = await handle.describe();
    if ((raw.pendingActivities ?? []).length > 0) return false;
    const { events } = await handle.fetchHistory();
    return !BUSY_AFTER.has(Number(events?.at(-1)?.eventType));
  });
}

const countTips = async ({ memberId }: Stay) => (await directMessages(community, memberId)).length;

/** How often each tip has reached the member. */
async function tipsOf({ memberId }: Stay): Promise<Map<string, number>> {
  const steps = (await directMessages(community, memberId))
    .flatMap(({ components }) => components ?? [])
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((one) => ('custom_id' in one ? (parseStopButtonId(one.custom_id)?.step ?? []) : []));
  return new Map(steps.map((step) => [step, steps.filter((other) => other === step).length]));
}

async function check(story: Story): Promise<void> {
  const { last } = story;
  if (last === undefined) return;
  if (!story.isThere) await story.noteLeaving(last);
  const results = [];
  for (const stay of [...story.stays].reverse())
    results.unshift(await onboardingOf(community, stay).result());

  const tips = await tipsOf(last);
  expect([...tips].filter(([, count]) => count > 1)).toEqual([]);
  expect(await welcomesOf(community, last.memberId)).toBeLessThanOrEqual(1);
  expect(results.slice(0, -1).filter(({ outcome }) => outcome === 'timed out')).toEqual([]);
  if (story.tipsWhenStopped !== undefined) {
    // One may have been on its way.
    expect(await countTips(last)).toBeLessThanOrEqual(story.tipsWhenStopped + 1);
  }
  if (!story.isThere) return;

  expect(await welcomesOf(community, last.memberId)).toBe(1);
  const kind = community.config.roles.kinds.find(({ name }) => name === story.role);
  expect((await rolesOf(community, last.memberId)).sort()).toEqual(
    ['Newcomer', ...(kind?.roles ?? [])].sort(),
  );
  if (story.tipsWhenStopped !== undefined) return;
  expect(results.at(-1)?.outcome).toBe(story.role && story.hasIntroduced ? 'completed' : 'timed out');
  for (const step of ['guide', 'getting-started', 'topics'])
    expect([step, tips.get(step)]).toEqual([step, 1]);
  if (story.role === undefined) expect(tips.get('roles')).toBe(1);
  if (!story.hasIntroduced) expect(tips.get('introduction')).toBe(1);
}

test('in whatever order a member joins, leaves, chooses, writes and waits, everything is there once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (events) => {
      const story = new Story();
      await story.join();
      for (const event of events) await story.tell(event);
      await check(story);
    }),
    { numRuns: ROUNDS },
  );
}, 120_000);
