/** A post as a video on YouTube: what is said of it, and the mark by which it is found again. */

import { createHash } from 'node:crypto';
import type { PlatformSettings } from '../../domain/distribution.ts';
import type { MediaInfo } from '../../domain/posts.ts';
import type { PublishOrder } from './publisher.ts';

/** All tags of a video together, as YouTube counts: with commas, and with quotes around those with a blank. */
const LONGEST_TAGS = 500;

/** What is sent of a video beside its bytes. */
export interface VideoWords {
  readonly snippet: {
    readonly title: string;
    readonly description: string;
    readonly tags: string[];
    readonly categoryId: string;
  };
  readonly status: { readonly privacyStatus: string; readonly selfDeclaredMadeForKids: false };
}

/** The words of a post as YouTube takes them: its hashtags are the tags, and one tag is the mark. */
export function wordsOf(
  { post: { title, text, hashtags }, mark }: PublishOrder,
  { categoryId, privacy }: Pick<PlatformSettings['youtube'], 'categoryId' | 'privacy'>,
): VideoWords {
  return {
    snippet: { title, description: text, tags: tagsThatFit([markTag(mark), ...hashtags]), categoryId },
    status: { privacyStatus: privacy, selfDeclaredMadeForKids: false },
  };
}

/** The tag by which a video is found again. */
export function markTag(mark: string): string {
  return `tixl-post-${mark}`;
}

/** A name for a video with these words: other words or another file, another name. */
export function fingerprintOf(words: VideoWords, { bytes, type, name }: MediaInfo): string {
  return createHash('sha256').update(JSON.stringify({ words, bytes, type, name })).digest('hex');
}

/** The first ones, as many as YouTube takes. */
function tagsThatFit(tags: readonly string[]): string[] {
  const fitting: string[] = [];
  let length = 0;
  for (const tag of tags) {
    length += tag.length + (tag.includes(' ') ? 2 : 0) + 1;
    if (length > LONGEST_TAGS) break;
    fitting.push(tag);
  }
  return fitting;
}
