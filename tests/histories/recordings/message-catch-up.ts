import { storeHeard } from '../../../database/messages.ts';
import { firstIdAt, toMessageId } from '../../../domain/ids.ts';
import { messageCatchUpId } from '../../../domain/message-catch-up.ts';
import { write } from '../../support/on-discord.ts';
import { until } from '../../support/wait.ts';
import { isStarted, type Recordings } from './recording.ts';

export const messageCatchUpRecordings: Recordings = {
  'message-catch-up': async (community) => {
    const gap = { guildId: community.environment.DISCORD_GUILD_ID, number: 1 };
    const { memberId } = await community.join();
    const from = { messages: [], thanks: [], heardTo: toMessageId(firstIdAt(Date.now())), hasGap: true };
    await storeHeard(community.database.em, gap.guildId, from);
    await write(community, memberId, 'general');
    const catchUp = community.client.workflow.getHandle(messageCatchUpId(gap));
    await until(() => isStarted(catchUp));
    await catchUp.result();
    return catchUp.workflowId;
  },
};
