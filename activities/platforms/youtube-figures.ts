/** The figures of videos on YouTube. */

import { type FiguresOutcome, NO_FIGURES, type ReadOrder } from '../../domain/engagement.ts';
import type { YoutubeClient, YoutubeVideo } from '../../runtime/youtube.ts';
import { inBatches, readBatches, unread } from './figures.ts';
import type { ReadTools } from './publisher.ts';
import { failureOf, harmless } from './youtube-failure.ts';

/** YouTube takes so many ids in a request, which costs one unit of the quota ("Videos: list" in the documentation of its Data API). */
const MOST_IDS = 50;

/**
 * Reads the figures of videos: how often they were watched counts as impressions. Hidden likes and comments that are switched off are
 * null, as is what YouTube tells nobody: shares, clicks and reach. A video that it does not list is gone.
 */
export function readYoutubeFigures(
  client: YoutubeClient,
  orders: readonly ReadOrder[],
  tools: ReadTools,
): Promise<FiguresOutcome> {
  return readBatches(inBatches(orders, MOST_IDS), tools, (batch) =>
    readBatch(client, batch).catch((error) => unread(harmless(failureOf(error, tools.now())))),
  );
}

async function readBatch(
  { api, request }: YoutubeClient,
  orders: readonly ReadOrder[],
): Promise<FiguresOutcome> {
  const id = orders.map(({ publishedId }) => publishedId);
  const { data } = await api.videos.list({ part: ['statistics'], id }, request);
  const { items } = data;
  // Half an answer does not say that a video is gone.
  if (items === undefined) return { kind: 'unavailable', reason: 'YouTube did not list the videos.' };
  const found = new Map(items.map((video) => [video.id, video]));
  const posts = orders.map((order) => {
    const video = found.get(order.publishedId);
    if (video === undefined) return { kind: 'gone', order } as const;
    return { kind: 'figures', order, figures: figuresIn(video) } as const;
  });
  return { kind: 'read', posts, requests: 1 };
}

function figuresIn({ statistics }: YoutubeVideo) {
  return {
    ...NO_FIGURES,
    impressions: countIn(statistics?.viewCount),
    likes: countIn(statistics?.likeCount),
    comments: countIn(statistics?.commentCount),
  };
}

/** YouTube writes numbers as text. */
function countIn(text: string | null | undefined): number | null {
  return text == null ? null : Number(text);
}
