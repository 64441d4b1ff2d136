/** How posts are adapted and brought to the platforms: the configuration's section `distribution`. */

import { type Duration, toMilliseconds } from './duration.ts';
import { PLATFORMS, type Platform } from './platforms.ts';
import type { DistributionPlan, MediaKind } from './posts.ts';

/** How a post is adapted to a platform. */
export interface PlatformRules {
  /** How long a text may be, by the platform's own count. */
  readonly length: number;
  /** How many hashtags are kept, the first ones. */
  readonly hashtags: number;
  readonly media: readonly MediaKind[];
  /** How many media are kept, the first ones. */
  readonly mostMedia: number;
  /** Whether a medium is needed: YouTube takes nothing without a video. */
  readonly needsMedia: boolean;
  /** In which tone a language model writes it, where one is configured. */
  readonly tone: string;
  /** `{title}`, `{text}`, `{link}` and `{hashtags}`. Lines that are empty after being filled in are left out. */
  readonly template: string;
}

/** What it costs to publish on a platform, in US dollars. */
export interface PlatformCosts {
  readonly post: number;
  readonly postWithLink: number;
  /** Nothing is published that would cost more than this in a calendar month, in `timeZone`. */
  readonly monthlyBudget: number;
}

/** What is published on GitHub. */
export type GithubPlace =
  | { readonly as: 'discussion'; readonly repository: string; readonly category: string }
  | { readonly as: 'issue'; readonly repository: string; readonly labels: readonly string[] }
  | { readonly as: 'release'; readonly repository: string; readonly tagPrefix: string };

/** Each platform's rules, and what only it has. */
export interface PlatformSettings {
  readonly discord: PlatformRules & { readonly channel: string };
  readonly x: PlatformRules & { readonly costs: PlatformCosts };
  readonly linkedin: PlatformRules & {
    /** The version of LinkedIn's API, `YYYYMM`: it lives for a year. */
    readonly version: string;
  };
  readonly youtube: PlatformRules & {
    /** Who can see a video. */
    readonly privacy: 'public' | 'unlisted' | 'private';
    /** YouTube's number of a category: 27 is education. */
    readonly categoryId: string;
  };
  readonly github: PlatformRules & { readonly place: GithubPlace };
}

/** A service that writes texts, spoken to as by OpenAI's chat completions. The key is LANGUAGE_MODEL_API_KEY. */
export interface LanguageModelSettings {
  readonly url: string;
  readonly model: string;
}

/** The section `distribution`. A platform that is left out there is never posted to. */
export interface DistributionSettings {
  /** In which times are understood of somebody who has not said otherwise. */
  readonly timeZone: string;
  /** Where staff approve posts, and read what failed. */
  readonly staffChannel: string;
  /** Where members read that a post is out, with a link to each. */
  readonly crossPostChannel: string;
  /** The roles that may write posts, for others to approve. */
  readonly authors: readonly string[];
  /** The roles that may write, approve and repair. */
  readonly approvers: readonly string[];
  readonly draftFor: Duration;
  readonly decisionWithin: Duration;
  /** The largest medium that is fetched, in MB. */
  readonly largestMediaMb: number;
  readonly platforms: { readonly [Name in Platform]?: PlatformSettings[Name] | undefined };
  readonly languageModel?: LanguageModelSettings | undefined;
  /** The address behind headlines. */
  readonly link: string;
  readonly texts: DistributionTexts;
}

/** What members and staff read. The texts may hold placeholders. */
export interface DistributionTexts {
  readonly crossPost: string;
  readonly failed: string;
  readonly accountExpired: string;
  readonly abandoned: string;
}

/** The course of a post, by the configuration. */
export function planDistribution({ draftFor, decisionWithin }: DistributionSettings): DistributionPlan {
  return { draftMs: toMilliseconds(draftFor), decisionMs: toMilliseconds(decisionWithin) };
}

/** The platforms that the configuration has, in their order. */
export function configuredPlatforms({ platforms }: DistributionSettings): Platform[] {
  return PLATFORMS.filter((platform) => platforms[platform] !== undefined);
}
