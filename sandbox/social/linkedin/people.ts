/** Who is on LinkedIn here: one organisation's page, and the member who administers it. */

import type { FastifyInstance } from 'fastify';
import type { PlatformServices, SocialAccount } from '../stand-in.ts';
import { notFound } from './errors.ts';
import { asksForToken, asksForVersion, refuse } from './gate.ts';

/** The page, in whose name programs publish. */
export const ORGANIZATION: SocialAccount = { id: '5515715', name: 'TiXL', handle: 'tixl' };

const MEMBER = { id: 'k7Qm2xTiXL', givenName: 'Mara', familyName: 'Staff' };

/** What the page is called as the author of posts. */
export const organizationUrn = ({ account }: PlatformServices) => `urn:li:organization:${account.id}`;

/** Adds the routes by which a program learns for whom it may publish. */
export function peopleRoutes(app: FastifyInstance, services: PlatformServices): void {
  const hasToken = asksForToken(services);
  const guards = { onRequest: [hasToken, asksForVersion(services)] };

  app.get('/v2/userinfo', { onRequest: hasToken }, async () => ({
    sub: MEMBER.id,
    name: `${MEMBER.givenName} ${MEMBER.familyName}`,
    given_name: MEMBER.givenName,
    family_name: MEMBER.familyName,
    locale: { country: 'US', language: 'en' },
  }));

  app.get<{ Querystring: { q?: string } }>('/rest/organizationAcls', guards, async ({ query }, reply) => {
    if (query.q !== 'roleAssignee') return refuse(reply, notFound(`The finder ${query.q}`));
    const role = {
      roleAssignee: `urn:li:person:${MEMBER.id}`,
      role: 'ADMINISTRATOR',
      state: 'APPROVED',
      organization: organizationUrn(services),
    };
    return { paging: { start: 0, count: 10, links: [], total: 1 }, elements: [role] };
  });

  app.get<{ Params: { id: string } }>('/rest/organizations/:id', guards, async ({ params }, reply) => {
    const { id, name, handle } = services.account;
    if (params.id !== id) return refuse(reply, notFound(`Organization ${params.id}`));
    return { id: Number(id), localizedName: name, vanityName: handle, $URN: organizationUrn(services) };
  });
}
