/** Linking a GitHub account: GitHub says who a member is there, once they have entered a code on its page (device flow). */

import type { GuildId, InteractionId, MemberId } from './ids.ts';

/** That a member wants to link their account: one for each use of `/link github`. */
export interface LinkRequest {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly interactionId: InteractionId;
}

/** What became of asking GitHub for a code. The codes themselves never reach a history: they wait in the database. */
export type CodeRequest =
  | {
      readonly kind: 'requested';
      /** How long to wait before GitHub is asked what became of it. */
      readonly intervalMs: number;
      readonly expiresInMs: number;
    }
  | { readonly kind: 'already linked' }
  /** Nobody can link anything: GitHub is not set up, or refuses our application. */
  | { readonly kind: 'off' };

/** What the member did with the code on GitHub. */
export type Approval = 'approved' | 'denied' | 'expired';

/** How a linking ended. */
export type LinkOutcome =
  | 'linked'
  /** Another member has linked this GitHub account. */
  | 'taken'
  /** The member has linked another account before. */
  | 'already linked'
  | 'left'
  | Exclude<Approval, 'approved'>
  | 'off'
  /** GitHub did not answer. */
  | 'unavailable';

/** Outcomes of which the member is told when they have come about; with the others the answer says it, or nobody is there. */
export type ToldOutcome = Extract<LinkOutcome, 'linked' | 'taken' | 'already linked' | 'denied' | 'expired'>;

/** What members are told. Texts may hold placeholders. */
export interface LinkSettings {
  /** The headline of what is told by direct message, and the address behind it. */
  readonly title: string;
  readonly link: string;
  /** The answer to `/link github`. */
  readonly open: string;
  readonly linked: string;
  readonly taken: string;
  readonly alreadyLinked: string;
  readonly denied: string;
  readonly expired: string;
  readonly off: string;
  /** The answers to `/link show` and `/link remove`. */
  readonly shown: string;
  readonly removed: string;
  readonly notLinked: string;
}

/** The id of the workflow that links an account (design: "Identity"). */
export function githubLinkId({ guildId, interactionId }: LinkRequest): string {
  return `github-link/${guildId}/${interactionId}`;
}
