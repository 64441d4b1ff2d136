/** What is read: the channel, the videos by their ids, and the list of uploads. */

import type { PlatformServices, SocialPost } from '../stand-in.ts';
import { problem } from './problems.ts';
import { detailsOf, etagOf, type Videos } from './videos.ts';

const MOST_IDS = 50;
const DEFAULT_PAGE = 5;
const LARGEST_PAGE = 50;

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The parts that are asked for: given several times, or with commas. @throws YoutubeProblem if there is none */
export function partsIn(part: string | string[] | undefined): string[] {
  const parts = namesIn(part);
  if (parts.length === 0)
    throw problem(400, 'missingRequiredParameter', 'No filter selected. Expected one of: part', {
      domain: 'youtube.parameter',
    });
  return parts;
}

export function listVideos(videos: Videos, query: Query): object {
  const parts = partsIn(query.part);
  const ids = namesIn(query.id);
  if (ids.length === 0 || ids.length > MOST_IDS) throw invalidFilter('id');
  const found = ids.map((id) => videos.find(id)).filter((video) => video !== undefined);
  return listOf(
    'youtube#videoListResponse',
    found.map((video) => videos.view(video, parts)),
    found.length,
  );
}

export function listChannels({ account }: PlatformServices, query: Query): object {
  const parts = partsIn(query.part);
  if (query.mine !== 'true' && !namesIn(query.id).includes(account.id)) throw invalidFilter('mine');
  const { id, name, handle } = account;
  const all = {
    snippet: { title: name, customUrl: handle, description: '', publishedAt: '2020-01-01T00:00:00Z' },
    contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsOf(id) } },
    status: { privacyStatus: 'public', isLinked: true, longUploadsStatus: 'allowed' },
  };
  const shown = Object.entries(all).filter(([part]) => parts.includes(part));
  const channel = { kind: 'youtube#channel', etag: id, id, ...Object.fromEntries(shown) };
  return listOf('youtube#channelListResponse', [channel], 1);
}

/** The videos, the latest first. A token of a page is the number of those before it. */
export function listPlaylistItems(
  { account }: PlatformServices,
  videos: Videos,
  { part, playlistId, maxResults, pageToken }: Query,
): object {
  const parts = partsIn(part);
  if (playlistId !== uploadsOf(account.id))
    throw problem(404, 'playlistNotFound', 'The playlist identified with the request cannot be found.', {
      domain: 'youtube.playlistItem',
    });
  const size = maxResults === undefined ? DEFAULT_PAGE : Number(maxResults);
  const from = pageToken === undefined ? 0 : Number(Buffer.from(String(pageToken), 'base64url').toString());
  if (!(size >= 0 && size <= LARGEST_PAGE)) throw invalidFilter('maxResults');
  if (!Number.isInteger(from)) throw invalidFilter('pageToken');
  const all = videos.all();
  const items = all.slice(from, from + size).map((post) => playlistItem(post, account.id, parts));
  const next = from + size < all.length ? Buffer.from(String(from + size)).toString('base64url') : undefined;
  return {
    ...listOf('youtube#playlistItemListResponse', items, all.length),
    ...(next !== undefined && { nextPageToken: next }),
  };
}

function playlistItem(post: SocialPost, channelId: string, parts: readonly string[]): object {
  const { title, description, privacyStatus } = detailsOf(post);
  const publishedAt = new Date(post.at).toISOString();
  const all = {
    snippet: {
      ...{ publishedAt, channelId, title, description, playlistId: uploadsOf(channelId) },
      resourceId: { kind: 'youtube#video', videoId: post.id },
    },
    contentDetails: { videoId: post.id, videoPublishedAt: publishedAt },
    status: { privacyStatus },
  };
  const shown = Object.entries(all).filter(([part]) => parts.includes(part));
  return {
    ...{ kind: 'youtube#playlistItem', etag: etagOf(post), id: `UU.${post.id}` },
    ...Object.fromEntries(shown),
  };
}

function listOf(kind: string, items: readonly object[], totalResults: number): object {
  return { kind, etag: '', pageInfo: { totalResults, resultsPerPage: items.length }, items };
}

/** The list of uploads has the channel's id with another beginning. */
const uploadsOf = (channelId: string) => channelId.replace(/^UC/, 'UU');

function namesIn(value: string | string[] | undefined): string[] {
  return [value]
    .flat()
    .flatMap((text) => (text ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function invalidFilter(name: string) {
  return problem(400, 'invalidFilters', `The request specifies an invalid filter parameter: ${name}.`, {
    domain: 'youtube.parameter',
  });
}
