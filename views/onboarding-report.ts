import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import {
  completionPercent,
  ended,
  joined,
  type OnboardingReport,
  type Tally,
} from '../domain/onboarding-report.ts';
import { COLORS } from './colors.ts';
import { count } from './text.ts';

/** With fewer than this, one member more or less changes the rate by more than five points. */
const ENOUGH = 20;
/** Lines that fit into an embed beside those of all weeks, however long the names are. */
const VARIANTS_SHOWN = 12;

/** What is shown beside the rate, which has the completed ones in it. */
const STATES_BESIDE = ['left', 'stopped', 'timed out', 'open'] as const;

/** A report on onboardings for staff. Without tables: on a phone lines wrap, and columns do not stay columns. */
export function onboardingReportMessage(
  report: OnboardingReport,
  goalPercent: number,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'> {
  const title = report.weeks === 1 ? 'Onboarding this week' : `Onboarding in the last ${report.weeks} weeks`;
  if (joined(report.total) === 0)
    return { embeds: [{ title, color: COLORS.grey, description: 'Nobody has joined in this time.' }] };
  return {
    embeds: [
      {
        title,
        color: colorOf(report.total, goalPercent),
        description: [...summaryLines(report.total, goalPercent), '', ...weekLines(report)].join('\n'),
      },
      variantEmbed(report),
    ],
  };
}

function summaryLines(total: Tally, goalPercent: number): string[] {
  const few = ended(total) > 0 && ended(total) < ENOUGH;
  return [
    line('All', total),
    goalLine(total, goalPercent),
    ...(few ? [`These are few: one member more or less changes the rate by ${points(total)}.`] : []),
  ];
}

function goalLine(total: Tally, goalPercent: number): string {
  const percent = completionPercent(total);
  if (percent === undefined) return `Nobody is through yet. The goal is ${goalPercent} %.`;
  return `The goal of ${goalPercent} % is ${percent >= goalPercent ? 'met ✅' : 'not met'}.`;
}

function points(total: Tally): string {
  return count(Math.round(100 / ended(total)), 'point');
}

function weekLines({ byWeek, weeks }: OnboardingReport): string[] {
  const empty = weeks - byWeek.length;
  return [
    '__By week__',
    ...byWeek.map(({ week, tally }) => line(dayOf(week), tally)),
    ...(empty > 0 ? [`Nobody joined in ${count(empty, 'other week')}.`] : []),
  ];
}

function variantEmbed({ byVariant }: OnboardingReport): APIEmbed {
  const more = byVariant.length - VARIANTS_SHOWN;
  return {
    title: 'By variant',
    color: COLORS.grey,
    description: [
      ...byVariant.slice(0, VARIANTS_SHOWN).map(({ variant, tally }) => line(variant, tally)),
      ...(more > 0 ? [`and ${count(more, 'other variant')}`] : []),
    ].join('\n'),
    footer: {
      text: 'The rate is of those whose onboarding has ended. Weeks are those in which members joined, from Monday (UTC).',
    },
  };
}

/** What became of a group. No rate without the numbers that it is made of: of three members, two are 66 %. */
function line(name: string, tally: Tally): string {
  const others = STATES_BESIDE.filter((state) => tally[state] > 0).map((state) => `${tally[state]} ${state}`);
  return [`**${name}**: ${joined(tally)} joined`, rate(tally), ...others].join(' · ');
}

/** Rounded down, so that nothing looks like the goal that has not reached it. */
function rate(tally: Tally): string {
  const percent = completionPercent(tally);
  if (percent === undefined) return 'no rate yet';
  return `**${Math.floor(percent)} %** (${tally.completed} of ${ended(tally)})`;
}

function colorOf(total: Tally, goalPercent: number): number {
  const percent = completionPercent(total);
  if (percent === undefined) return COLORS.grey;
  return percent >= goalPercent ? COLORS.green : COLORS.gold;
}

/** A day as `16 Nov`, in UTC as the weeks are. */
function dayOf(time: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(time);
}
