import { deleteDeviceFlow } from '../../database/github-device-flows.ts';
import { storeGithubLink } from '../../database/github-links.ts';
import type { LinkOutcome, LinkRequest } from '../../domain/github-link.ts';
import type { DatabaseContext } from './context.ts';

/** What linking an account does in the database. */
export function githubLinkInDatabase({ database }: DatabaseContext) {
  return {
    /** Links the account that approved, since `now` (ms since 1970); see `storeGithubLink` in `database/github-links.ts`. */
    storeGithubLink(request: LinkRequest, now: number): Promise<LinkOutcome> {
      return storeGithubLink(database.em.fork(), request, new Date(now));
    },

    /** Forgets the codes of a linking. */
    forgetGithubCodes(request: LinkRequest): Promise<void> {
      return deleteDeviceFlow(database.em.fork(), request);
    },
  };
}
