import type { GithubFaults } from './faults.ts';
import type { GithubState } from './state.ts';
import type { Addresses } from './views.ts';

/** What the parts of the local GitHub share. */
export interface LocalGithubServices {
  readonly state: GithubState;
  readonly faults: GithubFaults;
  readonly now: () => number;
  /** Of the one application that is registered. */
  readonly clientId: string;
  /** The token with which repositories are read; there is no other, but those that the device flow gives. */
  token: string;
  /** Whether who asks for a token before the interval is over is told to slow down. */
  holdsToInterval: boolean;
  /** Whether the limit on how much is made holds. */
  keepsLimits: boolean;
  /** Known when it listens. */
  addresses: Addresses;
  /** The requests of this hour. */
  readonly hour: { endsAt: number; used: number };
  /** When something was made with each token, oldest first, in ms since 1970. */
  readonly made: Map<string, number[]>;
  /** What was asked, oldest first. */
  readonly requests: { method: string; path: string; status: number }[];
}
