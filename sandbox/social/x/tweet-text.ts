/** What X makes of a text: it shortens the links, adds one for the media, and escapes three characters. */

import twitterText from 'twitter-text';

/** A link of a text, as it stands among its entities. Positions are in code points. */
export interface TweetUrl {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly media_key?: string;
}

export interface StoredText {
  readonly text: string;
  readonly urls: readonly TweetUrl[];
}

const DISPLAYED = 26;

/** What is kept of a text that was sent: composed, and without space around it. */
export const normalText = (text: string) => text.normalize('NFC').trim();

/** Whether X takes it, by length and by characters. */
export const isTooLong = (text: string, limit: number) => twitterText.parseTweet(text).weightedLength > limit;

/**
 * The text with its links shortened. Addresses without a scheme are links as well.
 *
 * @param mediaLink leads to the media; undefined when there are none
 * @param shorten another address for each link
 */
export function storeText(
  text: string,
  mediaLink: { readonly url: string; readonly keys: readonly string[] } | undefined,
  shorten: () => string,
): StoredText {
  const urls: TweetUrl[] = [];
  let stored = '';
  let from = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    stored += text.slice(from, indices[0]);
    const expanded = /^https?:/i.test(url) ? url : `http://${url}`;
    stored = appendLink(stored, urls, shorten(), expanded);
    from = indices[1];
  }
  stored += text.slice(from);
  if (mediaLink !== undefined) {
    const short = shorten();
    const before = stored === '' ? '' : `${stored} `;
    for (const key of mediaLink.keys) stored = appendLink(before, urls, short, mediaLink.url, key);
  }
  return { text: stored, urls };
}

/** As an answer has it. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function appendLink(
  before: string,
  urls: TweetUrl[],
  short: string,
  expanded: string,
  mediaKey?: string,
): string {
  const start = [...before].length;
  const shown = expanded.replace(/^https?:\/\/(www\.)?/i, '');
  urls.push({
    start,
    end: start + short.length,
    url: short,
    expanded_url: expanded,
    display_url: shown.length > DISPLAYED ? `${shown.slice(0, DISPLAYED)}…` : shown,
    ...(mediaKey !== undefined && { media_key: mediaKey }),
  });
  return before + short;
}
