import type { ChatInputCommandInteraction } from 'discord.js';
import { setLeaderboardPrivacy } from '../database/leaderboard-privacy.ts';
import { type MemberId, toMemberId } from '../domain/ids.ts';
import { type Looks, rankCardOf } from '../domain/rank.ts';
import type { RecognitionSettings } from '../domain/recognition.ts';
import { type MemberStanding, parseHistoryButtonId, VISIBILITIES } from '../domain/standing.ts';
import { COLORS } from '../views/colors.ts';
import { COMMAND_CHANGED } from '../views/command-changed.ts';
import {
  ACHIEVEMENTS_COMMAND,
  BADGES_COMMAND,
  POINTS_COMMAND,
  RANK_COMMAND,
} from '../views/commands/standing.ts';
import { rankCardPicture } from '../views/pictures/rank-card.ts';
import { historyMessage } from '../views/points-history.ts';
import {
  achievementsMessage,
  badgesMessage,
  pointsMessage,
  rankDescription,
  rankMessage,
} from '../views/standing.ts';
import {
  POINTS_HISTORY,
  type PointsHistoryWorkflow,
  STANDING,
  type StandingWorkflow,
  startPointsHistory,
  startStanding,
} from '../workflows/definitions/standing.ts';
import { type Answer, answer, update } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { isStaff } from './staff-only.ts';
import { type AnswerTo, runCommand, runSubcommand } from './subcommands.ts';

/** Of a badge whose role has none, or that brings none. */
const BADGE_COLOR = COLORS.gold;

/** Members look up where they, or others, stand. What staff change is in `recognition-change.ts`. */
export const standing: BotFeature = {
  commands: {
    [POINTS_COMMAND.name]: {
      run: runSubcommand({ show: showing(pointsMessage), history: ownHistory, privacy }),
    },
    [RANK_COMMAND.name]: { run: runCommand(rank) },
    [BADGES_COMMAND.name]: { run: runCommand(showing(badgesMessage)) },
    [ACHIEVEMENTS_COMMAND.name]: { run: runCommand(showing(achievementsMessage)) },
  },

  use(interaction, context) {
    const wanted = parseHistoryButtonId(interaction.customId);
    if (wanted === undefined || !interaction.isButton()) return undefined;
    // It is under a message that one person alone sees, but what it says can be forged.
    if (wanted.memberId !== interaction.user.id && !isStaff(interaction, context))
      return answer(interaction, context, async () => context.config.answers.staffOnly);
    const { memberId, page } = wanted;
    return update(interaction, context, () => showHistory(interaction.id, memberId, page, context));
  },
};

/** Shows by `view` where the member stands that a command names, or whoever sent it. */
function showing(view: (standing: MemberStanding, settings: RecognitionSettings) => Answer): AnswerTo {
  return async (interaction, context) =>
    view(await standingFor(interaction, context), context.config.recognition);
}

/** The card is a picture with the same beside it as a text. Who has no place has no card. */
async function rank(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const settings = context.config.recognition;
  const read = await standingFor(interaction, context);
  const message = rankMessage(read, settings);
  const card = rankCardOf(read, looksOf(interaction), settings);
  if (card === undefined) return message;
  const data = await rankCardPicture(card);
  return { ...message, files: [{ name: 'rank.png', data, description: rankDescription(card) }] };
}

function standingFor(
  { id, options, user }: ChatInputCommandInteraction,
  { client, environment }: BotContext,
): Promise<MemberStanding> {
  const memberId = toMemberId((options.getUser('member') ?? user).id);
  const input = { guildId: environment.DISCORD_GUILD_ID, memberId };
  return client.workflow.execute<StandingWorkflow>(STANDING, startStanding(input, id));
}

/** How the member whom a command names, or whoever sent it, looks in the guild. */
function looksOf({ guild, options, user }: ChatInputCommandInteraction): Looks {
  const shown = options.getUser('member') ?? user;
  const member = guild?.members.resolve(shown.id);
  return {
    name: member?.displayName ?? shown.displayName,
    badgeColor: ({ role }) =>
      guild?.roles.cache.find(({ name }) => name === role)?.colors.primaryColor || BADGE_COLOR,
  };
}

/** Written down by the bot itself: no workflow has to know of it. */
async function privacy(
  { options, user }: ChatInputCommandInteraction,
  { config, database, environment }: BotContext,
): Promise<Answer> {
  const wanted = VISIBILITIES.find((one) => one === options.getString('leaderboards', true));
  if (wanted === undefined) return COMMAND_CHANGED;
  const member = { guildId: environment.DISCORD_GUILD_ID, memberId: toMemberId(user.id) };
  await setLeaderboardPrivacy(database.em, member, wanted === 'hidden');
  return config.recognition.privacy[wanted];
}

async function ownHistory(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const page = interaction.options.getInteger('page') ?? 1;
  return showHistory(interaction.id, toMemberId(interaction.user.id), page, context);
}

/** A page of what a member has got points for, for the interaction with this id. */
export async function showHistory(
  interactionId: string,
  memberId: MemberId,
  page: number,
  { client, config, environment }: BotContext,
): Promise<Answer> {
  const input = { guildId: environment.DISCORD_GUILD_ID, memberId, page: Math.max(1, page) };
  const history = await client.workflow.execute<PointsHistoryWorkflow>(
    POINTS_HISTORY,
    startPointsHistory(input, interactionId),
  );
  return historyMessage(history, config.recognition);
}
