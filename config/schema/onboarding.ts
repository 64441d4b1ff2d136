/** The section `onboarding` of `community.yaml`. */

import { z } from 'zod';
import type { BurstSettings } from '../../domain/burst.ts';
import {
  type ClosedDmSettings,
  DEEDS,
  OFFERS,
  type OnboardingSettings,
  type StepTemplate,
  type VariantTemplate,
} from '../../domain/onboarding.ts';
import { channelName, duration, embed, itemName, link, roleName, text, uniqueNames } from './fields.ts';
import { HUNDRED, problemsWithFlow } from './flow.ts';

const stepName = itemName.describe(
  'Unique in the flow. Do not rename a step while members are on their way through it',
);

const stepBase = {
  name: stepName,
  after: duration,
  text: text('onboarding.steps.text', 'What the message says'),
  role: roleName.optional().describe('A role that the member is given with this step'),
  unless: z.enum(DEEDS).optional().describe('The step is left out if the member has done this'),
};

const step: z.ZodType<StepTemplate> = z.discriminatedUnion('to', [
  // In a channel the embed's address is what marks a message, so that it is never sent twice.
  z.strictObject({
    ...stepBase,
    to: z.literal('channel'),
    channel: channelName,
    embed: embed('onboarding.steps'),
  }),
  z.strictObject({
    ...stepBase,
    to: z.literal('dm'),
    embed: embed('onboarding.steps').optional(),
    offers: z.enum(OFFERS).optional().describe('What the member can choose from under the message'),
  }),
]);

const variant: z.ZodType<VariantTemplate> = z.strictObject({
  name: itemName.describe(
    'How the variant is called in reports, and in Temporal as search attribute Variant',
  ),
  share: z.number().min(0).max(HUNDRED).describe('How many of a hundred members get it'),
  without: z.array(itemName).default([]).describe('Steps that it leaves out'),
  steps: z
    .array(
      z.strictObject({
        name: itemName,
        after: duration.optional(),
        text: text('onboarding.variants.steps.text', 'What the message says in this variant').optional(),
      }),
    )
    .default([])
    .describe('What differs in other steps'),
});

const burst: z.ZodType<BurstSettings> = z.strictObject({
  window: duration.describe(
    'Who joins within this time after a welcome is named in one at its end. 0s: everybody is welcomed alone, and no raid is noticed',
  ),
  text: text('onboarding.burst.text', 'What the welcome of several members says'),
  embed: embed('onboarding.burst'),
  raid: z.strictObject({
    above: z.int().min(1).describe('More joins than this within a window hold back the tips'),
    calm: duration.describe('Tips go on when nobody has joined in such a crowd for this long'),
    channel: channelName.describe('Where staff are told'),
    title: text('onboarding.burst.raid.title', 'The headline of what staff are told'),
    link: link('onboarding.burst.raid.link'),
    began: text('onboarding.burst.raid.began', 'What staff are told when it begins'),
    over: text('onboarding.burst.raid.over', 'What the same message says when it is over'),
  }),
});

const closedDms: z.ZodType<ClosedDmSettings> = z.strictObject({
  channel: channelName.describe('Where the guidance goes of members who take no direct messages'),
  text: text('onboarding.closedDms.text', 'What stands above the guidance'),
  title: text('onboarding.closedDms.title', 'The headline of the guidance'),
  link: link('onboarding.closedDms.link'),
});

export const onboarding: z.ZodType<OnboardingSettings> = z
  .strictObject({
    stopButton: text('onboarding.stopButton', 'The button under each tip that stops further ones'),
    stopped: text('onboarding.stopped', 'The answer to whoever presses it'),
    alreadyOver: text(
      'onboarding.alreadyOver',
      'The answer to whoever presses it when there are no further tips anyway',
    ),
    introductions: channelName.describe('The channel in which members introduce themselves'),
    returnsWithin: duration.describe('Who comes back within this time goes on where they were'),
    completion: z.strictObject({
      needs: z.array(z.enum(DEEDS)).describe('What a member has done when the onboarding is complete'),
      within: duration.describe(
        'How long it waits for that after the start, and longer than until the last step; then it has timed out',
      ),
      goalPercent: z.number().min(0).max(HUNDRED).describe('How many of a hundred should complete it'),
    }),
    burst,
    closedDms: closedDms.optional(),
    steps: z.array(step).min(1, 'expected at least one step').check(uniqueNames('step')),
    variants: z.array(variant).default([]).check(uniqueNames('variant')),
  })
  .check(({ value, issues }) => {
    for (const problem of problemsWithFlow(value)) issues.push({ code: 'custom', ...problem });
  });
