import { toInteractionId } from '../../../domain/ids.ts';
import { daysFrom } from '../../../domain/workshop-times.ts';
import { startWorkshop, WORKSHOP } from '../../../workflows/definitions/workshop.ts';
import { INTERACTION, type Recordings, runToEnd } from './recording.ts';

export const workshopsRecordings: Recordings = {
  workshop: async ({ client, config, environment, environmentOfTemporal }) => {
    const { slots, timeZone } = config.workshops;
    const [slot] = slots;
    if (slot === undefined) throw new Error('there is no workshop');
    const [, day] = daysFrom(slot, await environmentOfTemporal.currentTimeMs(), timeZone, 2);
    if (day === undefined) throw new Error('it has no day');
    const workshop = { guildId: environment.DISCORD_GUILD_ID, slot: slot.name, day };
    return runToEnd(client, WORKSHOP, startWorkshop(workshop, toInteractionId(INTERACTION)));
  },
};
