import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/client';
import { firstIdAt, type InteractionId, toInteractionId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { getProgress, memberLeft } from '../../workflows/definitions/onboarding.ts';
import {
  ROLE_CHOICE,
  type RoleChoiceWorkflow,
  startRoleChoice,
} from '../../workflows/definitions/role-choice.ts';
import { rolesOf, startCommunity, type TestCommunity } from '../support/community.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let interactions = BigInt(firstIdAt(Date.now()));

beforeAll(async () => {
  community = await startCommunity();
  // Other tests are about rate limits. Where time is skipped, who waits for one tries again at once, all the time.
  await community.discord.control.setLimits({ enforced: false });
});
afterAll(() => community.stop());

/** Each use of a menu has an id of its own, greater than those before. */
function newInteraction(): InteractionId {
  interactions += 1n;
  return toInteractionId(String(interactions));
}

function start({ guildId, memberId }: Stay, kind: string, interactionId = newInteraction()) {
  const options = startRoleChoice({ guildId, memberId, kind, interactionId });
  return community.client.workflow.start<RoleChoiceWorkflow>(ROLE_CHOICE, options);
}

const choose = async (stay: Stay, kind: string) => (await start(stay, kind)).result();
const roles = async ({ memberId }: Stay) =>
  (await rolesOf(community, memberId)).filter((name) => name !== 'Newcomer').sort();

describe('a choice of roles', () => {
  test('gives the roles of the kind; another one takes them away again', async () => {
    const stay = await community.join();
    expect(await choose(stay, 'developer')).toEqual({ outcome: 'done', kind: 'developer' });
    expect(await roles(stay)).toEqual(['Contributor', 'Developer']);
    expect(await choose(stay, 'learner')).toEqual({ outcome: 'done', kind: 'learner' });
    expect(await roles(stay)).toEqual(['Learner', 'Student']);
  });

  test('is told to the onboarding that is open', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    await choose(stay, 'designer');
    await until(async () => (await onboarding.query(getProgress)).deeds.includes('role chosen'));
    await onboarding.signal(memberLeft);
    await onboarding.result();
  });

  test('is carried out all the same when the onboarding is over', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    await onboarding.terminate();
    expect(await choose(stay, 'designer')).toEqual({ outcome: 'done', kind: 'designer' });
  });

  test('is carried out once, however often Discord delivers it', async () => {
    const stay = await community.join();
    const interactionId = newInteraction();
    const [first, second] = await Promise.all([
      start(stay, 'developer', interactionId),
      start(stay, 'developer', interactionId),
    ]);
    expect(await second.result()).toEqual(await first.result());
    await expect(start(stay, 'developer', interactionId)).rejects.toThrow(
      WorkflowExecutionAlreadyStartedError,
    );
  });

  test('does not come back when it is repeated after a later one, even if Temporal has forgotten it', async () => {
    const stay = await community.join();
    const { guildId, memberId } = stay;
    const choice = { guildId, memberId, kind: 'developer', interactionId: newInteraction() };
    await (await start(stay, choice.kind, choice.interactionId)).result();
    await choose(stay, 'designer');
    const repeated = await community.client.workflow.start<RoleChoiceWorkflow>(ROLE_CHOICE, {
      ...startRoleChoice(choice),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
    expect(await repeated.result()).toEqual({ outcome: 'done', kind: 'designer' });
    expect(await roles(stay)).toEqual(['Creative', 'Designer']);
  });

  test.each([
    ['as they were made', [0, 1, 2]],
    ['the other way round', [2, 1, 0]],
  ])('is the latest one when several arrive at the same time, %s', async (_, order) => {
    const stay = await community.join();
    const made = ['developer', 'designer', 'learner'].map((kind) => ({ kind, id: newInteraction() }));
    const arriving = order.flatMap((place) => made[place] ?? []);
    const started = await Promise.all(arriving.map(({ kind, id }) => start(stay, kind, id)));
    // One after the other: each result that is waited for lets time pass, and several at once let it pass while activities run.
    for (const handle of started) await handle.result();
    expect(await roles(stay)).toEqual(['Learner', 'Student']);
  });

  test('says what was refused; the rest is done', async () => {
    const { guild } = await community.discord.control.getState();
    await community.discord.control.createRole({ name: 'Crown', position: guild.roles.length });
    const [developer] = community.config.roles.kinds as unknown as { roles: string[] }[];
    developer?.roles.unshift('Crown');
    const stay = await community.join();
    expect(await choose(stay, 'developer')).toEqual({
      outcome: 'refused',
      kind: 'developer',
      reasons: [expect.stringMatching(/"Crown" could not be given: .*move its role up/)],
    });
    developer?.roles.shift();
    expect(await roles(stay)).toEqual(['Contributor', 'Developer']);
  });

  test('of somebody who has left ends as such', async () => {
    const stay = await community.join();
    await community.discord.control.leave({ memberId: stay.memberId });
    expect(await choose(stay, 'learner')).toEqual({ outcome: 'gone', kind: 'learner' });
  });

  test('is carried out when answers of Discord get lost', async () => {
    const route = '/guilds/:guildId/members/:userId/roles/:roleId';
    const faults = ['drop-before', 'drop-after'] as const;
    await community.discord.control.setFaults({
      rules: faults.map((kind) => ({ match: { route }, times: 1, fault: { kind } })),
    });
    const stay = await community.join();
    expect(await choose(stay, 'designer')).toEqual({ outcome: 'done', kind: 'designer' });
    expect(await roles(stay)).toEqual(['Creative', 'Designer']);
  });
});
