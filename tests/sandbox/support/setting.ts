/** Something to press, and the bot's answers. */

import type { APIMessage } from 'discord-api-types/v10';
import type { TestDiscord } from './local-discord.ts';

/** Who presses where. */
export interface Setting {
  memberId: string;
  channelId: string;
  messageId: string;
}

const components = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, label: 'Go', custom_id: 'go' },
      { type: 2, style: 1, label: 'No', custom_id: 'off', disabled: true },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'pick',
        max_values: 2,
        options: ['a', 'b', 'c'].map((value) => ({ label: value, value })),
      },
    ],
  },
  { type: 1, components: [{ type: 5, custom_id: 'who' }] },
];

/** A message with buttons and selects, and a member who sees it. */
export async function setting(where: TestDiscord): Promise<Setting> {
  const { id: channelId } = await where.channel('general');
  const { body } = await where.request<APIMessage>('POST', `/channels/${channelId}/messages`, {
    body: { content: 'Press', components },
  });
  return { memberId: (await where.member('Tom Becker')).member.user.id, channelId, messageId: body.id };
}

function callbackPath(where: TestDiscord, interactionId: string): string {
  return `/interactions/${interactionId}/${where.interactionToken(interactionId)}/callback`;
}

/** The bot's first answer. */
export function answerWith(where: TestDiscord, interactionId: string, body: object) {
  return where.request('POST', callbackPath(where, interactionId), { body, token: null });
}
