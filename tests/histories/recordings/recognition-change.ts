import { recordRequest } from '../../../database/recognition-requests.ts';
import { toInteractionId } from '../../../domain/ids.ts';
import type { ChangeRequest } from '../../../domain/recognition-change.ts';
import {
  RECOGNITION_CHANGE,
  startRecognitionChange,
} from '../../../workflows/definitions/recognition-change.ts';
import { INTERACTION, REASON, type Recordings, runToEnd, SOMEBODY } from './recording.ts';

export const recognitionChangeRecordings: Recordings = {
  'recognition-change': async ({ client, database, join }) => {
    const { guildId, memberId } = await join();
    const request: ChangeRequest = {
      ...{ guildId, interactionId: toInteractionId(INTERACTION), staffId: SOMEBODY },
      change: { kind: 'award', memberId, points: 5 },
    };
    await recordRequest(database.em.fork(), request, REASON);
    return runToEnd(client, RECOGNITION_CHANGE, startRecognitionChange(request));
  },
};
