/** The pages of the local platforms: the timelines side by side or one alone, with switches for what goes wrong. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { toHtml } from '../html.ts';
import { findPicture } from '../pictures.ts';
import type { LocalPlatformsServices, ServedPlatform } from '../services.ts';
import { SOCIAL_PLATFORMS, type SocialPlatform } from '../stand-in.ts';
import type { Tokens } from '../tokens.ts';
import { PLATFORM_NAMES } from './names.ts';
import { activeFaults, faultForm, ofPlatform, ruleOf, switches } from './switches.ts';
import { shownPosts, timeline } from './timelines.ts';

/** Posts come from programs: the browser is told to run and load nothing but what is ours. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  // With none at all, browsers would not say that a form is ours.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const FILES = {
  '/page/styles.css': 'text/css; charset=utf-8',
  '/page/live.js': 'text/javascript; charset=utf-8',
  '/page/icon.svg': 'image/svg+xml',
} as const;

const consentForm = z.object({ mode: z.enum(['ask', 'given', 'refused']) });

/** What consent can be set to, in words. */
const CONSENT = { ask: 'Ask', given: 'Given at once', refused: 'Refused at once' } as const;

interface OfPlatform {
  Params: { platform: string };
}

/** Adds the pages. */
export async function socialPages(
  app: FastifyInstance,
  { services, tokens }: { services: LocalPlatformsServices; tokens: Tokens },
): Promise<void> {
  const { platforms, faults } = services;
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof z.ZodError)) throw error;
    return show(reply.code(400), 'Local platforms', `<p role="alert">${toHtml(z.prettifyError(error))}</p>`);
  });
  for (const [path, type] of Object.entries(FILES)) {
    const content = await readFile(new URL(`.${path.slice('/page'.length)}`, import.meta.url));
    app.get(path, async (_, reply) =>
      reply.headers({ 'content-type': type, 'x-content-type-options': 'nosniff' }).send(content),
    );
  }

  app.get('/', async (_, reply) =>
    show(
      reply,
      'Local platforms',
      `<div class="columns">${platforms.map((one) => column(one, '/')).join('')}</div>`,
    ),
  );

  app.get<OfPlatform>('/timeline/:platform', async ({ params }, reply) => {
    const served = platforms.find(({ standIn }) => standIn.platform === params.platform);
    if (served === undefined)
      return show(reply.code(404), 'Local platforms', '<p role="alert">There is no such platform.</p>');
    const { platform } = served.standIn;
    const title = `${PLATFORM_NAMES[platform]} (local)`;
    return show(reply, title, `<div class="columns">${column(served, `/timeline/${platform}`)}</div>`);
  });

  app.get<{ Params: { platform: string; digest: string } }>(
    '/pictures/:platform/:digest',
    async ({ params }, reply) => {
      const served = platforms.find(({ standIn }) => standIn.platform === params.platform);
      const picture = served && findPicture(served.services.records, params.digest);
      if (picture === undefined) return reply.code(404).send();
      return reply
        .headers({ 'content-type': picture.type, 'x-content-type-options': 'nosniff' })
        .send(picture.bytes);
    },
  );

  app.post('/switches/fault', async ({ body }, reply) => {
    faults.set([...faults.rules, ruleOf(faultForm.parse(body))]);
    return back(reply, body);
  });
  app.post('/switches/clear-faults', async ({ body }, reply) => {
    const { platform } = ofPlatform.parse(body);
    faults.set(faults.rules.filter((rule) => rule.platform !== platform));
    return back(reply, body);
  });
  app.post('/switches/expire-tokens', async ({ body }, reply) => {
    tokens.expireAll(ofPlatform.parse(body).platform);
    return back(reply, body);
  });
  app.post('/switches/revoke', async ({ body }, reply) => {
    tokens.revokeAll(ofPlatform.parse(body).platform);
    return back(reply, body);
  });
  app.post('/switches/consent', async ({ body }, reply) => {
    services.consent = consentForm.parse(body).mode;
    return back(reply, body);
  });

  /** A platform: who it is, what goes wrong, what is published. */
  function column({ standIn: { platform, account }, services: own }: ServedPlatform, here: string): string {
    const rules = faults.rules.filter((rule) => rule.platform === platform);
    const count = shownPosts(own).length;
    return `<section class="column" aria-labelledby="${platform}-name">
      <header>
        <h2 id="${platform}-name"><a href="/timeline/${platform}">${PLATFORM_NAMES[platform]}</a></h2>
        <p class="quiet">${toHtml(account.name)} · ${toHtml(account.handle)}</p>
        ${live(`${platform}-count`, `<p class="count">${count} ${count === 1 ? 'post' : 'posts'}</p>`)}
      </header>
      ${live(`${platform}-faults`, activeFaults(platform, rules, here))}
      ${switches(platform, here)}
      ${live(`${platform}-posts`, timeline(own))}
    </section>`;
  }

  function show(reply: FastifyReply, title: string, body: string): FastifyReply {
    return reply.headers(HEADERS).send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/styles.css"><script type="module" src="/page/live.js"></script></head>
<body><header class="top"><h1>${title}</h1>${navigation()}${consent()}</header>
<main>${body}</main></body></html>`);
  }

  function navigation(): string {
    const links = platforms.map(
      ({ standIn: { platform } }) => `<a href="/timeline/${platform}">${PLATFORM_NAMES[platform]}</a>`,
    );
    return `<nav aria-label="Timelines"><a href="/">All</a>${links.join('')}</nav>`;
  }

  function consent(): string {
    const options = Object.entries(CONSENT).map(
      ([mode, label]) =>
        `<option value="${mode}"${mode === services.consent ? ' selected' : ''}>${label}</option>`,
    );
    return `<form class="consent" method="post" action="/switches/consent">
      <label>Consent<select name="mode">${options.join('')}</select></label><button>Set</button></form>`;
  }
}

/** A part that is kept up to date while the page is open, known again by what it holds. */
function live(id: string, html: string): string {
  const digest = createHash('sha256').update(html).digest('base64url').slice(0, 16);
  return `<div id="${id}" data-live="${digest}">${html}</div>`;
}

/** Leads back to the page from which a form was sent. */
function back(reply: FastifyReply, body: unknown): FastifyReply {
  const pages = ['/', ...SOCIAL_PLATFORMS.map((platform: SocialPlatform) => `/timeline/${platform}`)];
  const wanted = (body as { back?: string }).back ?? '/';
  return reply.redirect(pages.includes(wanted) ? wanted : '/', 303);
}
