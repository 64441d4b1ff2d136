import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { latestEntries } from '../database/latest-entries.ts';
import { recordRequest } from '../database/recognition-requests.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { type MemberId, toInteractionId, toMemberId } from '../domain/ids.ts';
import type { RecognitionSettings } from '../domain/recognition.ts';
import {
  actionsForStaff,
  badgesForStaff,
  type ChangeRefusal,
  type ChangeRequest,
  problemWith,
  type RecognitionChange,
  toAward,
} from '../domain/recognition-change.ts';
import { RECOGNITION_COMMAND } from '../views/commands/recognition.ts';
import { auditProblem, changeAnswer, entryChoice, refusalAnswer } from '../views/recognition-change.ts';
import {
  RECOGNITION_CHANGE,
  type RecognitionChangeWorkflow,
  startRecognitionChange,
} from '../workflows/definitions/recognition-change.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { memberNames } from './member-names.ts';
import { staffOnly } from './staff-only.ts';
import { showHistory } from './standing.ts';
import { type AnswerTo, runSubcommand } from './subcommands.ts';

type Options = ChatInputCommandInteraction['options'];

/** `/recognition`: staff give and take points, badges and achievements. */
export const recognitionChange: BotFeature = {
  commands: {
    [RECOGNITION_COMMAND.name]: staffOnly({
      run: runSubcommand({
        award: changing((options) => toAward(memberOf(options), typedAward(options))),
        revoke: changing((options) => ({
          kind: 'revoke',
          memberId: memberOf(options),
          points: options.getNumber('points', true),
        })),
        reverse: changing((options) => ({
          kind: 'reverse',
          entryId: String(options.getInteger('entry', true)),
        })),
        'give-badge': changing((options) => ({
          kind: 'give badge',
          memberId: memberOf(options),
          badge: options.getString('badge', true),
        })),
        'give-achievement': changing((options) => ({
          kind: 'give achievement',
          memberId: memberOf(options),
          achievement: options.getString('achievement', true),
        })),
        history: showHistoryOfMember,
      }),
      complete: offer,
    }),
  },
};

/** Has the change made that `read` finds in the options. */
function changing(read: (options: Options) => RecognitionChange | ChangeRefusal): AnswerTo {
  return async (interaction, context) => {
    const change = read(interaction.options);
    const { recognition } = context.config;
    if (typeof change === 'string') return refusalAnswer(change, recognition);
    const request = {
      guildId: context.environment.DISCORD_GUILD_ID,
      interactionId: toInteractionId(interaction.id),
      staffId: toMemberId(interaction.user.id),
      change,
    };
    return carryOut(request, interaction.options.getString('reason', true), context);
  };
}

/** What is wrong with the request itself is said at once, and is not written down. */
async function carryOut(request: ChangeRequest, reason: string, context: BotContext): Promise<Answer> {
  const { client, config, database } = context;
  const settings = config.recognition;
  const problem = problemWith(request, reason, settings);
  if (problem !== undefined) return refusalAnswer(problem, settings);
  await recordRequest(database.em.fork(), request, reason);
  const { outcome, shown } = await client.workflow.execute<RecognitionChangeWorkflow>(
    RECOGNITION_CHANGE,
    startRecognitionChange(request),
  );
  const answer = changeAnswer(request.change, outcome, settings);
  return shown === undefined ? answer : answer + auditProblem(shown, settings);
}

function typedAward(options: Options) {
  return {
    points: options.getNumber('points'),
    action: options.getString('action'),
    quality: options.getNumber('quality'),
  };
}

function memberOf(options: Options): MemberId {
  return toMemberId(options.getUser('member', true).id);
}

function showHistoryOfMember(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const page = interaction.options.getInteger('page') ?? 1;
  return showHistory(interaction.id, memberOf(interaction.options), page, context);
}

async function offer(interaction: AutocompleteInteraction, context: BotContext): Promise<void> {
  const { name: option, value } = interaction.options.getFocused(true);
  await interaction.respond(
    option === 'entry'
      ? await entriesThatBegin(value, interaction, context)
      : namesWith(value, option, context.config.recognition),
  );
}

function namesWith(typed: string, option: string, settings: RecognitionSettings) {
  const names: Readonly<Record<string, readonly string[]>> = {
    action: actionsForStaff(settings),
    badge: badgesForStaff(settings),
    achievement: settings.achievements.map(({ name }) => name),
  };
  const fitting = (names[option] ?? []).filter((name) => name.includes(typed.toLowerCase()));
  return fitting.slice(0, DISCORD_LIMITS.offeredValues).map((name) => ({ name, value: name }));
}

async function entriesThatBegin(
  typed: string,
  { guild, options, user }: AutocompleteInteraction,
  { config, database, environment }: BotContext,
) {
  const member = options.get('member')?.value;
  const entries = await latestEntries(database.em.fork(), environment.DISCORD_GUILD_ID, {
    staffId: toMemberId(user.id),
    memberId: typeof member === 'string' ? toMemberId(member) : undefined,
    typed,
  });
  const members = entries.map(({ memberId }) => memberId);
  const names = (await memberNames(guild, members)) ?? new Map();
  return entries.map((entry) => ({
    name: entryChoice(entry, names, config.recognition),
    value: Number(entry.id),
  }));
}
