/** What the small pages of the local platforms have in common. */

import type { FastifyReply } from 'fastify';

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; color: #1f2328 }
button { font: inherit; padding: .4rem 1rem; margin-right: .5rem }
.text { white-space: pre-wrap; overflow-wrap: anywhere }`;

/**
 * Answers with a page. `title` and `body` are HTML.
 *
 * @param formTarget the origin to which the answer to a form leads: browsers take it as a part of the form's way
 */
export function show(reply: FastifyReply, title: string, body: string, formTarget = ''): FastifyReply {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${formTarget}; frame-ancestors 'none'`,
    // With none at all, browsers would not say that a form is ours.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return reply.headers(headers).send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>
<body><h1>${title}</h1>${body}</body></html>`);
}

export function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
