/** What is published, as people know it from each platform. */

import { toHtml } from '../html.ts';
import { findPicture } from '../pictures.ts';
import type { PlatformServices, SocialPlatform, SocialPost } from '../stand-in.ts';
import { countsOf } from './counts.ts';
import { foldedText, richText } from './text.ts';

/** How much of a commentary LinkedIn shows at first, about. */
const SHOWN_ON_LINKEDIN = 210;
const SHOWN_ON_YOUTUBE = 160;

type Medium = SocialPost['media'][number];

/** How a post looks on each platform. */
const CARDS: Readonly<Record<SocialPlatform, (post: SocialPost, services: PlatformServices) => string>> = {
  x: (post, services) => {
    const { name, handle } = services.account;
    return `<div class="avatar" aria-hidden="true">${initial(name)}</div>
      <div class="body">
        <p class="by"><b>${toHtml(name)}</b> <span class="quiet">@${toHtml(handle)} · ${time(post)}</span></p>
        <p class="text">${richText(post.text)}</p>
        ${mediaOf(post, services)}
        ${countsOf(post, services)}
      </div>`;
  },
  linkedin: (post, services) => {
    const { name } = services.account;
    return `<div class="head">
        <div class="logo" aria-hidden="true">${initial(name)}</div>
        <p class="by"><b>${toHtml(name)}</b><br><span class="quiet">Company page<br>${time(post)}</span></p>
      </div>
      ${foldedText(post.text, SHOWN_ON_LINKEDIN)}
      ${mediaOf(post, services)}
      ${countsOf(post, services)}`;
  },
  youtube: (post, services) => {
    const { name } = services.account;
    const privacy = typeof post.more.privacyStatus === 'string' ? post.more.privacyStatus : 'public';
    return `${mediaOf(post, services)}
      <div class="head">
        <div class="avatar" aria-hidden="true">${initial(name)}</div>
        <div class="body">
          <h3>${toHtml(post.title)}</h3>
          <p class="quiet">${toHtml(name)} · ${toHtml(privacy)} · ${time(post)}</p>
          ${foldedText(post.text, SHOWN_ON_YOUTUBE)}
          ${countsOf(post, services)}
        </div>
      </div>`;
  },
};

/** The posts that there are, newest first. */
export function shownPosts({ posts }: PlatformServices): SocialPost[] {
  return posts.filter(({ isDeleted }) => !isDeleted).reverse();
}

/** The timeline of a platform. */
export function timeline(services: PlatformServices): string {
  const { platform } = services;
  const posts = shownPosts(services);
  if (posts.length === 0) return '<p class="empty">Nothing is published yet.</p>';
  const items = posts.map(
    (post) => `<li><article class="card ${platform}" id="${toHtml(post.id)}">
      ${CARDS[platform](post, services)}</article></li>`,
  );
  return `<ol class="posts">${items.join('')}</ol>`;
}

function mediaOf({ media, title }: SocialPost, services: PlatformServices): string {
  if (media.length === 0) return '';
  const shown = media.map((medium) => mediumView(medium, title, services)).join('');
  return `<div class="media" data-count="${Math.min(media.length, 4)}">${shown}</div>`;
}

function mediumView({ kind, bytes, digest }: Medium, title: string, services: PlatformServices): string {
  const size = sizeOf(bytes);
  if (findPicture(services.records, digest) !== undefined)
    return `<img src="/pictures/${services.platform}/${digest}" alt="A picture of ${size}" loading="lazy">`;
  if (kind === 'video')
    return `<div class="video"><span class="play" aria-hidden="true">▶</span><span class="size">Video, ${size}</span></div>`;
  const name = kind === 'document' && title !== '' ? toHtml(title) : kind;
  return `<div class="file"><span aria-hidden="true">▤</span> ${name}, ${size}</div>`;
}

function time({ at, edits }: SocialPost): string {
  const shown = new Date(at).toUTCString().slice(5, 22);
  const edited = edits > 0 ? ' · Edited' : '';
  return `<time datetime="${new Date(at).toISOString()}">${shown} UTC</time>${edited}`;
}

const initial = (name: string) => toHtml([...name][0] ?? '');

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
