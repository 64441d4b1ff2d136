/** LinkedIn as programs see it that publish in the name of an organisation's page. */

import type { RequestKind, StandIn } from '../stand-in.ts';
import { broken, duplicateOf, throttled, UNAUTHORISED } from './errors.ts';
import { LinkedinMedia } from './media.ts';
import { mediaRoutes } from './media-routes.ts';
import { ORGANIZATION, peopleRoutes } from './people.ts';
import { postRoutes } from './post-routes.ts';
import { statisticsRoutes } from './statistics.ts';

const DAY_SECONDS = 86_400;

/** Once a post was deleted, LinkedIn may still name it where it refuses the same again: nobody finds it then. */
const NOWHERE = 'urn:li:share:7000000000000000001';

/** What requests are about; the first that fits counts. */
const KINDS: readonly { readonly form: RegExp; readonly kind: RequestKind }[] = [
  { form: /^POST \/oauth\/v2\/accessToken$/, kind: 'token' },
  { form: /^(POST|DELETE) \/rest\/posts/, kind: 'publish' },
  { form: /^\w+ (\/rest\/(images|videos|documents)|\/dms-uploads\/)/, kind: 'upload' },
  { form: /^GET \/(rest|v2)\//, kind: 'read' },
];

export const linkedinStandIn: StandIn = {
  platform: 'linkedin',
  account: ORGANIZATION,
  oauth: {
    authorize: '/oauth/v2/authorization',
    token: '/oauth/v2/accessToken',
    lastsSeconds: 60 * DAY_SECONDS,
    rotates: false,
    refreshLastsSeconds: 365 * DAY_SECONDS,
    needsPkce: false,
  },
  classify: (method, path) => KINDS.find(({ form }) => form.test(`${method} ${path}`))?.kind,
  refusal(refusal) {
    switch (refusal.kind) {
      case 'rate limit':
        return throttled(refusal.resetAt);
      case 'server error':
        return broken(refusal.status);
      case 'unauthorised':
        return UNAUTHORISED;
      case 'duplicate':
        return duplicateOf(NOWHERE);
    }
  },
  routes(app, services) {
    const media = new LinkedinMedia(services);
    peopleRoutes(app, services);
    mediaRoutes(app, services, media);
    postRoutes(app, services, media);
    statisticsRoutes(app, services);
  },
};
