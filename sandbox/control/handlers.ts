/** The handlers of all calls, put together from `handlers/` by topic. */

import type { z } from 'zod';
import type { ControlCallName, ControlCalls } from './calls.ts';

import { guildHandlers } from './handlers/guild.ts';
import { interactionHandlers } from './handlers/interactions.ts';
import { memberHandlers } from './handlers/members.ts';
import { messageHandlers } from './handlers/messages.ts';
import { observeHandlers } from './handlers/observe.ts';

import { replayHandlers } from './handlers/replay.ts';
import { stateHandlers } from './handlers/state.ts';
import type { inputs } from './inputs.ts';
import type { ControlServices } from './services.ts';

/** A function for each call: takes the checked input, gives the answer. */
export type Handlers = {
  [Name in ControlCallName]: (
    input: z.output<(typeof inputs)[Name]>,
  ) => ControlCalls[Name]['answer'] | Promise<ControlCalls[Name]['answer']>;
};

/** All handlers. */
export function createHandlers(services: ControlServices): Handlers {
  return {
    ...stateHandlers(services),
    ...memberHandlers(services),
    ...messageHandlers(services),
    ...interactionHandlers(services),

    ...guildHandlers(services),
    ...replayHandlers(services),
    ...observeHandlers(services),
  };
}

/** Some of the handlers. */
export type Some<Name extends ControlCallName> = Pick<Handlers, Name>;
