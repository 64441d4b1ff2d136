/** What the pages have in common. */

import type { FastifyReply } from 'fastify';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  // With none at all, browsers would not say that a form is ours.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328 }
form, li { margin: 1rem 0 } label { display: block; margin: .5rem 0 } input, select, button { font: inherit; padding: .3rem .6rem }
.post { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #d1d9e0; border-radius: 6px; padding: 1rem }`;

/** Answers with a page. `title` and `body` are HTML. */
export function show(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply.headers(HEADERS).send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>
<body><h1>${title}</h1>${body}</body></html>`);
}

export function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
