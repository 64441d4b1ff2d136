/** The section `recognition.contributions` of `community.yaml`. */

import { z } from 'zod';
import type { ContributionSettings, RepositoryName } from '../../domain/contributions.ts';
import type { LinkSettings } from '../../domain/github-link.ts';
import { duration, link, text } from './fields.ts';

/** GitHub's names: an account, and a repository of it. */
const REPOSITORY = /^[A-Za-z0-9-]{1,39}\/[\w.-]{1,100}$/;

const repository = z
  .string()
  .regex(REPOSITORY, 'expected the name of a repository on GitHub, such as tixl3d/tixl')
  .transform((name) => name as RepositoryName);

const repositories = z
  .array(repository)
  .refine(
    (names) => new Set(names.map((name) => name.toLowerCase())).size === names.length,
    'expected each repository once',
  )
  .describe('The repositories whose merged pull requests count');

const linking: z.ZodType<LinkSettings> = z.strictObject({
  title: text('recognition.contributions.linking.title', 'The headline of what is told by direct message'),
  link: link('recognition.contributions.linking.link'),
  open: text('recognition.contributions.linking.open', 'The answer to /link github'),
  linked: text('recognition.contributions.linking.linked', 'When the account is linked'),
  taken: text('recognition.contributions.linking.taken', 'When another member has linked this account'),
  alreadyLinked: text(
    'recognition.contributions.linking.alreadyLinked',
    'When they have linked an account before',
  ),
  denied: text('recognition.contributions.linking.denied', 'When they did not approve on GitHub'),
  expired: text('recognition.contributions.linking.expired', 'When the code was not entered in time'),
  off: text('recognition.contributions.linking.off', 'When accounts cannot be linked here'),
  shown: text('recognition.contributions.linking.shown', 'The answer to /link show'),
  removed: text('recognition.contributions.linking.removed', 'The answer to /link remove'),
  notLinked: text('recognition.contributions.linking.notLinked', 'The answer to both without a link'),
});

export const contributions: z.ZodType<ContributionSettings> = z.strictObject({
  every: duration
    .refine((value) => !/^0+[smhd]$/.test(value), 'expected a duration above 0')
    .describe('How often the repositories are read'),
  repositories,
  countsFrom: z.iso
    .date('expected a day such as 2026-01-31')
    .optional()
    .describe(
      'What was merged from this day on counts, whenever its author links; without it, what is merged afterwards',
    ),
  linking,
});
