/** The report on what became of posts, as staff read it on Discord: the figures in words, and two charts. */

import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import type { EngagementReport, TopPost } from '../domain/engagement-report.ts';
import {
  comparisonText,
  type FigureText,
  figureTexts,
  missingTexts,
  nothingText,
  platformNote,
  platformParts,
  reachText,
  spanText,
  topPostParts,
} from '../domain/engagement-report-text.ts';
import type { GuildId } from '../domain/ids.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import { chartDescription } from './chart-description.ts';
import { COLORS } from './colors.ts';
import type { ByteFile, MarkedMessage } from './marked-message.ts';
import { type EngagementCharts, growthChart, platformsChart } from './pictures/engagement-report.ts';
import { asWritten, cut } from './text.ts';

const GROWTH_PICTURE = 'engagement-growth.png';
const PLATFORMS_PICTURE = 'engagement-platforms.png';
/** Five of them and all else must not come to more than 6,000 characters together. */
const TITLE_LENGTH = 100;
const LINK_LENGTH = 300;

/** A chart, and what is said of it to who cannot see it. */
export interface DescribedPicture extends ByteFile {
  readonly description: string;
}

/** What a report says, an embed for each part. */
export function engagementReportEmbeds(report: EngagementReport): APIEmbed[] {
  if (report.now.all.posts === 0) return [nothingEmbed(report)];
  return [summaryEmbed(report), platformsEmbed(report), ...topEmbeds(report)];
}

/** The charts as files that the embeds show; none without posts. */
export function engagementReportPictures(
  report: EngagementReport,
  charts: EngagementCharts | undefined,
): DescribedPicture[] {
  if (charts === undefined) return [];
  return [
    { name: GROWTH_PICTURE, bytes: charts.growth, description: chartDescription(growthChart(report)) },
    {
      name: PLATFORMS_PICTURE,
      bytes: charts.platforms,
      description: chartDescription(platformsChart(report)),
    },
  ];
}

/** The report as it is posted to staff. It mentions nobody. */
export function engagementReportMessage(
  report: EngagementReport,
  charts: EngagementCharts | undefined,
  { guildId, mark }: { readonly guildId: GuildId; readonly mark: string },
): MarkedMessage {
  const [first, ...others] = engagementReportEmbeds(report);
  const media = engagementReportPictures(report, charts);
  // The mark is in one address alone: embeds with the same address are shown as one.
  const marked = { ...first, url: `https://discord.com/channels/${guildId}#${mark}` };
  return {
    marker: mark,
    body: {
      embeds: [marked, ...others],
      attachments: media.map(({ name, description }, id) => ({ id, filename: name, description })),
      allowed_mentions: { parse: [] },
    },
    media,
  };
}

function nothingEmbed(report: EngagementReport): APIEmbed {
  return { title: titleOf(report), color: COLORS.grey, description: nothingText(report) };
}

function summaryEmbed(report: EngagementReport): APIEmbed {
  return {
    title: titleOf(report),
    color: COLORS.blue,
    description: [reachText(report.now), ...missingTexts(report).map((text) => `⚠️ ${text}`)].join('\n'),
    fields: figureTexts(report).map(figureField),
    image: { url: `attachment://${GROWTH_PICTURE}` },
    footer: { text: comparisonText(report) },
  };
}

function figureField({ name, value, changes }: FigureText): APIEmbedField {
  return { name, value: [`**${value}**`, ...changes].join('\n'), inline: true };
}

function platformsEmbed(report: EngagementReport): APIEmbed {
  const lines = report.now.platforms.map(
    (tally) => `**${PLATFORM_LABELS[tally.platform]}**: ${platformParts(report, tally).join(' · ')}`,
  );
  return {
    title: 'By platform',
    color: COLORS.blue,
    description: lines.join('\n'),
    image: { url: `attachment://${PLATFORMS_PICTURE}` },
    footer: { text: platformNote(report) },
  };
}

/** Without interactions no post is the best. */
function topEmbeds({ top }: EngagementReport): APIEmbed[] {
  if (top.length === 0) return [];
  const lines = top.map(
    (post, index) => `**${index + 1}.** ${linked(post)}\n${topPostParts(post).join(' · ')}`,
  );
  return [{ title: 'Top posts', color: COLORS.gold, description: lines.join('\n') }];
}

/** Who reads it can go there, unless it was deleted. */
function linked({ title, url, isGone }: TopPost): string {
  const text = asWritten(cut(title, TITLE_LENGTH));
  return url === null || isGone || url.length > LINK_LENGTH ? `**${text}**` : `[${text}](${url})`;
}

function titleOf({ now }: EngagementReport): string {
  return `📊 What became of posts, ${spanText(now)}`;
}
