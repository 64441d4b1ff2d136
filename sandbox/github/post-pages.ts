/** The pages on which people read what was published. Markdown is shown as it was written, without its comments. */

import type { FastifyInstance } from 'fastify';
import { show, toHtml } from './html.ts';
import { pathOf } from './posts.ts';
import type { LocalGithubServices } from './services.ts';
import type { Post, Repository } from './state.ts';

interface PostRequest {
  Params: { owner: string; repo: string; which: string };
}

/** Adds a page for each discussion, issue and release. */
export async function postPages(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
  for (const place of ['discussions/:which', 'issues/:which', 'releases/tag/:which'])
    app.get<PostRequest>(`/:owner/:repo/${place}`, async ({ params, url }, reply) => {
      const repository = services.state.repository(`${params.owner}/${params.repo}`);
      const post = repository?.posts.find((one) => pathOf(repository, one) === url);
      if (repository === undefined || post === undefined)
        return show(reply.code(404), 'Not found', '<p>There is no such page.</p>');
      return show(reply, toHtml(post.title), postPart(post, repository));
    });

  function postPart(post: Post, { fullName }: Repository): string {
    const author = services.state.user(post.authorId)?.login ?? 'an application';
    const edited = post.edits === 0 ? '' : ', edited';
    return `<p>${toHtml(fullName)} · ${kindOf(post)} · by ${toHtml(author)}, ${post.createdAt}${edited}</p>
      <div class="post">${toHtml(readable(post.body))}</div>
      <p><a href="/">All repositories</a></p>`;
  }
}

/** What was published in a repository, the newest first, as HTML. */
export function postList(repository: Repository): string {
  const items = [...repository.posts].reverse().map((post) => {
    const address = toHtml(pathOf(repository, post));
    return `<li><a href="${address}">${toHtml(post.title || post.tagName)}</a> (${kindOf(post)}, ${post.createdAt})</li>`;
  });
  return items.length === 0 ? '' : `<h3>Published</h3><ul>${items.join('')}</ul>`;
}

function kindOf({ as, category, tagName }: Post): string {
  if (as === 'discussion') return `discussion in ${toHtml(category)}`;
  return as === 'release' ? `release ${toHtml(tagName)}` : 'issue';
}

function readable(markdown: string): string {
  return markdown.replace(/<!--.*?-->/gs, '').trim();
}
