/**
 * Keeps what we know of a guild in step with what Discord says, so that nothing which happened while nobody listened
 * is lost. One for each guild, for ever; it sleeps until something calls for a comparison.
 */

import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MemberId } from '../domain/ids.ts';
import { discord } from './activities.ts';
import { type CatchUpInput, compareEverything, compareMember } from './definitions/catch-up.ts';

const INTERVAL = '10m';
/** From here on one comparison of the whole guild takes fewer requests than one for each member. */
const MANY = 20;

export async function catchUp({
  guildId,
  changed: left = [],
  everything = true,
}: CatchUpInput): Promise<void> {
  const onDiscord = discord(guildId, 'catchUp').general;
  let changed = new Set<MemberId>(left);
  let compareAll = everything;

  setHandler(compareEverything, () => {
    compareAll = true;
  });
  setHandler(compareMember, (member) => {
    changed.add(member);
  });

  while (!workflowInfo().continueAsNewSuggested) {
    const members = [...changed];
    changed = new Set();
    if (compareAll || members.length > MANY) {
      compareAll = false;
      const found = await onDiscord.compareGuild.executeWithOptions({ summary: 'whole guild' }, [
        guildId,
        Date.now(),
      ]);
      setCurrentDetails(
        `last comparison of the whole guild: ${found.welcomed} to welcome, ${found.left} have left`,
      );
    } else if (members.length > 0) {
      const summary = `${members.length} members`;
      await onDiscord.compareMembers.executeWithOptions({ summary }, [guildId, members, Date.now()]);
    } else {
      const called = await condition(() => compareAll || changed.size > 0, INTERVAL, {
        summary: 'until the next',
      });
      if (!called) compareAll = true;
    }
  }
  await continueAsNew<typeof catchUp>({ guildId, changed: [...changed], everything: compareAll });
}
