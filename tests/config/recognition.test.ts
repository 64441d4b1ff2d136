import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { namesIn, namesOfChannelsToWriteIn } from '../../config/names.ts';
import { type CommunityConfig, communitySchema } from '../../config/schema.ts';

let config: CommunityConfig;
beforeAll(async () => {
  config = await loadConfig([COMMUNITY_FILE]);
});

/** What the schema says against TiXL's configuration with these changes of its recognition. */
function problemsWith(changes: Partial<Record<keyof CommunityConfig['recognition'], unknown>>): string[] {
  const recognition = { ...config.recognition, ...changes };
  const result = communitySchema.safeParse({ ...config, recognition });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const badge = (rest: object) => ({
  ...{ name: 'one', label: 'One', emoji: '⭐', description: 'One of them' },
  ...rest,
});

describe('the recognition of the configuration', () => {
  test("is TiXL's", () => {
    const { points, badges, achievements } = config.recognition;
    expect(points).toMatchObject({ message: 1, 'helpful-answer': 5, 'code-contribution': 100 });
    expect(badges.map((one) => [one.name, one.points])).toEqual([
      ['newcomer', 0],
      ['contributor', 100],
      ['helper', 250],
      ['expert', 500],
      ['mentor', 1_000],
      ['legend', 2_500],
    ]);
    expect(achievements.map((one) => [one.label, one.when.action, one.points])).toEqual([
      ['First Steps', 'message', 10],
      ['Helpful Hand', 'helpful-answer', 25],
      ['Bug Hunter', 'bug-reported', 50],
      ['Content Creator', 'tutorial-created', 100],
      ['Event Organizer', 'event-hosted', 200],
    ]);
  });

  test('names roles and channels that the guild must have', () => {
    const { roles, channels } = namesIn(config);
    expect(roles).toContainEqual({ name: 'Legend', key: 'recognition.badges.legend.role' });
    expect(channels).toContainEqual({ name: 'off-topic', key: 'recognition.messages.excludedChannels' });
    expect(namesOfChannelsToWriteIn(config)).toContainEqual({
      name: 'audit-log',
      key: 'recognition.auditChannel',
    });
  });
});

/** What the schema says against TiXL's code contributions with these changes. */
function problemsWithContributions(changes: object): string[] {
  return problemsWith({ contributions: { ...config.recognition.contributions, ...changes } });
}

test.each([
  [
    'no name of a repository',
    { repositories: ['tixl'] },
    /repositories\.0: expected the name of a repository/,
  ],
  ['an address', { repositories: ['https://github.com/tixl3d/tixl'] }, /expected the name of a repository/],
  ['a repository twice', { repositories: ['tixl3d/tixl', 'TiXL3D/TiXL'] }, /expected each repository once/],
  ['no time between readings', { every: '0m' }, /every: expected a duration above 0/],
  ['a day that there is not', { countsFrom: '2026-02-30' }, /countsFrom: expected a day such as/],
])('code contributions with %s are refused', (_, changes, problem) => {
  expect(problemsWithContributions(changes)).toEqual([expect.stringMatching(problem)]);
});

test('code contributions can be left out, and can count from a day on', () => {
  expect(problemsWithContributions({ repositories: [] })).toEqual([]);
  expect(problemsWithContributions({ countsFrom: '2026-01-31' })).toEqual([]);
});

describe('a recognition is refused', () => {
  test.each<[string, Parameters<typeof problemsWith>[0], string]>([
    [
      'with two badges at the same points',
      { badges: [badge({ points: 10 }), badge({ name: 'two', points: 10 })] },
      'recognition.badges.1.points: the badge "one" has 10 points already: give each badge a number of its own',
    ],
    [
      'with a role that members choose for themselves',
      { badges: [badge({ points: 10, role: 'Contributor' })] },
      'recognition.badges.0.role: the role "Contributor" is given by roles.kinds already: name another, or leave it out',
    ],
    [
      'with the role of a step',
      { badges: [badge({ points: 10, role: 'Newcomer' })] },
      'recognition.badges.0.role: the role "Newcomer" is given by onboarding.steps already: name another, or leave it out',
    ],
    [
      'with points of two decimals',
      { points: { message: 0.25 } },
      'recognition.points.message: expected a number of points with at most one decimal',
    ],
    [
      'with a time zone that there is not',
      { timeZone: 'Berlin' },
      'recognition.timeZone: expected the name of a time zone, such as Europe/Berlin or UTC',
    ],
    [
      'with two badges of one name',
      { badges: [badge({ points: 1 }), badge({ points: 2 })] },
      'recognition.badges.1.name: there is a badge "one" already: give each badge a name of its own',
    ],
    [
      'with an achievement that fills in what is not there',
      {
        announcements: { channel: 'general', link: 'https://tixl.app', badge: '{nobody}', achievement: 'x' },
      },
      'recognition.announcements.badge: {nobody} stands for nothing: expected {#channel}, {member}, {name}, {description}, {guide}, {getting started}',
    ],
  ])('%s', (_, changes, problem) => {
    expect(problemsWith(changes)).toEqual([problem]);
  });
});
