import { MORNING_NOTE, startMorningNote } from '../../../workflows/definitions/morning-note.ts';
import { writeEvent } from '../../support/past-events.ts';
import { REASON, type Recordings, runToEnd } from './recording.ts';

export const morningNoteRecordings: Recordings = {
  'morning-note': async ({ client, database, environment, environmentOfTemporal }) => {
    const guildId = environment.DISCORD_GUILD_ID;
    const startsAt = await environmentOfTemporal.currentTimeMs();
    await writeEvent(database.em.fork(), guildId, { startsAt, state: 'live', title: REASON });
    return runToEnd(client, MORNING_NOTE, startMorningNote(guildId));
  },
};
