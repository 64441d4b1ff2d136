/** The options of `/post` as people have filled them in, or why they are refused. */

import type { ChatInputCommandInteraction } from 'discord.js';
import { configuredPlatforms, type DistributionSettings } from '../domain/distribution.ts';
import {
  isRefusedPost,
  MOST_MEDIA,
  type RefusedPost,
  readMediaLinks,
  readPlatforms,
  readPostLink,
  refusePost,
} from '../domain/post-drafts.ts';
import { type PostChange, type PostId, toPostId } from '../domain/posts.ts';

const MB = 1_000_000;
/** What somebody types in order to take something away from a post. */
const NOTHING = 'none';

/** What is said of a post with a command. What is left out is not there. */
export type SaidOfPost = Pick<PostChange, 'platforms' | 'link' | 'media'>;

/** Reads everything but the time, which is read with the form. */
export function readPostOptions(
  interaction: ChatInputCommandInteraction,
  settings: DistributionSettings,
): SaidOfPost | RefusedPost {
  let said: SaidOfPost = {};
  for (const readPart of [readWhere, readLink, readMedia]) {
    const part = readPart(interaction, settings);
    if (isRefusedPost(part)) return part;
    said = { ...said, ...part };
  }
  return said;
}

/** The post that a command names. Undefined if somebody has typed a title, and chosen none of those that are offered. */
export function readPostOption({ options }: ChatInputCommandInteraction): PostId | undefined {
  const typed = options.getString('post', true);
  try {
    return toPostId(typed);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function readWhere(
  { options }: ChatInputCommandInteraction,
  settings: DistributionSettings,
): SaidOfPost | RefusedPost {
  const typed = options.getString('platforms');
  return typed === null ? {} : readPlatforms(typed, configuredPlatforms(settings));
}

function readLink({ options }: ChatInputCommandInteraction): SaidOfPost | RefusedPost {
  const typed = options.getString('link')?.trim();
  if (typed === undefined) return {};
  if (typed.toLowerCase() === NOTHING) return { link: null };
  const link = readPostLink(typed);
  return link === undefined ? refusePost({ kind: 'bad link' }) : { link };
}

/** What a file is, it is told by its content, when it is fetched. */
function readMedia(
  { options }: ChatInputCommandInteraction,
  { largestMediaMb }: DistributionSettings,
): SaidOfPost | RefusedPost {
  const file = options.getAttachment('media');
  const typed = options.getString('media-link')?.trim();
  if (file === null && typed === undefined) return {};
  if (file !== null && file.size > largestMediaMb * MB)
    return refusePost({ kind: 'media too large', mostMb: largestMediaMb });
  const links = typed?.toLowerCase() === NOTHING ? [] : readMediaLinks(typed ?? '');
  if (links === undefined) return refusePost({ kind: 'bad media link' });
  const media = [...(file === null ? [] : [file.url]), ...links];
  return media.length > MOST_MEDIA ? refusePost({ kind: 'too many media' }) : { media };
}
