/** Links a member's GitHub account. One for each use of `/link github`. Codes and tokens wait in the database, never here. */

import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Approval, CodeRequest, LinkOutcome, LinkRequest, ToldOutcome } from '../domain/github-link.ts';
import { database, discord, github } from './activities.ts';
import { type GithubLinkResult, whenCodeIsThere } from './definitions/github-link.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';

type Code = CodeRequest | { readonly kind: 'unavailable' };
type Requested = Extract<CodeRequest, { kind: 'requested' }>;

const TOLD: ReadonlySet<LinkOutcome> = new Set<ToldOutcome>([
  'linked',
  'taken',
  'already linked',
  'denied',
  'expired',
]);

export async function githubLink(request: LinkRequest): Promise<GithubLinkResult> {
  let code: Code | undefined;
  setHandler(whenCodeIsThere, async () => {
    await condition(() => code !== undefined);
    return code?.kind ?? 'unavailable';
  });

  code = await requestCode(request);
  const outcome = code.kind === 'requested' ? await link(request, code) : code.kind;
  setCurrentDetails(outcome);
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: outcome }]);
  await condition(allHandlersFinished);
  return { outcome };
}

async function requestCode(request: LinkRequest): Promise<Code> {
  const { codes } = github(request.guildId);
  try {
    return await codes.requestGithubCode.executeWithOptions({ summary: 'ask for a code' }, [
      request,
      Date.now(),
    ]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return { kind: 'unavailable' };
  }
}

async function link(request: LinkRequest, code: Requested): Promise<LinkOutcome> {
  setCurrentDetails('waits until the member has entered the code on GitHub');
  const approval = await awaitApproval(request, code);
  const outcome = approval === 'approved' ? await database.storeGithubLink(request, Date.now()) : approval;
  // With a day in the configuration from which on everything counts, something may be due at once.
  if (outcome === 'linked') await database.awardContributions(request.guildId);
  await tell(request, outcome);
  await database.forgetGithubCodes(request);
  return outcome;
}

/** GitHub wants us to wait before the first question, too. What it did not answer in time has expired. */
async function awaitApproval(
  request: LinkRequest,
  { intervalMs, expiresInMs }: Requested,
): Promise<Approval> {
  await sleep(intervalMs, { summary: 'before GitHub is asked' });
  const approvals = github(request.guildId).approvals(Math.max(1, expiresInMs - intervalMs));
  try {
    return await approvals.awaitGithubApproval.executeWithOptions({ summary: 'wait for approval' }, [
      request,
    ]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return 'expired';
  }
}

async function tell(request: LinkRequest, outcome: LinkOutcome): Promise<void> {
  if (!isTold(outcome)) return;
  const { openings } = discord(request.guildId, 'reminder');
  await openings.tellLinkOutcome.executeWithOptions({ summary: `tell: ${outcome}` }, [request, outcome]);
}

function isTold(outcome: LinkOutcome): outcome is ToldOutcome {
  return TOLD.has(outcome);
}
