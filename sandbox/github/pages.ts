/** The pages of the local GitHub: where one enters the code of a program, and where pull requests are opened and merged. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { Deeds, NotPossible } from './deeds.ts';
import { show, toHtml } from './html.ts';
import { postList } from './post-pages.ts';
import type { LocalGithubServices } from './services.ts';
import type { PullRequest, Repository } from './state.ts';

type Form = Readonly<Record<string, string>>;

/** Adds the pages. */
export async function githubPages(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
  const { state } = services;
  const deeds = new Deeds(services);
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  app.get<{ Querystring: { user_code?: string } }>('/login/device', async ({ query }, reply) =>
    show(reply, 'Connect a device', deviceForm(query.user_code ?? '')),
  );

  app.post<{ Body: Form }>('/login/device', async ({ body }, reply) => {
    const { code = '', login = '', decision = '' } = body;
    return attempt(reply, () => {
      deeds.decide(code, login, decision === 'approve' ? 'approve' : 'deny');
      return decision === 'approve'
        ? `<p>Done: the community now gets to know that you are ${toHtml(login)}. You can close this page.</p>`
        : '<p>Denied. You can close this page.</p>';
    });
  });

  app.get('/', async (_, reply) => show(reply, 'Local GitHub', overview()));

  app.post<{ Body: Form }>('/pulls', async ({ body }, reply) => {
    const { repository = '', number, login = '', title = '' } = body;
    return attempt(reply, () => {
      if (number === undefined) deeds.openPull(repository, login, title || 'A change');
      else deeds.mergePull(repository, Number(number));
      return overview();
    });
  });

  function attempt(reply: FastifyReply, work: () => string): FastifyReply {
    try {
      return show(reply, 'Local GitHub', work());
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      return show(reply.code(422), 'Local GitHub', `<p role="alert">${toHtml(error.message)}</p>`);
    }
  }

  function deviceForm(code: string): string {
    return `<p>Enter the code that you were shown.</p>
      <form method="post" action="/login/device">
        <label>Code <input name="code" required autofocus autocomplete="off" value="${toHtml(code)}"></label>
        <label>You are ${userMenu()}</label>
        <button name="decision" value="approve">Authorize</button>
        <button name="decision" value="deny">Cancel</button>
      </form>`;
  }

  function overview(): string {
    return `<p><a href="/login/device">Connect a device</a></p>${state.repositories.map(repositoryPart).join('')}`;
  }

  function repositoryPart(repository: Repository): string {
    const name = toHtml(repository.fullName);
    return `<h2>${name}</h2>
      <ul>${repository.pulls.map((pull) => pullPart(pull, name)).join('')}</ul>
      <form method="post" action="/pulls">
        <input type="hidden" name="repository" value="${name}">
        <label>Title <input name="title" placeholder="A change"></label>
        <label>By ${userMenu()}</label>
        <button>Open a pull request</button>
      </form>
      ${postList(repository)}`;
  }

  function pullPart(
    { number, title, authorId, closedAt, mergedAt }: PullRequest,
    repository: string,
  ): string {
    const author = toHtml(state.user(authorId)?.login ?? 'ghost');
    const merge = `<form method="post" action="/pulls">
        <input type="hidden" name="repository" value="${repository}"><input type="hidden" name="number" value="${number}">
        <button>Merge</button>
      </form>`;
    const standing = mergedAt === null ? 'closed' : 'merged';
    return `<li>#${number} ${toHtml(title)}, by ${author} ${closedAt === null ? merge : `(${standing})`}</li>`;
  }

  function userMenu(): string {
    const options = state.users.map(({ login }) => `<option>${toHtml(login)}</option>`).join('');
    return `<select name="login">${options}</select>`;
  }
}
