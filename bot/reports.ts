import type { ChatInputCommandInteraction } from 'discord.js';
import { findReport } from '../database/reports.ts';
import { isEngagementReport } from '../domain/engagement-report.ts';
import { createdAt } from '../domain/ids.ts';
import { periodRefusalText, readReportPeriod } from '../domain/report-period.ts';
import type { Period, ReportKind } from '../domain/reports.ts';
import { REPORT_COMMAND } from '../views/commands/reports.ts';
import { engagementReportEmbeds, engagementReportPictures } from '../views/engagement-report.ts';
import { engagementCharts } from '../views/pictures/engagement-report.ts';
import { postRefusalText } from '../views/post-answers.ts';
import { asWritten } from '../views/text.ts';
import { ENGAGEMENT_REPORT, startEngagementReport } from '../workflows/definitions/engagement-report.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { postRights } from './post-rights.ts';
import { runSubcommand } from './subcommands.ts';

/** How the report of a kind on a period is made and shown to whoever asks. */
type MakeReport = (
  interaction: ChatInputCommandInteraction,
  period: Period,
  context: BotContext,
) => Promise<Answer>;

const KINDS: Readonly<Record<ReportKind, MakeReport>> = { engagement };

/** `/report`: a report on some days is made again, stored, and shown to whoever asks. */
export const reports: BotFeature = {
  commands: {
    [REPORT_COMMAND.name]: {
      run: runSubcommand(
        Object.fromEntries(Object.entries(KINDS).map(([kind, make]) => [kind, answerWith(make)])),
      ),
    },
  },
};

function answerWith(make: MakeReport) {
  return async (interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> => {
    const { distribution, engagement: settings } = context.config;
    if (!postRights(interaction, context).isAuthor)
      return postRefusalText({ kind: 'not an author' }, distribution);
    const written = {
      from: interaction.options.getString('from') ?? undefined,
      to: interaction.options.getString('to') ?? undefined,
    };
    const read = readReportPeriod(written, createdAt(interaction.id), settings.timeZone);
    return read.kind === 'refused'
      ? asWritten(periodRefusalText(read.refusal))
      : make(interaction, read.span, context);
  };
}

async function engagement(
  { id }: ChatInputCommandInteraction,
  { startsAt, endsAt }: Period,
  { client, database, environment }: BotContext,
): Promise<Answer> {
  const guildId = environment.DISCORD_GUILD_ID;
  const period = { startsAt, endsAt };
  await client.workflow.execute(
    ENGAGEMENT_REPORT,
    startEngagementReport({ guildId, period, isPosted: false }, id),
  );
  const stored = await findReport(database.em.fork(), { guildId, kind: 'engagement', ...period });
  if (!isEngagementReport(stored?.content)) throw new Error('the stored report is of another version');
  const report = stored.content;
  const pictures = engagementReportPictures(report, await engagementCharts(report));
  return {
    embeds: engagementReportEmbeds(report),
    files: pictures.map(({ name, bytes, description }) => ({ name, data: Buffer.from(bytes), description })),
  };
}
