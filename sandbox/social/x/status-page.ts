/** The page of a post: where its address leads. */

import type { FastifyInstance } from 'fastify';
import { show, toHtml } from '../html.ts';
import type { PlatformServices } from '../stand-in.ts';

/** Adds it under both of X's addresses: with the account's name, and without. */
export function statusPage(app: FastifyInstance, { account, posts }: PlatformServices): void {
  for (const path of [`/${account.handle}/status/:id`, '/i/web/status/:id'])
    app.get<{ Params: { id: string } }>(path, async ({ params }, reply) => {
      const post = posts.find(({ id, isDeleted }) => id === params.id && !isDeleted);
      if (post === undefined) return show(reply.code(404), 'This post is not there', '');
      const media = post.media.map(({ kind, bytes }) => `<li>${kind}, ${bytes} bytes</li>`);
      return show(
        reply,
        `${toHtml(account.name)} on X (local)`,
        `<p class="text">${toHtml(post.text)}</p><ul>${media.join('')}</ul><p>${new Date(post.at).toISOString()}</p>`,
      );
    });
}
