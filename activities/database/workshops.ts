import { openWorkshop, planWorkshop } from '../../database/workshops.ts';
import type { EventPlace } from '../../domain/events.ts';
import { dayOpenedAt, workshopTimes } from '../../domain/workshop-times.ts';
import type { WorkshopOutcome, WorkshopPlan, WorkshopRef } from '../../domain/workshops.ts';
import type { WorkshopInput } from '../../workflows/definitions/workshop.ts';
import type { DatabaseContext } from './context.ts';

/** How the events of weekly workshops are opened. */
export function workshopsInDatabase({ database, config }: DatabaseContext) {
  return {
    /**
     * Which workshop a workflow is about that was meant for `at`, and whether it is to be opened at `now` (both in ms since 1970). The
     * time of day is that of the configuration as it is now.
     */
    async planWorkshop(input: WorkshopInput, at: number, now: number): Promise<WorkshopPlan> {
      const { guildId } = input;
      const slot = slotNamed(input.slot);
      if (slot === undefined)
        return { kind: 'settled', day: null, startsAt: null, outcome: { kind: 'not configured' } };
      const day = 'day' in input ? input.day : dayOpenedAt(slot, at, input);
      const times = workshopTimes(slot, day, config);
      return planWorkshop(database.em.fork(), { guildId, slot: slot.name, day }, times, now);
    },

    /** Opens the event of a workshop at a place, unless it is there or must not be at `now` (ms since 1970). Again, it changes nothing. */
    async openWorkshop(workshop: WorkshopRef, place: EventPlace, now: number): Promise<WorkshopOutcome> {
      const slot = slotNamed(workshop.slot);
      if (slot === undefined) return { kind: 'not configured' };
      const times = workshopTimes(slot, workshop.day, config);
      return openWorkshop(database.em, workshop, { slot, times, place }, now);
    },
  };

  function slotNamed(wanted: string) {
    return config.workshops.slots.find(({ name }) => name === wanted);
  }
}
