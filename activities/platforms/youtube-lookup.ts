/** Looking for a video among those of the channel. */

import type { YoutubeClient } from '../../runtime/youtube.ts';

/** YouTube shows so many at once. */
const PAGE = 50;

/**
 * The id of the video that has `tag` and was uploaded since `since` (ms since 1970). Goes through the list of uploads, the latest first:
 * the search would be behind, and cost a hundred times as much of the quota.
 *
 * @throws what the library throws
 */
export async function findVideoByTag(
  { api, request }: YoutubeClient,
  tag: string,
  since: number,
): Promise<string | undefined> {
  const channels = await api.channels.list({ part: ['contentDetails'], mine: true }, request);
  const playlistId = channels.data.items?.[0]?.contentDetails?.relatedPlaylists?.uploads;
  if (playlistId == null) return undefined;
  for (let page: { pageToken?: string } = {}; ; ) {
    const list = { part: ['snippet', 'contentDetails'], playlistId, maxResults: PAGE, ...page };
    const { data } = await api.playlistItems.list(list, request);
    const items = data.items ?? [];
    const id = items.flatMap(({ contentDetails }) => contentDetails?.videoId ?? []);
    // The list does not have the tags.
    const videos = id.length === 0 ? [] : await videosWith(id);
    const found = videos.find(({ snippet }) => snippet?.tags?.includes(tag));
    if (found?.id != null) return found.id;
    const isOlder = items.some(({ snippet }) => Date.parse(snippet?.publishedAt ?? '') < since);
    if (isOlder || data.nextPageToken == null) return undefined;
    page = { pageToken: data.nextPageToken };
  }

  async function videosWith(id: string[]) {
    const { data } = await api.videos.list({ part: ['snippet'], id, maxResults: PAGE }, request);
    return data.items ?? [];
  }
}
