import { describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { type ChannelId, toChannelId } from '../../domain/ids.ts';
import { roleMenuId } from '../../domain/roles.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import {
  channelsOfWelcome,
  personalWelcome,
  roleMenu,
  rolePanelMessage,
  saysTheSame,
} from '../../views/roles.ts';

const { roles } = await loadConfig([COMMUNITY_FILE]);
const help = toChannelId('1300000000000000003');
const context = {
  links: { guide: 'https://tixl.app/guide' },
  channels: new Map<string, ChannelId>([['help', help]]),
};
/** What Discord gives back of a message: it adds to what it was sent. */
const asDiscordHasIt = ({ body }: ReturnType<typeof rolePanelMessage>) =>
  JSON.parse(
    JSON.stringify({
      embeds: body.embeds?.map((embed) => ({ ...embed, type: 'rich', flags: 0 })),
      components: body.components?.map((row) => ({ ...row, id: 1 })),
    }),
  ) as Parameters<typeof saysTheSame>[0];

describe('the menu for roles', () => {
  test('offers every kind, for one to be chosen', () => {
    expect(roleMenu(roles).components).toMatchObject([
      {
        custom_id: roleMenuId(),
        options: [
          { value: 'developer', label: 'Developer', emoji: { name: '👨‍💻' } },
          { value: 'designer' },
          { value: 'learner' },
        ],
      },
    ]);
  });
});

describe('a personal welcome', () => {
  test('leads to its channels; one that the guild lacks stays readable', () => {
    const welcome = {
      title: 'Welcome',
      text: 'Read {guide}, ask in {#help}',
      channels: ['help', 'elsewhere'],
    };
    expect(channelsOfWelcome(welcome)).toEqual(['help', 'help', 'elsewhere']);
    expect(personalWelcome(welcome, context)).toMatchObject({
      title: 'Welcome',
      description: `Read https://tixl.app/guide, ask in <#${help}>\n\n<#${help}> #elsewhere`,
    });
  });

  test('without channels is its text alone', () => {
    expect(personalWelcome({ title: 'T', text: 'Text', channels: [] }, context).description).toBe('Text');
  });
});

describe('the panel', () => {
  const panel = rolePanelMessage(roles, context, 'mark-1');

  test('is known again by its menu', () => {
    expect(carriesMarker(asDiscordHasIt(panel), panel.marker)).toBe(true);
    expect(carriesMarker(asDiscordHasIt(panel), roleMenuId('mark-2'))).toBe(false);
  });

  test('says the same as itself, whatever Discord adds', () => {
    expect(saysTheSame(asDiscordHasIt(panel), panel)).toBe(true);
  });

  test.each([
    ['title', { ...roles, panel: { ...roles.panel, title: 'Other' } }],
    ['text', { ...roles, panel: { ...roles.panel, text: 'Other' } }],
    ['placeholder', { ...roles, placeholder: 'Other' }],
    ['kinds', { ...roles, kinds: roles.kinds.slice(1) }],
    ['label of a kind', { ...roles, kinds: roles.kinds.map((kind) => ({ ...kind, label: 'Other' })) }],
  ])('does not say the same when its %s has changed', (_, changed) => {
    expect(saysTheSame(asDiscordHasIt(panel), rolePanelMessage(changed, context, 'mark-1'))).toBe(false);
  });
});
