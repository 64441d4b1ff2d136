import { describe, expect, test } from '@jest/globals';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import {
  isRoleMenuId,
  type RoleKind,
  type RolesSettings,
  roleChoiceId,
  roleMenuId,
  rolePanelKey,
  rolesOfOthers,
  welcomeFor,
} from '../../domain/roles.ts';

const welcome = { title: 'Welcome, learner', text: 'Learn', channels: [] };
const learner: RoleKind = { name: 'learner', label: 'Learner', roles: ['Student', 'Curious'], welcome };
const designer: RoleKind = {
  name: 'designer',
  label: 'Designer',
  roles: ['Designer'],
  welcome: { ...welcome, title: 'Welcome, designer' },
};
const visitor: RoleKind = { name: 'visitor', label: 'Visitor', roles: ['Visitor', 'Curious'] };
const settings: RolesSettings = {
  placeholder: 'What?',
  kinds: [designer, learner, visitor],
  fallback: 'learner',
  panel: { channel: 'roles', title: 'Roles', text: 'Choose' },
  notOffered: 'Not offered',
  incomplete: 'Incomplete',
  notMember: 'Not a member',
};

describe('choosing roles', () => {
  test('has one id for each use of a menu', () => {
    const choice = {
      guildId: toGuildId('1300000000000000001'),
      memberId: toMemberId('1300000000000000002'),
      kind: 'learner',
      interactionId: toInteractionId('1300000000000000003'),
    };
    expect(roleChoiceId(choice)).toBe('role-choice/1300000000000000001/1300000000000000003');
  });

  test('greets with the welcome of the kind, or with that of the fallback if the kind has none', () => {
    expect(welcomeFor(settings, designer).title).toBe('Welcome, designer');
    expect(welcomeFor(settings, visitor)).toBe(welcome);
  });

  test('takes the roles of the other kinds, but not those that they share with the chosen one', () => {
    expect(rolesOfOthers(settings, visitor)).toEqual(['Designer', 'Student']);
    expect(rolesOfOthers(settings, designer)).toEqual(['Student', 'Curious', 'Visitor']);
  });

  test('knows its menus again, with and without a mark', () => {
    expect([roleMenuId(), roleMenuId('a_B-9')].map(isRoleMenuId)).toEqual([true, true]);
  });

  test.each(['roles', 'roles/choose/', 'roles/choose/a/b', 'roles/chooses', 'xroles/choose', ''])(
    'takes %p for none of its menus',
    (customId) => expect(isRoleMenuId(customId)).toBe(false),
  );

  test('has a key for each message that is the panel, which all begin the same', () => {
    const guildId = toGuildId('1300000000000000001');
    expect(rolePanelKey(guildId, 2)).toBe(`${rolePanelKey(guildId)}2`);
  });
});
