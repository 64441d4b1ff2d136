import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { namesIn, namesOfChannelsToWriteIn } from '../../config/names.ts';
import { type CommunityConfig, communitySchema } from '../../config/schema.ts';
import type { LeaderboardSettings } from '../../domain/leaderboards.ts';

let config: CommunityConfig;
let settings: LeaderboardSettings;
beforeAll(async () => {
  config = await loadConfig([COMMUNITY_FILE]);
  settings = config.recognition.leaderboards;
});

/** What the schema says against TiXL's configuration with these changes of its leaderboards. */
function problemsWith(changes: object): string[] {
  const leaderboards = { ...settings, ...changes };
  const result = communitySchema.safeParse({
    ...config,
    recognition: { ...config.recognition, leaderboards },
  });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

const board = { name: 'one', title: 'One', measure: 'points', period: 'week' };
const week = {
  ...{ period: 'week', at: '09:00', role: 'Member of the Week', first: 1 },
  ...{ title: 'Won', text: '{members}' },
};

describe('the leaderboards of the configuration', () => {
  test("are TiXL's six", () => {
    expect(settings.boards.map(({ title, measure, period }) => [title, measure, period])).toEqual([
      ['🏆 Weekly Points', 'points', 'week'],
      ['📅 Monthly Points', 'points', 'month'],
      ['🌟 All-Time Points', 'points', 'all'],
      ['🤝 Helpful Answers', 'helpful-answer', 'all'],
      ['📝 Tutorials Created', 'tutorial-created', 'all'],
      ['🎟️ Events Attended', 'event-attended', 'all'],
    ]);
  });

  test("name the channel in which the bot must write, and the winners' roles that it must be able to give", () => {
    const key = 'recognition.leaderboards.channel';
    expect(namesOfChannelsToWriteIn(config)).toContainEqual({ name: 'leaderboard', key });
    expect(namesIn(config).roles).toEqual(
      expect.arrayContaining([
        { name: 'Member of the Week', key: 'recognition.leaderboards.winners.week.role' },
        { name: 'Member of the Month', key: 'recognition.leaderboards.winners.month.role' },
      ]),
    );
  });

  test('can compare an action that has no value of its own, or one that staff have named', () => {
    for (const measure of ['event-attended', 'code-contribution'])
      expect(problemsWith({ boards: [{ ...board, measure, period: 'all' }] })).toEqual([]);
  });
});

describe('leaderboards are refused', () => {
  test.each<[string, object, string]>([
    [
      'two of one name',
      { boards: [board, board] },
      'boards.1.name: there is a leaderboard "one" already: give each leaderboard a name of its own',
    ],
    [
      'of an action that nobody knows',
      { boards: [{ ...board, measure: 'helpful-anwser', period: 'all' }] },
      'boards.0.measure: "helpful-anwser" is no action: expected one of points, message, helpful-answer',
    ],
    [
      'of an action in a week',
      { boards: [{ ...board, measure: 'helpful-answer' }] },
      'boards.0.period: expected all: only points are counted by week and month',
    ],
    ['that are none', { boards: [] }, 'boards: expected a leaderboard'],
    [
      'that are more than a message takes',
      { boards: Array.from({ length: 11 }, (_, index) => ({ ...board, name: `n${index}` })) },
      'boards: at most 10 leaderboards go into a message',
    ],
    [
      'at no time of day',
      { posts: { every: 'week', at: '24:00', on: 'monday' } },
      'posts.at: expected a time of day such as 09:00',
    ],
    ['of which nobody is shown', { size: 0 }, 'size: Too small'],
    [
      'with two sorts of winners of the week',
      { winners: [week, { ...week, role: 'Another' }] },
      'winners: a week and a month have winners once: leave one of them out',
    ],
    [
      'with one role for the winners of week and month',
      { winners: [week, { ...week, period: 'month' }] },
      'winners.1.role: the role "Member of the Week" is given by other winners already: name another',
    ],
    [
      'with the role of a badge for winners',
      { winners: [{ ...week, role: 'Legend' }] },
      'winners.0.role: the role "Legend" is given by recognition.badges already: name another',
    ],
    [
      'with an unknown placeholder for winners',
      { winners: [{ ...week, text: '{member}' }] },
      'winners.0.text: {member} stands for nothing: expected {#channel}, {members}',
    ],
  ])('%s', (_, changes, problem) => {
    expect(problemsWith(changes).join('\n')).toContain(problem);
  });
});
