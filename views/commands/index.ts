import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { ONBOARDING_COMMAND } from './onboarding.ts';
import { ROLES_COMMAND } from './roles.ts';

/** Every slash command, as Discord is told of it. What it does is in `bot/`: under its name among the commands of a feature. */
export const COMMANDS: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  ONBOARDING_COMMAND,
  ROLES_COMMAND,
];
