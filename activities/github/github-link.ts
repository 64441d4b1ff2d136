import { createDeviceCode, exchangeDeviceCode } from '@octokit/oauth-methods';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { GithubDeviceFlow } from '../../database/entities/github-device-flow.ts';
import {
  findDeviceFlow,
  slowDown,
  storeAccessToken,
  storeAccount,
  storeDeviceFlow,
} from '../../database/github-device-flows.ts';
import { findGithubLink } from '../../database/github-links.ts';
import { type Approval, type CodeRequest, githubLinkId, type LinkRequest } from '../../domain/github-link.ts';
import { toGithubUserId } from '../../domain/ids.ts';
import { createGithubClient, type GithubAccess } from '../../runtime/github.ts';
import type { GithubContext } from './context.ts';
import { askGithub, type GithubRefusal } from './errors.ts';

/** How the device flow ends without an approval ("Error codes for the device flow" in GitHub's docs). */
const ENDED: Readonly<Record<string, Approval>> = {
  access_denied: 'denied',
  expired_token: 'expired',
  // The code was used up by a request of ours whose answer was lost.
  incorrect_device_code: 'expired',
  bad_verification_code: 'expired',
};

/** What linking an account does on GitHub. Codes and tokens stay in the database: results and errors go into histories. */
export function githubLinkOnGithub({ access, database, logger }: GithubContext) {
  return {
    /** Asks GitHub for the code that the member enters there, at `now` (ms since 1970). Once for each request. */
    async requestGithubCode(request: LinkRequest, now: number): Promise<CodeRequest> {
      if (access === undefined) return { kind: 'off' };
      const em = database.em.fork();
      if ((await findGithubLink(em, request)) !== undefined) return { kind: 'already linked' };
      if ((await findDeviceFlow(em, request)) === undefined) {
        const result = await askGithub(() =>
          createDeviceCode({ ...applicationOf(access), request: createGithubClient(access).request }),
        );
        if ('refusal' in result) return refused(request, result.refusal);
        const { device_code, user_code, verification_uri, interval, expires_in } = result.answer.data;
        const codes = {
          deviceCode: device_code,
          userCode: user_code,
          verificationUri: verification_uri,
          intervalMs: interval * 1_000,
          expiresAt: new Date(now + expires_in * 1_000),
        };
        await storeDeviceFlow(em, request, codes, new Date(now));
      }
      const flow = await findDeviceFlow(em, request);
      if (flow === undefined) throw new Error(`the codes of ${request.interactionId} are gone`);
      return { kind: 'requested', intervalMs: flow.intervalMs, expiresInMs: flow.expiresAt.getTime() - now };
    },

    /**
     * Asks GitHub once what became of the code. While the member has not decided it fails, and says when to try again: so the
     * waiting is Temporal's, and leaves nothing in the history.
     */
    async awaitGithubApproval(request: LinkRequest): Promise<Approval> {
      const em = database.em.fork();
      const flow = await findDeviceFlow(em, request);
      if (flow === undefined || access === undefined) return 'expired';
      if (flow.githubUserId != null) return 'approved';
      const token = flow.accessToken ?? (await exchange(request, flow, access));
      if (typeof token === 'object') return token.ended;
      return identify(request, token, access);
    },
  };

  async function exchange(
    request: LinkRequest,
    flow: GithubDeviceFlow,
    access: GithubAccess,
  ): Promise<string | { ended: Approval }> {
    const result = await askGithub(() =>
      exchangeDeviceCode({
        ...applicationOf(access),
        code: flow.deviceCode,
        request: createGithubClient(access).request,
      }),
    );
    if ('refusal' in result) return { ended: await endedBy(result.refusal, request, flow) };
    const { token } = result.answer.authentication;
    await storeAccessToken(database.em.fork(), request, token);
    return token;
  }

  /** @throws what makes Temporal ask again, if the member has not decided */
  async function endedBy(
    { code = '', interval, reason }: GithubRefusal,
    request: LinkRequest,
    flow: GithubDeviceFlow,
  ): Promise<Approval> {
    if (code === 'authorization_pending') throw notDecided(flow.intervalMs);
    if (code === 'slow_down') {
      // Each time five seconds more: what GitHub means where it does not say how many.
      const intervalMs = interval === undefined ? flow.intervalMs + 5_000 : interval * 1_000;
      await slowDown(database.em.fork(), request, intervalMs);
      throw notDecided(intervalMs);
    }
    const ended = ENDED[code];
    if (ended !== undefined) return ended;
    logger.warn({ workflowId: githubLinkId(request) }, `a GitHub account could not be linked: ${reason}`);
    return 'expired';
  }

  async function identify(request: LinkRequest, token: string, access: GithubAccess): Promise<Approval> {
    const result = await askGithub(() => createGithubClient(access, token).users.getAuthenticated());
    // The member has taken the approval back at once.
    if ('refusal' in result) return 'denied';
    const { id, login } = result.answer.data;
    await storeAccount(database.em.fork(), request, { githubUserId: toGithubUserId(id), login });
    return 'approved';
  }

  function refused(request: LinkRequest, { reason, code }: GithubRefusal): CodeRequest {
    const advice = 'check GITHUB_CLIENT_ID, and that the application has the device flow switched on';
    logger.warn(
      { workflowId: githubLinkId(request), code },
      `GitHub gives no code for linking accounts (${reason}): ${advice}`,
    );
    return { kind: 'off' };
  }
}

/** Nothing more is asked for than who somebody is: that needs no scope. */
function applicationOf({ clientId }: GithubAccess) {
  return { clientType: 'oauth-app', clientId, scopes: [] as string[] } as const;
}

function notDecided(intervalMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'NotDecided',
    message: 'The member has not entered the code yet',
    nextRetryDelay: intervalMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}
