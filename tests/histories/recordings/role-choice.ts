import { firstIdAt, toInteractionId } from '../../../domain/ids.ts';
import type { Stay } from '../../../domain/onboarding.ts';
import { getProgress } from '../../../workflows/definitions/onboarding.ts';
import { ROLE_CHOICE, startRoleChoice } from '../../../workflows/definitions/role-choice.ts';
import type { TestCommunity } from '../../support/community.ts';
import { until } from '../../support/wait.ts';
import { type Recordings, runToEnd } from './recording.ts';

export const roleChoiceRecordings: Recordings = {
  'role-choice': async (community) => chooseRole(community, await community.join()),
  'role-choice-in-onboarding': async (community) => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    return chooseRole(community, stay);
  },
};

/** Chooses to be a designer, in place of a developer. Gives the id of the second choice. */
async function chooseRole({ client }: TestCommunity, { guildId, memberId }: Stay): Promise<string> {
  const choose = (kind: string, interactionId: string) => {
    const choice = { guildId, memberId, kind, interactionId: toInteractionId(interactionId) };
    return runToEnd(client, ROLE_CHOICE, startRoleChoice(choice));
  };
  await choose('developer', firstIdAt(Date.now()));
  return choose('designer', firstIdAt(Date.now() + 1));
}
