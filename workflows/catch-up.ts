/**
 * Keeps what we know of a guild in step with what Discord says, so that nothing which happened while nobody listened
 * is lost. One for each guild, for ever; it sleeps until something calls for a comparison.
 */

import {
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { MemberId } from '../domain/ids.ts';
import { discord } from './activities.ts';
import { type CatchUpInput, compareEverything, compareMember } from './definitions/catch-up.ts';
import { EVENT_INTEREST, eventInterestOptions } from './definitions/event-interest.ts';

const INTERVAL = '10m';
/** From here on it takes less time to compare the whole guild than one member after the other: Discord limits both. */
const MANY = 5;
const BEFORE_ALL = '0';

export async function catchUp(input: CatchUpInput): Promise<void> {
  const { guildId } = input;
  const onDiscord = discord(guildId, 'catchUp').general;
  const seenSince = input.seenSince ?? Date.now();
  let changed = new Set<MemberId>(input.changed);
  let compareAll = input.everything ?? true;

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
      await compareGuild();
    } else if (members.length > 0) {
      await Promise.all(members.map(compareOne));
    } else {
      const called = await condition(() => compareAll || changed.size > 0, INTERVAL, {
        summary: 'until the next',
      });
      if (!called) compareAll = true;
    }
  }
  await continueAsNew<typeof catchUp>({ guildId, seenSince, changed: [...changed], everything: compareAll });

  async function compareGuild(): Promise<void> {
    const now = Date.now();
    // It takes its own time, and holds up nobody who has joined or left.
    await startChild(EVENT_INTEREST, eventInterestOptions(guildId, now));
    const sum = { welcomed: 0, left: 0 };
    let after: string | undefined = BEFORE_ALL;
    while (after !== undefined) {
      const summary = after === BEFORE_ALL ? 'whole guild' : `whole guild, after ${after}`;
      const found = await onDiscord.comparePage.executeWithOptions({ summary }, [
        guildId,
        after,
        now,
        seenSince,
      ]);
      sum.welcomed += found.welcomed;
      sum.left += found.left;
      after = found.next;
    }
    setCurrentDetails(
      `last comparison of the whole guild: ${sum.welcomed} to welcome, ${sum.left} have left`,
    );
  }

  async function compareOne(member: MemberId): Promise<void> {
    await onDiscord.compareOne.executeWithOptions({ summary: member }, [
      guildId,
      member,
      Date.now(),
      seenSince,
    ]);
  }
}
