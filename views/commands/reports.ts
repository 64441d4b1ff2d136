import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { ReportKind } from '../../domain/reports.ts';

const DAY_LENGTH = '2026-11-16'.length;

/** What each report is about. */
const DESCRIPTIONS: Readonly<Record<ReportKind, string>> = {
  engagement: 'What became of the posts of some days, beside those before; otherwise of the last seven',
};

const { String: TEXT, Subcommand } = ApplicationCommandOptionType;

const day = (name: string, description: string): APIApplicationCommandBasicOption => ({
  ...{ type: TEXT, name, description, max_length: DAY_LENGTH },
});

const DAYS = [
  day('from', 'The first day: 2026-11-16'),
  day('to', 'The last day: 2026-11-22; today is possible, too'),
];

/** `/report`, a subcommand for each kind. For those who may see posts: the bot refuses everybody else. */
export const REPORT_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'report',
  description: 'For authors and staff: reports',
  contexts: [InteractionContextType.Guild],
  options: Object.entries(DESCRIPTIONS).map(([name, description]) => ({
    ...{ type: Subcommand, name, description, options: DAYS },
  })),
};
