import { RECOGNITION, startRecognition } from '../../../workflows/definitions/recognition.ts';
import { type Recordings, runToEnd } from './recording.ts';

export const recognitionRecordings: Recordings = {
  recognition: async ({ client, join }) => {
    const { guildId, memberId } = await join();
    const start = startRecognition({ guildId, memberId, what: 'badge', name: 'helper', entryId: '1' });
    return runToEnd(client, RECOGNITION, start);
  },
};
