/** Serves the links of our own: counts who follows one, and leads them on. It sets no cookie, and notes nothing of who they are. */

import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { isBot } from 'isbot';
import type { Environment } from '../config/environment.ts';
import { followLink } from '../database/post-links.ts';
import { type LinkedPost, linkCodeOf, linkedPostOf } from '../domain/post-links.ts';
import type { WorkerContext } from './context.ts';

/** A running server. */
export interface LinkServer {
  readonly address: string;
  stop(): Promise<void>;
}

type LinkContext = Pick<WorkerContext, 'config' | 'database' | 'logger'> & {
  readonly environment: Pick<Environment, 'DISCORD_GUILD_ID' | 'LINKS_HOST' | 'LINKS_PORT'>;
};

const FOUND = 302;
const NOT_FOUND = 404;
const UNAVAILABLE = 503;
/** Longer than that nobody waits for a page, in ms. */
const ANSWER_WITHIN_MS = 2_000;
/** So many links can be followed while the database is away. */
const REMEMBERED_LINKS = 1_000;
/** What browsers say when they fetch a page that nobody has asked for yet. */
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
const NOT_ASKED_FOR = /prefetch|prerender|preview/i;

/**
 * Serves `/<code>` where the environment has a port for it: posts that were published with links of ours need that for ever, even when
 * the configuration has none any more. Any number of workers may.
 *
 * @returns undefined without a port
 */
export async function serveLinks(context: LinkContext): Promise<LinkServer | undefined> {
  const { environment, config, logger } = context;
  const { LINKS_HOST: host, LINKS_PORT: port } = environment;
  if (port === undefined) {
    if (config.engagement.links !== undefined)
      logger.warn(
        'engagement.links is set, but LINKS_PORT is not: this worker leads nobody on who follows a link',
      );
    return undefined;
  }
  const leadOn = createGuide(context);
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.get<{ Params: { code: string } }>('/:code', async (request, reply) => {
    const post = linkedPostOf(request.params.code);
    if (post === undefined) return tellNotFound(reply);
    const destination = await leadOn(post, isFollowed(request));
    if (destination === 'not known now') return tellUnavailable(reply);
    return destination === undefined ? tellNotFound(reply) : unstored(reply).redirect(destination, FOUND);
  });
  app.setNotFoundHandler((_, reply) => tellNotFound(reply));
  const address = await app.listen({ host, port });
  return { address, stop: () => app.close() };
}

/** Whether a person follows the link, as far as that can be told: no crawler, no preview, nothing that was fetched in advance. */
function isFollowed({ method, headers }: FastifyRequest): boolean {
  const agent = headers['user-agent'];
  if (method !== 'GET' || !agent || isBot(agent)) return false;
  return !PURPOSES.some((name) => NOT_ASKED_FOR.test(String(headers[name])));
}

/** Where a link leads; undefined: nowhere. */
type Destination = string | undefined | 'not known now';

/** Leads on while the database is away too, to where this process has led before: then clicks are not counted. */
function createGuide({ environment, database, logger }: LinkContext) {
  const remembered = new Map<string, string>();
  let isAway = false;

  return async (post: LinkedPost, isCounted: boolean): Promise<Destination> => {
    const code = linkCodeOf(post);
    const delivery = { guildId: environment.DISCORD_GUILD_ID, ...post };
    try {
      const link = await inTime(followLink(database.em.fork(), delivery, isCounted));
      noteAway(false);
      const destination = addressOf(link);
      if (destination !== undefined) remember(code, destination);
      return destination;
    } catch (error) {
      noteAway(true, (error as Error).message);
      return remembered.get(code) ?? 'not known now';
    }
  };

  function remember(code: string, destination: string): void {
    remembered.delete(code);
    remembered.set(code, destination);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_LINKS && oldest !== undefined) remembered.delete(oldest);
  }

  /** Said once, however many follow links meanwhile. */
  function noteAway(isAwayNow: boolean, reason?: string): void {
    if (isAwayNow && !isAway)
      logger.warn({ reason }, 'clicks on links are not counted: the database is away');
    if (!isAwayNow && isAway) logger.info('clicks on links are counted again');
    isAway = isAwayNow;
  }
}

/** An address of the web, written so that it can stand in a header. Undefined if it is none. */
function addressOf(link: string | undefined): string | undefined {
  const url = link === undefined ? null : URL.parse(link);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)));
  });
  return Promise.race([work, tooLate]);
}

/** A browser that kept the answer would not come by again. */
function unstored(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

function tellNotFound(reply: FastifyReply): FastifyReply {
  return sendPage(reply.code(NOT_FOUND), 'There is no such link.');
}

function tellUnavailable(reply: FastifyReply): FastifyReply {
  const sentence = 'This link cannot be followed at the moment. Please try again in a minute.';
  return sendPage(reply.code(UNAVAILABLE).header('retry-after', '60'), sentence);
}

function sendPage(reply: FastifyReply, sentence: string): FastifyReply {
  return unstored(reply)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Link</title><p>${sentence}</p></html>\n`,
    );
}
