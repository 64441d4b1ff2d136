/** What there is on the local platforms, kept in a file when asked for. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { SOCIAL_PLATFORMS, type SocialPlatform, type SocialPost } from './stand-in.ts';

/** What a program may do in the name of the account, and until when. Times are in ms since 1970. */
export interface Grant {
  readonly platform: SocialPlatform;
  readonly scope: string;
  accessToken: string;
  expiresAt: number;
  /** null: none was asked for, or it was taken back. */
  refreshToken: string | null;
  refreshExpiresAt: number | null;
}

/** Somebody has consented, and the program has not asked for its token yet. */
export interface ConsentCode {
  readonly platform: SocialPlatform;
  readonly code: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly isOffline: boolean;
  /** Of PKCE. */
  readonly challenge: { readonly method: string; readonly text: string } | null;
  readonly expiresAt: number;
}

/** What one platform keeps. */
export interface PlatformContents {
  readonly posts: SocialPost[];
  readonly records: Record<string, unknown>;
}

/** All of it, as it stands in the file. */
interface Contents {
  readonly platforms: Readonly<Record<SocialPlatform, PlatformContents>>;
  grants: Grant[];
  codes: ConsentCode[];
  nextNumber: number;
}

const FIRST_NUMBER = 1_001;

function firstContents(): Contents {
  const platforms = Object.fromEntries(SOCIAL_PLATFORMS.map((name) => [name, { posts: [], records: {} }]));
  return {
    platforms: platforms as unknown as Contents['platforms'],
    grants: [],
    codes: [],
    nextNumber: FIRST_NUMBER,
  };
}

/** The state, read when it begins, written at each `save`. */
export class SocialState {
  readonly #file: string | undefined;
  readonly #contents: Contents;

  /** @param file where it is kept; in memory alone when absent */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#contents = (file !== undefined && readContents(file)) || firstContents();
  }

  platform(name: SocialPlatform): PlatformContents {
    return this.#contents.platforms[name];
  }

  get grants(): Grant[] {
    return this.#contents.grants;
  }

  get codes(): ConsentCode[] {
    return this.#contents.codes;
  }

  /** Forgets the codes for which this does not hold. */
  keepCodes(isKept: (code: ConsentCode) => boolean): void {
    this.#contents.codes = this.#contents.codes.filter(isKept);
  }

  /** A number that no other thing has had. */
  newNumber(): number {
    return this.#contents.nextNumber++;
  }

  /** Writes what has changed. */
  save(): void {
    if (this.#file === undefined) return;
    // Renamed when it is whole: whoever is killed in between leaves the former one.
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#contents));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readContents(file: string): Contents | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Contents;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is no state of the local platforms: ${(error as Error).message}`);
  }
}
