/** Opens the event of a weekly workshop, unless staff have left that one out. The slot's schedule starts it, or staff do. */

import { setCurrentDetails } from '@temporalio/workflow';
import type { Day } from '../domain/calendar.ts';
import type { WorkshopOutcome } from '../domain/workshops.ts';
import { database, discord } from './activities.ts';
import type { WorkshopInput, WorkshopResult } from './definitions/workshop.ts';
import { scheduledTime } from './scheduled-time.ts';

export async function workshop(input: WorkshopInput): Promise<WorkshopResult> {
  const { guildId, slot } = input;

  const plan = await database.planWorkshop(input, scheduledTime(), Date.now());
  const outcome = plan.kind === 'due' ? await open(plan.day) : plan.outcome;
  setCurrentDetails(`${plan.day ?? slot}: ${describe(outcome)}`);
  return { day: plan.day, startsAt: plan.startsAt, outcome };

  async function open(day: Day): Promise<WorkshopOutcome> {
    const { general } = discord(guildId, 'bulkMessage');
    const found = await general.findWorkshopPlace.executeWithOptions({ summary: 'where' }, [slot]);
    if (found.kind !== 'found') return found;
    return database.openWorkshop({ guildId, slot, day }, found.place, Date.now());
  }
}

function describe(outcome: WorkshopOutcome): string {
  switch (outcome.kind) {
    case 'refused':
      return `refused: ${outcome.reason}`;
    case 'there already':
      return `its event is there already (${outcome.state})`;
    case 'another in this week':
      return `another event of the slot is in that week: ${outcome.eventId}`;
    default:
      return outcome.kind;
  }
}
