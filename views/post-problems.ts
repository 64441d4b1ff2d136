/** What is wrong with a post on a platform, and what else staff should know of it, in sentences. */

import type { AdaptationProblem, AdaptationWarning, AdaptedPost } from '../domain/adaptation.ts';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import type { PlatformPreview, PostPreview, Spending } from '../domain/post-previews.ts';
import type { MediaProblem, PostMedium } from '../domain/posts.ts';
import { asWritten, cut } from './text.ts';

const MILLIONTHS = 1_000_000;
const MB = 1_000_000;
/** What names media and reasons may be long. */
const NAME_LENGTH = 100;

/** Everything that has to be mended before a post can go to a platform. */
export function platformProblems(
  { adapted, account }: PlatformPreview,
  spending: Spending | undefined,
): string[] {
  return [
    ...(account === 'not connected' ? [notConnected(adapted.platform)] : []),
    ...adapted.problems.map(adaptationProblem),
    ...(isBeyondBudget(adapted, spending)
      ? [`It would cost more than what is left of this month's budget.`]
      : []),
  ];
}

/** Why a platform without an account takes nothing. */
function notConnected(platform: Platform): string {
  return `It is not connected: an operator does that with \`npm run connect -- ${platform}\`.`;
}

function isBeyondBudget({ platform, cost }: AdaptedPost, spending: Spending | undefined): boolean {
  return platform === 'x' && spending !== undefined && spending.spent + cost > spending.budget;
}

/** Everything that has to be mended before a post can go out, behind the names of the platforms. */
export function postProblems({ post, platforms, spending }: PostPreview): string[] {
  return [
    ...(platforms.length === 0 ? ['It goes to no platform.'] : []),
    ...post.media.flatMap((medium) => (medium.state === 'refused' ? [mediumProblem(medium)] : [])),
    ...platforms.flatMap((preview) =>
      platformProblems(preview, spending).map(
        (problem) => `${PLATFORM_LABELS[preview.adapted.platform]}: ${problem}`,
      ),
    ),
  ];
}

/** What is wrong with a post on a platform. */
export function adaptationProblem(problem: AdaptationProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'Nothing is left of the text.';
    case 'media needed':
      return `It needs a medium: ${problem.media.join(' or ')}.`;
    case 'link too long':
      return 'The link alone is longer than the platform takes.';
    case 'no room for text':
      return 'It begins with something that is not cut, such as an address, and is longer than what the platform takes.';
    case 'not configured':
      return 'It is not in the configuration any more: nothing is posted there.';
    case 'media too large':
      return `${name(problem.name)} is larger than the ${megabytes(problem.mostBytes)} that it takes.`;
  }
}

/** What staff should know of it. */
export function adaptationWarning(warning: AdaptationWarning): string {
  switch (warning.kind) {
    case 'cut':
      return `The text is cut: ${warning.charactersLost} characters are left out.`;
    case 'title cut':
      return 'The title is cut.';
    case 'title left out':
      return 'The title is left out: there is no room for it.';
    case 'hashtags left out':
      return `Left out: ${hashtagsText(warning.hashtags)}.`;
    case 'media left out':
      return `Left out: ${warning.names.map(name).join(', ')}.`;
    case 'by a language model':
      return 'A language model has written this text. Read it.';
    case 'not by the language model':
      return 'The language model has not written this text: it is the one for all.';
  }
}

/** Why a medium cannot be used, and which. */
export function mediumProblem({ source, problem }: Extract<PostMedium, { state: 'refused' }>): string {
  return `${name(source)} ${mediaProblem(problem)}`;
}

function mediaProblem(problem: MediaProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `cannot be fetched: ${cut(asWritten(problem.reason), NAME_LENGTH)}.`;
    case 'own network':
      return 'leads into our own network, and is not fetched from there.';
    case 'too large':
      return `is larger than ${megabytes(problem.mostBytes)}.`;
    case 'wrong type':
      return `is ${cut(asWritten(problem.type), NAME_LENGTH)}, which no platform takes: use a picture, a video or a PDF.`;
    case 'too many':
      return `is one too many: a post has at most ${problem.most}.`;
  }
}

/** Hashtags as they stand in a post. */
export function hashtagsText(hashtags: readonly string[]): string {
  return hashtags.map((tag) => `#${asWritten(tag)}`).join(' ');
}

/** An amount in millionths of a US dollar, to the cent, or finer if it is less than that. */
export function dollars(millionths: number): string {
  const amount = millionths / MILLIONTHS;
  return `$${amount.toFixed(Number.isInteger(Math.round(amount * 1_000) / 10) ? 2 : 3)}`;
}

function megabytes(bytes: number): string {
  const amount = bytes / MB;
  return `${amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)} MB`;
}

function name(text: string): string {
  return cut(asWritten(text), NAME_LENGTH);
}
