import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { EVENT_COMMAND } from './events.ts';
import { LEADERBOARD_COMMAND } from './leaderboards.ts';
import { LINK_COMMAND } from './link.ts';
import { ONBOARDING_COMMAND } from './onboarding.ts';
import { POST_COMMAND } from './posts.ts';
import { RECOGNITION_COMMAND } from './recognition.ts';
import { REPORT_COMMAND } from './reports.ts';
import { ROLES_COMMAND } from './roles.ts';
import { ACHIEVEMENTS_COMMAND, BADGES_COMMAND, POINTS_COMMAND, RANK_COMMAND } from './standing.ts';
import { THANKS_COMMAND } from './thanks.ts';
import { TUTORIAL_COMMAND } from './tutorials.ts';
import { WORKSHOPS_COMMAND } from './workshops.ts';

/** Every slash command, as Discord is told of it. What it does is in `bot/`: under its name among the commands of a feature. */
export const COMMANDS: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  ONBOARDING_COMMAND,
  ROLES_COMMAND,
  POINTS_COMMAND,
  RANK_COMMAND,
  LEADERBOARD_COMMAND,
  BADGES_COMMAND,
  ACHIEVEMENTS_COMMAND,
  THANKS_COMMAND,
  RECOGNITION_COMMAND,
  LINK_COMMAND,
  TUTORIAL_COMMAND,
  EVENT_COMMAND,
  WORKSHOPS_COMMAND,
  POST_COMMAND,
  REPORT_COMMAND,
];
