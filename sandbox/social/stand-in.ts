/** What each local platform brings, so that one server serves them all alike: consent, tokens, faults and the log of requests. */

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The platforms that are served, each below its name. */
export const SOCIAL_PLATFORMS = ['x', 'linkedin', 'youtube'] as const;
export type SocialPlatform = (typeof SOCIAL_PLATFORMS)[number];

/** What a request is about, for the faults that apply to it. */
export type RequestKind = 'publish' | 'upload' | 'read' | 'token';

/** What the platforms count. Each tells some of it, under names of its own. */
export const FIGURES = ['impressions', 'reach', 'likes', 'shares', 'comments', 'clicks'] as const;
export type FigureName = (typeof FIGURES)[number];

/** The figures of a post. null: the platform keeps it to itself, as YouTube does where likes are hidden. */
export type SocialFigures = Readonly<Record<FigureName, number | null>>;

/** Something that was published. */
export interface SocialPost {
  readonly id: string;
  readonly url: string;
  readonly accountId: string;
  title: string;
  text: string;
  readonly media: readonly { readonly kind: string; readonly bytes: number; readonly digest: string }[];
  /** In ms since 1970. */
  readonly at: number;
  /** How often it was changed. */
  edits: number;
  isDeleted: boolean;
  /** Its figures, as far as somebody has set them; `figures.ts` has the rest. */
  figures?: Partial<SocialFigures>;
  /** What else the platform keeps of it. */
  more: Record<string, unknown>;
}

/** An account of the platform, in whose name programs publish. */
export interface SocialAccount {
  readonly id: string;
  readonly name: string;
  /** As addresses have it. */
  readonly handle: string;
}

/** What a platform's routes work with. */
export interface PlatformServices {
  readonly platform: SocialPlatform;
  /** In ms since 1970. */
  now(): number;
  /** `http://127.0.0.1:PORT/x`: known when it listens. */
  url(): string;
  /** The one account that there is. */
  readonly account: SocialAccount;
  readonly posts: SocialPost[];
  /** Whatever else the platform keeps (uploads, sessions, counts), by name; it lasts like the posts. */
  readonly records: Record<string, unknown>;
  /** A number that no other thing has had. */
  newNumber(): number;
  /** Writes down what has changed. */
  save(): void;
  /** Whether its limits on how often it is asked hold; faults are answered either way. */
  keepsLimits(): boolean;
  /** Whether a token that came with a request (without "Bearer ") is valid now. */
  isValid(token: string | undefined): boolean;
  /** Whether the account has consented to `scope` for who has this token. */
  isAllowed(token: string | undefined, scope: string): boolean;
}

/** An answer to a request that is refused. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A local platform. */
export interface StandIn {
  readonly platform: SocialPlatform;
  readonly account: SocialAccount;
  /** Where consent and tokens are, below the platform's address: as its clients ask for them. */
  readonly oauth: {
    readonly authorize: string;
    readonly token: string;
    /** How long an access token lasts, in seconds. */
    readonly lastsSeconds: number;
    /** Whether a refresh gives another refresh token, and the former one is used up. */
    readonly rotates: boolean;
    /** Of a refresh token, in the answer; undefined where the platform does not say. */
    readonly refreshLastsSeconds?: number;
    /** Whether the consent needs PKCE. */
    readonly needsPkce: boolean;
    /** Where a token is taken back; undefined where nothing does that. */
    readonly revoke?: string;
    /** Whether a consent that is asked for in this way comes with a refresh token; always, when absent. */
    readonly isOffline?: (query: Readonly<Record<string, string>>) => boolean;
  };
  /** What a request is about; undefined: no fault applies. `path` is below the platform's address, without the query. */
  classify(method: string, path: string, headers: IncomingHttpHeaders): RequestKind | undefined;
  /** How the platform words a refusal that a fault asks for. `resetAt` in ms since 1970. */
  refusal(
    kind:
      | { readonly kind: 'rate limit'; readonly resetAt: number }
      | { readonly kind: 'server error'; readonly status: number }
      | { readonly kind: 'unauthorised' }
      | { readonly kind: 'duplicate' },
  ): Refusal;
  /** Adds its routes, below its address. */
  routes(app: FastifyInstance, services: PlatformServices): void;
}
