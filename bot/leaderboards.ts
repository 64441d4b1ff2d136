import type { AutocompleteInteraction, Guild, RepliableInteraction } from 'discord.js';
import { type MemberId, toMemberId } from '../domain/ids.ts';
import {
  type Leaderboard,
  type LeaderboardReading,
  parseLeaderboardButtonId,
} from '../domain/leaderboards.ts';
import { LEADERBOARD_COMMAND } from '../views/commands/leaderboards.ts';
import {
  leaderboardPageMessage,
  noSuchLeaderboard,
  PICTURE_NAME,
  pictureDescription,
  toPicture,
} from '../views/leaderboard-page.ts';
import { leaderboardPicture } from '../views/pictures/leaderboard.ts';
import {
  LEADERBOARD_PAGE,
  type LeaderboardPageWorkflow,
  startLeaderboardPage,
} from '../workflows/definitions/leaderboards.ts';
import { type Answer, answer, update } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { runCommand } from './subcommands.ts';

/** Names come by the gateway within moments, or the page is shown without them. */
const NAMES_WITHIN_MS = 1_500;

/** `/leaderboard` shows a page to whoever asks, alone; its buttons lead to other pages. */
export const leaderboards: BotFeature = {
  commands: {
    [LEADERBOARD_COMMAND.name]: {
      run: runCommand(async (interaction, context) => {
        const { boards } = context.config.recognition.leaderboards;
        const name = interaction.options.getString('board') ?? boards[0]?.name;
        const board = boards.find((one) => one.name === name);
        if (board === undefined) return noSuchLeaderboard(boards);
        return showPage(interaction, board, interaction.options.getInteger('page') ?? 1, context);
      }),
      complete: offerBoards,
    },
  },

  use(interaction, context) {
    const wanted = parseLeaderboardButtonId(interaction.customId);
    if (wanted === undefined || !interaction.isButton()) return undefined;
    const board = context.config.recognition.leaderboards.boards.find(({ name }) => name === wanted.board);
    if (board === undefined) return answer(interaction, context, async () => context.config.answers.outdated);
    return update(interaction, context, () => showPage(interaction, board, wanted.page, context));
  },
};

async function offerBoards(interaction: AutocompleteInteraction, { config }: BotContext): Promise<void> {
  const typed = interaction.options.getFocused().toLowerCase();
  const boards = config.recognition.leaderboards.boards.filter(({ name, title }) =>
    `${name} ${title.toLowerCase()}`.includes(typed),
  );
  await interaction.respond(boards.map(({ name, title }) => ({ name: title, value: name })));
}

async function showPage(
  interaction: RepliableInteraction,
  board: Leaderboard,
  page: number,
  { client, config, environment }: BotContext,
): Promise<Answer> {
  const memberId = toMemberId(interaction.user.id);
  const input = { guildId: environment.DISCORD_GUILD_ID, memberId, board: board.name, page };
  const reading = await client.workflow.execute<LeaderboardPageWorkflow>(
    LEADERBOARD_PAGE,
    startLeaderboardPage(input, interaction.id),
  );
  // A worker may have read another configuration meanwhile.
  if (reading === null) return noSuchLeaderboard(config.recognition.leaderboards.boards);
  const names = await namesOf(interaction.guild, memberId, reading);
  if (names === undefined) return leaderboardPageMessage(board, reading, false);
  const picture = toPicture(board, reading, { memberId, names });
  const data = await leaderboardPicture(picture);
  return {
    ...leaderboardPageMessage(board, reading, true),
    files: [{ name: PICTURE_NAME, data, description: pictureDescription(picture) }],
  };
}

/**
 * How the members on a page are called in the guild, and who looks at it: one request by the gateway, none by REST. Undefined
 * if there is nobody to be named, or the gateway does not answer in time.
 */
async function namesOf(
  guild: Guild | null,
  memberId: MemberId,
  { top }: LeaderboardReading,
): Promise<ReadonlyMap<MemberId, string> | undefined> {
  if (guild === null || top.length === 0) return undefined;
  const user = [...new Set([...top.map((standing) => standing.memberId), memberId])];
  try {
    const found = await guild.members.fetch({ user, time: NAMES_WITHIN_MS });
    return new Map(found.map(({ id, displayName }) => [toMemberId(id), displayName]));
  } catch {
    return undefined;
  }
}
