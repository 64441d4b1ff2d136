import { WithStartWorkflowOperation } from '@temporalio/client';
import { findUserCode } from '../../../database/github-links.ts';
import { firstIdAt, toInteractionId } from '../../../domain/ids.ts';
import { GITHUB_LINK, startGithubLink, whenCodeIsThere } from '../../../workflows/definitions/github-link.ts';
import type { Recordings } from './recording.ts';

export const githubLinkRecordings: Recordings = {
  'github-link': async ({ client, database, join }, github) => {
    const { guildId, memberId } = await join();
    const request = { guildId, memberId, interactionId: toInteractionId(firstIdAt(Date.now())) };
    const startWorkflowOperation = new WithStartWorkflowOperation(GITHUB_LINK, startGithubLink(request));
    await client.workflow.executeUpdateWithStart(whenCodeIsThere, { startWorkflowOperation });
    const code = await findUserCode(database.em.fork(), request);
    await github.control.decide({ userCode: code?.userCode ?? '', login: 'mona', decision: 'approve' });
    const workflow = await startWorkflowOperation.workflowHandle();
    await workflow.result();
    return workflow.workflowId;
  },
};
