/** What an account has posted on X lately. */

import type { TweetV2, TweetV2UserTimelineResult, TwitterApiv2 } from 'twitter-api-v2';
import type { TextOnX } from '../../domain/x-text.ts';

const PAGE = 100;
/** X shows no more than the latest 3,200 posts of an account. */
const MOST_PAGES = 32;

/** A post of the timeline. */
export interface PostOnX {
  readonly id: string;
  readonly shown: TextOnX;
}

/** Posts, latest first, and whether these are all. */
export interface Timeline {
  readonly posts: readonly PostOnX[];
  readonly isComplete: boolean;
}

/**
 * Reads the posts of an account.
 *
 * @param since in ms since 1970
 * @throws what the client throws when X does not answer, or refuses
 */
export async function readTimeline(
  client: TwitterApiv2,
  accountId: string,
  since: number,
  heartbeat: () => void,
): Promise<Timeline> {
  const posts: PostOnX[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    heartbeat();
    const answer = await readPage(client, accountId, since, token);
    posts.push(...(answer?.data ?? []).map(toPost));
    if (answer?.meta === undefined || (answer.errors?.length ?? 0) > 0) return { posts, isComplete: false };
    token = answer.meta.next_token;
    if (token === undefined) return { posts, isComplete: true };
  }
  return { posts, isComplete: false };
}

/** Parts may be missing: of an empty timeline, or where X can tell a part of it alone. */
function readPage(
  client: TwitterApiv2,
  accountId: string,
  since: number,
  token: string | undefined,
): Promise<Partial<TweetV2UserTimelineResult> | undefined> {
  return client.get<Partial<TweetV2UserTimelineResult> | undefined>(
    'users/:id/tweets',
    {
      // X takes no fractions of a second.
      start_time: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
      max_results: PAGE,
      'tweet.fields': 'created_at,entities,note_tweet',
      pagination_token: token,
    },
    { params: { id: accountId } },
  );
}

function toPost({ id, text, entities, note_tweet: long }: TweetV2): PostOnX {
  // A long post has all of its text apart from the ordinary one.
  const urls = (long === undefined ? entities : long.entities)?.urls ?? [];
  const links = urls.map(({ url, expanded_url, media_key }) => ({
    shortened: url,
    expanded: expanded_url,
    isMedia: media_key !== undefined || /\/status\/\d+\/(?:photo|video)\/\d+$/.test(expanded_url),
  }));
  return { id, shown: { text: long?.text ?? text, links } };
}
