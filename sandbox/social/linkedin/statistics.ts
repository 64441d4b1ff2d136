/** The statistics of a page's posts ("Organization Share Statistics" in LinkedIn's docs). */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { figuresOf } from '../figures.ts';
import type { PlatformServices, Refusal, SocialFigures, SocialPost } from '../stand-in.ts';
import { INVALID_QUERY, NOT_ALLOWED } from './errors.ts';
import { asksForToken, asksForVersion, refuse, tokenOf } from './gate.ts';
import { organizationUrn } from './people.ts';
import { findPost } from './posts.ts';
import { listIn } from './rest-li.ts';

const SCOPE = 'rw_organization_admin';
/** It counts the posts of the last twelve months. */
const COUNTED_MS = 365 * 86_400_000;

interface Finder {
  Querystring: { q?: string; organizationalEntity?: string };
}

/** Adds the route. */
export function statisticsRoutes(app: FastifyInstance, services: PlatformServices): void {
  const guards = { onRequest: [asksForToken(services), asksForVersion(services)] };

  app.get<Finder>('/rest/organizationalEntityShareStatistics', guards, async (request, reply) => {
    const { q, organizationalEntity } = request.query;
    if (q !== 'organizationalEntity') return refuse(reply, INVALID_QUERY);
    if (!services.isAllowed(tokenOf(request), SCOPE) || organizationalEntity !== organizationUrn(services))
      return refuse(reply, NOT_ALLOWED);
    const urns = urnsIn(request);
    if (!Array.isArray(urns)) return refuse(reply, urns);
    return { paging: { start: 0, count: 10, links: [] }, elements: elementsFor(urns, services) };
  });
}

/** The posts that are asked for: those of each kind stand in a list of their own. */
function urnsIn(request: FastifyRequest): string[] | Refusal {
  const urns: string[] = [];
  for (const [name, kind] of [
    ['shares', 'share'],
    ['ugcPosts', 'ugcPost'],
  ] as const) {
    const listed = listIn(request, name) ?? [];
    if (!Array.isArray(listed)) return listed;
    if (listed.some((urn) => !urn.startsWith(`urn:li:${kind}:`))) return INVALID_QUERY;
    urns.push(...listed);
  }
  // Without any, LinkedIn would add up all posts of the page: nobody here asks for that.
  return urns.length === 0 ? INVALID_QUERY : urns;
}

/** What there is to tell: posts with which nobody has done anything are left out. */
function elementsFor(urns: readonly string[], services: PlatformServices): object[] {
  const now = services.now();
  return urns.flatMap((urn) => {
    const post = findPost(services, urn);
    if (post === undefined || now - post.at > COUNTED_MS) return [];
    const figures = figuresOf('linkedin', post, now);
    return Object.values(figures).some((figure) => figure !== null && figure > 0)
      ? [elementOf(post, figures, services)]
      : [];
  });
}

function elementOf({ id }: SocialPost, figures: SocialFigures, services: PlatformServices): object {
  const { impressions, reach, likes, shares, comments, clicks } = figures;
  const done = (likes ?? 0) + (shares ?? 0) + (comments ?? 0) + (clicks ?? 0);
  return {
    organizationalEntity: organizationUrn(services),
    [id.startsWith('urn:li:share:') ? 'share' : 'ugcPost']: id,
    totalShareStatistics: {
      impressionCount: impressions ?? undefined,
      uniqueImpressionsCount: reach ?? undefined,
      likeCount: likes ?? undefined,
      shareCount: shares ?? undefined,
      commentCount: comments ?? undefined,
      clickCount: clicks ?? undefined,
      engagement: done / Math.max(1, impressions ?? 0),
    },
  };
}
