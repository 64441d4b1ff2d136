/** What the small pages of the local platforms have in common. */

import type { FastifyReply } from 'fastify';

/**
 * Answers with a page. `title` and `body` are HTML.
 *
 * @param formTarget the origin to which the answer to a form leads: browsers take it as a part of the form's way
 */
export function show(reply: FastifyReply, title: string, body: string, formTarget = ''): FastifyReply {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' ${formTarget}; frame-ancestors 'none'`,
    // With none at all, browsers would not say that a form is ours.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return reply.headers(headers).send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/styles.css"></head>
<body><main class="narrow"><h1>${title}</h1>${body}</main></body></html>`);
}

export function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
