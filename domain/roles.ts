/** Choosing roles: what kind of maker a member is, and which roles come with that. */

import type { GuildId, InteractionId, MemberId } from './ids.ts';

/** How many channels a personal welcome leads to at most. */
export const CHANNELS_PER_WELCOME = 10;

/** What a member is told who has chosen. Its text may hold placeholders. */
export interface PersonalWelcome {
  readonly title: string;
  readonly text: string;
  /** The names of the channels to which it leads. */
  readonly channels: readonly string[];
}

/** A kind of member that one can choose to be. */
export interface RoleKind {
  readonly name: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly emoji?: string | undefined;
  /** The names of the roles that come with it. */
  readonly roles: readonly string[];
  /** Without one, members get that of the fallback. */
  readonly welcome?: PersonalWelcome | undefined;
}

/** The message from which members choose at any time. */
export interface RolePanel {
  readonly channel: string;
  readonly title: string;
  readonly text: string;
}

/** The configuration's section `roles`. */
export interface RolesSettings {
  /** What stands in the menu as long as nothing is chosen. */
  readonly placeholder: string;
  readonly kinds: readonly RoleKind[];
  /** The kind whose welcome is for every kind without one. It has one: the schema sees to that. */
  readonly fallback: string;
  readonly panel: RolePanel;
  /** The answer to a value that is no longer on offer. */
  readonly notOffered: string;
  /** Said with the welcome when Discord refused some of the roles. */
  readonly incomplete: string;
  /** The answer to somebody who is not in the guild any more. */
  readonly notMember: string;
}

/** A member's choice, made by using a menu once. */
export interface RoleChoiceMade {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly kind: string;
  /** The use of the menu: it says when, and of two choices the one with the greater id is the later one. */
  readonly interactionId: InteractionId;
}

/** What became of making a member's roles those of the kind that they have chosen last. */
export type RolesApplied =
  | { readonly outcome: 'done'; readonly kind: string }
  /** Some of it was refused; the rest is done. `reasons` are for staff. */
  | { readonly outcome: 'refused'; readonly kind: string; readonly reasons: readonly string[] }
  /** The member is no longer in the guild. */
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'nothing chosen' };

/** The id of the workflow that carries out a choice: one for each use of a menu (design: "Identity"). */
export function roleChoiceId({ guildId, interactionId }: RoleChoiceMade): string {
  return `role-choice/${guildId}/${interactionId}`;
}

/**
 * The key of the message that is the panel. Whenever it is gone another is sent, with the next number.
 *
 * @param number without it, what the keys of all of them begin with
 */
export function rolePanelKey(guildId: GuildId, number: number | '' = ''): string {
  return `roles/panel/${guildId}/${number}`;
}

const MENU = 'roles/choose';

/**
 * The `custom_id` of a menu. It names nobody: the choice is that of whoever uses it, so that nobody can choose for another.
 *
 * @param mark what tells this message from others with the menu, where that is needed
 */
export function roleMenuId(mark?: string): string {
  return mark === undefined ? MENU : `${MENU}/${mark}`;
}

/** Whether `customId` is that of a menu for choosing roles. */
export function isRoleMenuId(customId: string): boolean {
  return /^roles\/choose(?:\/[\w-]{1,40})?$/.test(customId);
}

/** The kind with this name, if it is on offer. */
export function findRoleKind({ kinds }: RolesSettings, name: string | undefined): RoleKind | undefined {
  return kinds.find((kind) => kind.name === name);
}

/** The welcome for members of `kind`: its own, or that of the fallback. */
export function welcomeFor(settings: RolesSettings, kind: RoleKind): PersonalWelcome {
  const welcome = kind.welcome ?? findRoleKind(settings, settings.fallback)?.welcome;
  if (welcome === undefined) throw new TypeError(`the fallback "${settings.fallback}" has no welcome`);
  return welcome;
}

/** The roles that a member of `kind` must not have: those of the other kinds, without the ones that it shares. */
export function rolesOfOthers({ kinds }: RolesSettings, kind: RoleKind): string[] {
  const all = new Set(kinds.flatMap(({ roles }) => roles));
  return [...all].filter((role) => !kind.roles.includes(role));
}
