/** The section `roles` of `community.yaml`. */

import { z } from 'zod';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import {
  CHANNELS_PER_WELCOME,
  type PersonalWelcome,
  type RoleKind,
  type RolesSettings,
} from '../../domain/roles.ts';
import { channelName, emoji, itemName, roleName, text, uniqueNames } from './fields.ts';

const MENU_OPTIONS = DISCORD_LIMITS.selectOptions;

const welcome: z.ZodType<PersonalWelcome> = z.strictObject({
  title: text('roles.kinds.welcome.title', 'The headline'),
  text: text('roles.kinds.welcome.text', 'What it says'),
  channels: z
    .array(channelName)
    .max(CHANNELS_PER_WELCOME, `expected at most ${CHANNELS_PER_WELCOME} channels`)
    .default([])
    .describe('The channels to which it leads: links below the text'),
});

const kind: z.ZodType<RoleKind> = z.strictObject({
  name: itemName.describe('How the kind is called in the database and in Temporal: do not rename it'),
  label: text('roles.kinds.label', 'What stands in the menu'),
  description: text('roles.kinds.description', 'A line below it in the menu').optional(),
  emoji: emoji.optional(),
  roles: z
    .array(roleName)
    .min(1, 'expected at least one role')
    .describe('What who chooses it gets. Who chooses another kind loses those of them that it does not have'),
  welcome: welcome.optional().describe('What who chooses it is told; without it, what the fallback says'),
});

export const roles: z.ZodType<RolesSettings> = z
  .strictObject({
    placeholder: text('roles.placeholder', 'What stands in the menu as long as nothing is chosen'),
    kinds: z
      .array(kind)
      .min(1, 'expected at least one kind')
      .max(MENU_OPTIONS, `a menu of Discord takes at most ${MENU_OPTIONS} kinds`)
      .check(uniqueNames('kind')),
    fallback: itemName.describe('The kind whose welcome is for every kind without one'),
    panel: z.strictObject({
      channel: channelName.describe('Where the message with the menu stands'),
      title: text('roles.panel.title', 'Its headline'),
      text: text('roles.panel.text', 'What stands above the menu'),
    }),
    notOffered: text('roles.notOffered', 'The answer to a choice that is no longer on offer'),
    incomplete: text('roles.incomplete', 'Said above the welcome when some of the roles were refused'),
    notMember: text('roles.notMember', 'The answer to somebody who has left'),
  })
  .check(({ value: { kinds, fallback }, issues }) => {
    const message = problemWithFallback(kinds, fallback);
    if (message !== undefined) issues.push({ code: 'custom', input: fallback, path: ['fallback'], message });
  });

function problemWithFallback(kinds: readonly RoleKind[], fallback: string): string | undefined {
  const found = kinds.find(({ name }) => name === fallback);
  if (found === undefined) {
    return `there is no kind "${fallback}": expected one of ${kinds.map(({ name }) => name).join(', ')}`;
  }
  return found.welcome === undefined
    ? `the kind "${fallback}" has no welcome: give it one, or name a kind that has one`
    : undefined;
}
