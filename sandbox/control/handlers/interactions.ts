/** Pressing, choosing, running commands, filling in modals, and what came of it. */

import { runCommand, suggestOptions } from '../../interactions/commands.ts';
import { submitModal } from '../../interactions/modals.ts';
import { chooseInSelect, pressButton } from '../../interactions/start.ts';
import type { Some } from '../handlers.ts';
import { Refusal } from '../refusal.ts';
import type { ControlServices } from '../services.ts';
import { channelOf } from './messages.ts';

type Calls =
  | 'press'
  | 'choose'
  | 'runCommand'
  | 'autocomplete'
  | 'submitModal'
  | 'getInteraction'
  | 'listInteractions';

const listed = 100;

export function interactionHandlers({ world, desk }: ControlServices): Some<Calls> {
  return {
    press: ({ memberId, channelId, messageId, customId }) => {
      channelOf(world, memberId, channelId);
      const place = { userId: memberId, channelId, messageId, customId };
      return { interactionId: pressButton(world, desk, place) };
    },
    choose: ({ memberId, channelId, messageId, customId, values }) => {
      channelOf(world, memberId, channelId);
      const place = { userId: memberId, channelId, messageId, customId };
      return { interactionId: chooseInSelect(world, desk, place, values) };
    },
    runCommand: ({ memberId, channelId, ...command }) => {
      const channel = channelOf(world, memberId, channelId);
      return { interactionId: runCommand(world, desk, { userId: memberId, channel, ...command }) };
    },
    autocomplete: ({ memberId, channelId, ...command }) => {
      const channel = channelOf(world, memberId, channelId);
      return { interactionId: suggestOptions(world, desk, { userId: memberId, channel, ...command }) };
    },
    submitModal: ({ memberId, interactionId, values }) => ({
      interactionId: submitModal(world, desk, memberId, interactionId, values),
    }),
    getInteraction: async ({ interactionId, wait = 0, until = 'first' }) => {
      const record = desk.find(interactionId);
      if (record === undefined) throw new Refusal('not-found', `There is no interaction ${interactionId}.`);
      await desk.wait(record, until, wait);
      return desk.view(record);
    },
    listInteractions: ({ memberId }) => ({ interactions: desk.list(memberId, listed) }),
  };
}
