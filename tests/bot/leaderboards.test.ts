import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type APIMessage,
  ApplicationCommandOptionType,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { leaderboardButtonId } from '../../domain/leaderboards.ts';
import { COMMAND_CHANGED } from '../../views/command-changed.ts';
import { LEADERBOARD_COMMAND } from '../../views/commands/leaderboards.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { answerTo, press, sendButton, updatedMessage } from '../support/button.ts';
import { memberNamed, offersFor, replaceCommand } from '../support/command.ts';
import { give } from '../support/recognition.ts';

const now = Date.now();

let scene: BotScene;
let tom: MemberId;
let ivo: MemberId;
/** From the one with most points to the one with fewest; the last two have the same. */
let crowd: MemberId[];

beforeAll(async () => {
  scene = await startBotScene();
  tom = await memberNamed(scene.discord, 'Tom Becker');
  ivo = await memberNamed(scene.discord, 'Ivo Petrov');
  const { members } = await scene.discord.control.join({
    names: Array.from({ length: 12 }, (_, index) => `Member ${index}`),
  });
  crowd = members.map(({ member }) => toMemberId(member.user.id));
});
afterAll(() => scene.stop());

const open = (options: Record<string, string | number> = {}) => ({ name: 'leaderboard', options });
const award = (memberId: MemberId, points: number, action = 'tested') =>
  give(scene.worker, { memberId, action, cause: `${action}/${memberId}`, at: now - 60_000, points });

/** The picture's words, a line for each member. */
function linesOf({ attachments }: APIMessage): string[] {
  return attachments[0]?.description?.split('\n').slice(1) ?? [];
}

function buttonsOf({ components }: APIMessage): [string, boolean][] {
  return (components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow
      ? row.components.flatMap((one): [string, boolean][] =>
          one.type === ComponentType.Button && 'custom_id' in one
            ? [[one.custom_id, one.disabled ?? false]]
            : [],
        )
      : [],
  );
}

describe('/leaderboard', () => {
  test('says so when nobody is on it, without a picture, to whoever asked alone', async () => {
    const message = await scene.ask(tom, open());
    expect((message.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(textOf(message)).toMatch(/^🏆 Weekly Points\nNobody yet\.\n\nYou do not stand on it/);
    expect([message.attachments, message.components]).toEqual([[], []]);
  });

  test('shows fewer than ten on one page, with the names of the guild; who has the same shares a place', async () => {
    await award(ivo, 3, 'helpful-answer');
    await award(tom, 3, 'helpful-answer');
    const message = await scene.ask(tom, open({ board: 'helpful-answers' }));
    expect(linesOf(message)).toEqual(['1. Ivo Petrov: 1', '1. Tom Becker: 1']);
    expect(message.attachments).toMatchObject([{ filename: 'leaderboard.png', content_type: 'image/png' }]);
    expect(message.embeds).toMatchObject([
      {
        title: '🤝 Helpful Answers',
        description: 'You: place **1** of 2 · **1**',
        footer: { text: 'All time' },
      },
    ]);
    expect(message.components).toEqual([]);
  });

  test('leads through its pages by buttons, and says on each where one stands', async () => {
    for (const [index, memberId] of crowd.entries()) await award(memberId, 200 - Math.min(index, 10) * 10);
    const first = await scene.ask(tom, open({ board: 'all-time-points' }));
    expect(linesOf(first)[0]).toBe('1. Member 0: 200');
    expect(linesOf(first)).toHaveLength(10);
    expect(textOf(first)).toContain('You: place **13** of 14 · **28** points');
    const up = leaderboardButtonId('all-time-points', 0);
    const down = leaderboardButtonId('all-time-points', 2);
    expect(buttonsOf(first)).toEqual([
      [up, true],
      [down, false],
    ]);
    const { interactionId } = await scene.discord.control.press({
      ...{ memberId: tom, channelId: first.channel_id, messageId: first.id, customId: down },
    });
    const second = await updatedMessage(scene.discord, interactionId);
    expect(linesOf(second)).toEqual([
      '11. Member 10: 100',
      '11. Member 11: 100',
      '13. Ivo Petrov: 28',
      '13. Tom Becker: 28',
    ]);
    expect(second.attachments).toHaveLength(1);
    expect(second.embeds[0]?.footer?.text).toBe('All time · page 2 of 2');
    expect(buttonsOf(second)[1]).toEqual([leaderboardButtonId('all-time-points', 3), true]);
  });

  test('shows the last page to whoever asks for one further down', async () => {
    const message = await scene.ask(tom, open({ board: 'all-time-points', page: 99 }));
    expect(message.embeds[0]?.footer?.text).toBe('All time · page 2 of 2');
  });

  test('offers the leaderboards that there are', async () => {
    const offers = (typed?: string) =>
      offersFor(scene.discord, tom, {
        ...open(typed === undefined ? {} : { board: typed }),
        focused: 'board',
      });
    expect(await offers()).toHaveLength(6);
    expect(await offers('Answers')).toEqual(['helpful-answers']);
    expect(await offers('nothing of it')).toEqual([]);
  });

  test('refuses one that there is not', async () => {
    expect(await scene.told(tom, open({ board: 'no-such-board' }))).toMatch(
      /^There is no such leaderboard\. There are: `weekly-points`, /,
    );
  });

  test('that is not as Discord was told is answered, and does nothing', async () => {
    const board = { type: ApplicationCommandOptionType.Integer, name: 'board', description: 'x' } as const;
    await replaceCommand(scene.discord, { ...LEADERBOARD_COMMAND, options: [board] });
    expect(await scene.told(tom, open({ board: 1 }))).toBe(COMMAND_CHANGED);
    await scene.setUp();
  });
});

describe('a button of a leaderboard', () => {
  test.each([
    'leaderboard/no-such-board/1',
    'leaderboard/all-time-points/0',
    'leaderboard/all-time-points/-1',
    'leaderboard/all-time-points/1e9',
    'leaderboard/constructor',
  ])('that is forged or out of date is refused: %s', async (customId) => {
    const message = await sendButton(scene.discord, tom, customId);
    const pressed = await press(scene.discord, tom, message);
    expect(await answerTo(scene.discord, pressed)).toBe(scene.config.answers.outdated);
  });
});
