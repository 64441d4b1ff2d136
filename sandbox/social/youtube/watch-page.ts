/** The page on which a video would be seen. */

import type { FastifyReply } from 'fastify';
import type { SocialPost } from '../stand-in.ts';
import { detailsOf } from './videos.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #0f0f0f }
.video { aspect-ratio: 16/9; background: #0f0f0f; color: #fff; border-radius: 12px; display: grid; place-items: center }
.text { white-space: pre-wrap; overflow-wrap: anywhere; background: #f2f2f2; border-radius: 12px; padding: 1rem }`;

/** Shows a video, or says that there is none. */
export function watchPage(reply: FastifyReply, post: SocialPost | undefined): FastifyReply {
  if (post === undefined) return show(reply.code(404), 'Video unavailable', '');
  const { title, description, tags, privacyStatus } = detailsOf(post);
  const megabytes = ((post.media[0]?.bytes ?? 0) / 1_000_000).toFixed(1);
  const tagged = tags.map((tag) => `#${toHtml(tag)}`).join(' ');
  const body = `<div class="video">▶ ${megabytes} MB</div><h1>${toHtml(title)}</h1>
    <p>${new Date(post.at).toISOString()} · ${privacyStatus}${post.edits > 0 ? ' · edited' : ''}</p>
    <p>${tagged}</p><div class="text">${toHtml(description)}</div>`;
  return show(reply, toHtml(title), body);
}

function show(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply.headers(HEADERS).send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>
<body>${body === '' ? `<h1>${title}</h1>` : body}</body></html>`);
}

function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
