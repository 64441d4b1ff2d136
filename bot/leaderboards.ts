import type { AutocompleteInteraction, RepliableInteraction } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { type Leaderboard, parseLeaderboardButtonId } from '../domain/leaderboards.ts';
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
import { memberNames } from './member-names.ts';
import { runCommand } from './subcommands.ts';

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
  const onPage = reading.top.map((standing) => standing.memberId);
  const names = onPage.length === 0 ? undefined : await memberNames(interaction.guild, [...onPage, memberId]);
  if (names === undefined) return leaderboardPageMessage(board, reading, false);
  const picture = toPicture(board, reading, { memberId, names });
  const data = await leaderboardPicture(picture);
  return {
    ...leaderboardPageMessage(board, reading, true),
    files: [{ name: PICTURE_NAME, data, description: pictureDescription(picture) }],
  };
}
