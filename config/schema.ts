/** What may be in `community.yaml`. Types come from the domain; the rules on texts are in `texts.ts` and `text-problems.ts`. */

import { z } from 'zod';
import { distribution } from './schema/distribution.ts';
import { engagement } from './schema/engagement.ts';
import { events } from './schema/events.ts';
import { text } from './schema/fields.ts';
import { onboarding } from './schema/onboarding.ts';
import { recognition } from './schema/recognition.ts';
import { roles } from './schema/roles.ts';
import { problemsWithRoles } from './schema/roles-given-twice.ts';
import { topics } from './schema/topics.ts';
import { problemsWithWorkshopKinds, workshops } from './schema/workshops.ts';
import { problemsWithTexts } from './text-problems.ts';

/** All of `community.yaml`. */
export const communitySchema = z
  .strictObject({
    links: z
      .record(z.string().regex(/^[a-z][a-z ]*$/), z.url({ protocol: /^https?$/ }))
      .describe('Addresses that texts can name in braces'),
    answers: z.strictObject({
      tryAgain: text('answers.tryAgain', 'When something that we need is away'),
      takesLonger: text('answers.takesLonger', 'When it is not done in time, and may still be done'),
      outdated: text('answers.outdated', 'When somebody presses a button that we no longer know'),
      staffOnly: text('answers.staffOnly', 'When somebody uses a command or button that is for staff'),
    }),
    onboarding,
    roles,
    topics,
    recognition,
    events,
    workshops,
    distribution,
    engagement,
  })
  .check(({ value, issues }) => {
    for (const { path, role, message } of problemsWithRoles(value)) {
      issues.push({ code: 'custom', input: role, path: [...path], message });
    }
    for (const { path, kind, message } of problemsWithWorkshopKinds(value)) {
      issues.push({ code: 'custom', input: kind, path: [...path], message });
    }
    for (const { path, text, message } of problemsWithTexts(value)) {
      issues.push({ code: 'custom', input: text, path: [...path], message });
    }
  });

export type CommunityConfig = z.output<typeof communitySchema>;
