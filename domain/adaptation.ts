/** A post as one platform takes it: what is cut, kept and left out, by data (design: "Configuration is data"). */

import { cleanLink, cleanWords } from './clean-words.ts';
import type { DistributionSettings, PlatformRules } from './distribution.ts';
import type { LinkSettings } from './engagement.ts';
import { toHashtags } from './hashtags.ts';
import { TITLE_LENGTHS } from './platform-limits.ts';
import { type ChosenMedia, chooseMedia } from './platform-media.ts';
import type { Platform } from './platforms.ts';
import { type FittedPost, fitPost } from './post-fit.ts';
import { addressesIn } from './post-length.ts';
import { linkOn } from './post-links.ts';
import type { Delivery, MediaInfo, Post, PostWords } from './posts.ts';
import { cutText } from './text-cut.ts';

/** What staff should know of a post on a platform, though it can be published. */
export type AdaptationWarning =
  | { readonly kind: 'cut'; readonly charactersLost: number }
  | { readonly kind: 'title cut' }
  | { readonly kind: 'title left out' }
  | { readonly kind: 'hashtags left out'; readonly hashtags: readonly string[] }
  | { readonly kind: 'media left out'; readonly names: readonly string[] }
  | { readonly kind: 'by a language model' }
  /** One is configured, and has not written it: it did not answer, or somebody has decided for the words for all. */
  | { readonly kind: 'not by the language model' };

/** Why a post cannot be published on a platform as it is. */
export type AdaptationProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'media needed'; readonly media: readonly string[] }
  | { readonly kind: 'link too long' }
  /** What it begins with is not cut, such as an address, and longer than what the platform takes. */
  | { readonly kind: 'no room for text' }
  | { readonly kind: 'media too large'; readonly name: string; readonly mostBytes: number }
  /** It is not in the configuration (any more). */
  | { readonly kind: 'not configured' };

/** Exactly what is published on a platform. */
export interface AdaptedPost {
  readonly platform: Platform;
  /** As the platform has titles (YouTube, GitHub); elsewhere it is a part of the text. */
  readonly title: string;
  /** All of it, with link and hashtags, before any escaping that a platform asks for. */
  readonly text: string;
  /** As it stands there. */
  readonly link: string | null;
  /** Those that are kept, without #. */
  readonly hashtags: readonly string[];
  readonly media: readonly MediaInfo[];
  /** By the platform's own count. */
  readonly length: number;
  readonly left: number;
  /** In millionths of a US dollar. */
  readonly cost: number;
  readonly warnings: readonly AdaptationWarning[];
  readonly problems: readonly AdaptationProblem[];
}

/** What is to be adapted. */
export interface PostContent {
  readonly words: PostWords;
  /** Whether a language model has written them for this platform. */
  readonly isByModel: boolean;
  /** Whether they are those for all platforms. Left out: they are not. */
  readonly isForAll?: boolean;
  readonly link: string | null;
  readonly media: readonly MediaInfo[];
}

/**
 * What of a post goes to a platform: the words for it if there are any, the media that could be fetched, and its link, or one of ours that
 * leads there. A link that stands there already stays.
 */
export function contentFor(
  post: Post,
  delivery: Pick<Delivery, 'platform' | 'words' | 'publishedLink'>,
  links: LinkSettings | undefined,
): PostContent {
  const { postId } = post;
  const { platform, publishedLink } = delivery;
  const own = ownWords(post, delivery.words);
  const media = post.media.filter((medium) => medium.state === 'ready');
  return {
    words: own ?? post,
    isByModel: own?.by === 'model',
    isForAll: own === null,
    link: publishedLink ?? linkOn({ postId, platform }, post.link, links),
    media,
  };
}

/** The words for one platform, unless a language model has made them of words that have changed since. */
export function ownWords(post: PostWords, words: Delivery['words']): Delivery['words'] {
  return words?.by === 'model' && !areSameWords(words.of, post) ? null : words;
}

/** Whether they say the same. */
export function areSameWords(one: PostWords, other: PostWords): boolean {
  const all = ({ title, text, hashtags }: PostWords) => JSON.stringify([title, text, hashtags]);
  return all(one) === all(other);
}

/** How long the text alone may be on a platform, by its own count, beside title, link and hashtags. */
export function roomForText(
  platform: Platform,
  content: PostContent,
  settings: DistributionSettings,
): number {
  const shortest = 'a';
  const { left } = adaptPost(platform, { ...content, words: { ...content.words, text: shortest } }, settings);
  return Math.max(left + shortest.length, 0);
}

const MILLIONTHS = 1_000_000;

/** Makes of what is written what a platform takes, and says what staff should know of it. */
export function adaptPost(
  platform: Platform,
  content: PostContent,
  settings: DistributionSettings,
): AdaptedPost {
  const rules = settings.platforms[platform];
  if (rules === undefined) return notConfigured(platform, content);
  const words = cleanWords(platform, content.words);
  const given = toHashtags(words.hashtags);
  const link = cleanLink(platform, content.link);
  const fitted = fitPost(platform, rules, { ...words, link, hashtags: given.slice(0, rules.hashtags) });
  const title = titleFor(platform, words);
  const media = chooseMedia(platform, content.media, rules);
  const { text, length, hashtags } = fitted;
  return {
    ...{ platform, title: title.text, text, link: content.link, hashtags, media: media.kept },
    ...{ length, left: rules.length - length, cost: costOf(platform, text, settings) },
    warnings: [
      ...shortenings(fitted, title, rules.hashtags === 0 ? [] : given),
      ...mediaWarnings(media),
      ...modelWarnings(content, settings),
    ],
    problems: [
      ...(fitted.problem === undefined ? [] : [{ kind: fitted.problem }]),
      ...mediaProblems(media, rules),
    ],
  };
}

function notConfigured(platform: Platform, { link }: PostContent): AdaptedPost {
  return {
    ...{ platform, title: '', text: '', link, hashtags: [], media: [], length: 0, left: 0, cost: 0 },
    ...{ warnings: [], problems: [{ kind: 'not configured' }] },
  };
}

/** What a platform has as a title: without one, the beginning of the text. */
function titleFor(platform: Platform, { title, text }: PostWords): CutTitle {
  const most = TITLE_LENGTHS[platform];
  if (most === undefined) return { text: '', isCut: false };
  const whole = title || (text.split('\n')[0] ?? '');
  const cut = cutText(whole, ({ length }) => length <= most, false);
  // An address that is longer than a title: a part of it is better than none.
  if (cut === undefined) return { text: whole.slice(0, most).toWellFormed(), isCut: true };
  return { text: cut.text, isCut: cut.lost > 0 };
}

interface CutTitle {
  readonly text: string;
  readonly isCut: boolean;
}

function costOf(platform: Platform, text: string, { platforms }: DistributionSettings): number {
  if (platform !== 'x' || platforms.x === undefined) return 0;
  const { post, postWithLink } = platforms.x.costs;
  return Math.round((addressesIn(text).length > 0 ? postWithLink : post) * MILLIONTHS);
}

function shortenings(
  { lost, isTitleLeftOut, hashtags }: FittedPost,
  title: CutTitle,
  given: readonly string[],
): AdaptationWarning[] {
  const warnings: AdaptationWarning[] = [];
  const leftOut = given.filter((hashtag) => !hashtags.includes(hashtag));
  if (lost > 0) warnings.push({ kind: 'cut', charactersLost: lost });
  if (title.isCut) warnings.push({ kind: 'title cut' });
  if (isTitleLeftOut) warnings.push({ kind: 'title left out' });
  if (leftOut.length > 0) warnings.push({ kind: 'hashtags left out', hashtags: leftOut });
  return warnings;
}

function mediaWarnings({ leftOut }: ChosenMedia): AdaptationWarning[] {
  return leftOut.length === 0 ? [] : [{ kind: 'media left out', names: leftOut.map(({ name }) => name) }];
}

function modelWarnings(
  { isByModel, isForAll = false }: PostContent,
  { languageModel }: DistributionSettings,
): AdaptationWarning[] {
  if (isByModel) return [{ kind: 'by a language model' }];
  return languageModel !== undefined && isForAll ? [{ kind: 'not by the language model' }] : [];
}

function mediaProblems({ kept, tooLarge }: ChosenMedia, rules: PlatformRules): AdaptationProblem[] {
  const problems: AdaptationProblem[] = tooLarge.map(({ medium, mostBytes }) => {
    return { kind: 'media too large', name: medium.name, mostBytes };
  });
  const isMissing = rules.needsMedia && kept.length === 0;
  return isMissing ? [...problems, { kind: 'media needed', media: rules.media }] : problems;
}
