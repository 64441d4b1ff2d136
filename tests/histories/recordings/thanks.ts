import { toInteractionId } from '../../../domain/ids.ts';
import { startThanks, THANKS } from '../../../workflows/definitions/thanks.ts';
import { INTERACTION, type Recordings, runToEnd, SOMEBODY } from './recording.ts';

export const thanksRecordings: Recordings = {
  thanks: async ({ client, join }) => {
    const { guildId, memberId: receiverId } = await join();
    const interactionId = toInteractionId(INTERACTION);
    return runToEnd(client, THANKS, startThanks({ guildId, interactionId, giverId: SOMEBODY, receiverId }));
  },
};
