import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { namesIn, namesOfChannelsToWriteIn } from '../../config/names.ts';
import { type CommunityConfig, communitySchema } from '../../config/schema.ts';

let config: CommunityConfig;
beforeAll(async () => {
  config = await loadConfig([COMMUNITY_FILE]);
});

/** What the schema says against TiXL's configuration with these changes. */
function problemsWith(changes: Partial<Record<keyof CommunityConfig, unknown>>): string[] {
  const result = communitySchema.safeParse({ ...config, ...changes });
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the roles of the configuration', () => {
  test("are TiXL's, with the welcome of each", () => {
    expect(config.roles.kinds).toMatchObject([
      {
        name: 'developer',
        roles: ['Developer', 'Contributor'],
        welcome: {
          title: 'Welcome, Fellow Developer! 👨‍💻',
          text: 'Join our developer channels to share code, get feedback, and collaborate on projects.',
          channels: ['dev-general', 'code-reviews', 'project-showcase'],
        },
      },
      {
        name: 'designer',
        roles: ['Designer', 'Creative'],
        welcome: {
          title: 'Welcome, Creative Mind! 🎨',
          text: 'Share your designs, get inspiration, and connect with other designers.',
          channels: ['design-general', 'ui-ux', 'feedback'],
        },
      },
      {
        name: 'learner',
        roles: ['Student', 'Learner'],
        welcome: {
          title: 'Welcome, Future Expert! 🎓',
          text: 'Access our learning resources and connect with mentors.',
          channels: ['learning', 'help', 'resources'],
        },
      },
    ]);
    expect(config.roles.fallback).toBe('learner');
  });

  test('must be in the guild, with the channels of the welcomes and of the panel', () => {
    const names = namesIn(config);
    expect(names.roles).toEqual(
      expect.arrayContaining([
        { name: 'Contributor', key: 'roles.kinds.developer.roles' },
        { name: 'Learner', key: 'roles.kinds.learner.roles' },
      ]),
    );
    expect(names.channels).toEqual(
      expect.arrayContaining([
        { name: 'ui-ux', key: 'roles.kinds.designer.welcome.channels' },
        { name: 'showcase', key: 'topics.live-visuals.answer' },
      ]),
    );
    expect(namesOfChannelsToWriteIn(config)).toContainEqual({ name: 'roles', key: 'roles.panel.channel' });
  });

  test('may have a kind without a welcome', () => {
    const visitor = { name: 'visitor', label: 'Visitor', roles: ['Newcomer'] };
    expect(problemsWith({ roles: { ...config.roles, kinds: [...config.roles.kinds, visitor] } })).toEqual([]);
  });

  const kinds = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...config.roles.kinds[2], name: `kind-${index}` }));

  test.each<[string, () => object, string]>([
    [
      'a fallback that is no kind',
      () => ({ fallback: 'wizard' }),
      'roles.fallback: there is no kind "wizard": expected one of developer, designer, learner',
    ],
    [
      'a fallback without a welcome',
      () => ({ kinds: config.roles.kinds.map((kind) => ({ ...kind, welcome: undefined })) }),
      'roles.fallback: the kind "learner" has no welcome',
    ],
    [
      'more kinds than a menu takes',
      () => ({ kinds: kinds(26), fallback: 'kind-0' }),
      'roles.kinds: a menu of Discord takes at most 25 kinds',
    ],
    ['no kind at all', () => ({ kinds: [] }), 'roles.kinds: expected at least one kind'],
    [
      'two kinds of one name',
      () => ({ kinds: [...config.roles.kinds, config.roles.kinds[0]] }),
      'roles.kinds.3.name: there is a kind "developer" already',
    ],
    [
      'a kind without roles',
      () => ({ kinds: [...config.roles.kinds, { name: 'x', label: 'X', roles: [] }] }),
      'roles.kinds.3.roles: expected at least one role',
    ],
  ])('cannot be %s', (_, changes, problem) => {
    expect(problemsWith({ roles: { ...config.roles, ...changes() } }).join('\n')).toContain(problem);
  });
});

describe('the emoji of a kind', () => {
  const problemsWithEmoji = (emoji: string) =>
    problemsWith({
      roles: { ...config.roles, kinds: config.roles.kinds.map((kind) => ({ ...kind, emoji })) },
    });

  test.each(['🎨', '👨‍💻', '🎛️', '🇩🇪', '👋🏽', '❤', '1️⃣'])('can be %s', (emoji) => {
    expect(problemsWithEmoji(emoji)).toEqual([]);
  });

  test.each(['smile', '🎨🎵', '🎨 ', ' ', '', '1', '🎨!'])('cannot be %p', (emoji) => {
    expect(problemsWithEmoji(emoji)).toContain('roles.kinds.0.emoji: expected one emoji, such as 🎨');
  });
});

describe('the topics of the configuration', () => {
  const topics = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `t${index}`,
      label: 'T',
      answer: 'See {#general}',
    }));

  test.each<[number, string[]]>([
    [20, []],
    [21, ['topics: there is room for at most 20 topics under a message']],
    [0, ['topics: expected at least one topic']],
  ])('can be %i', (count, problems) => {
    expect(problemsWith({ topics: topics(count) })).toEqual(problems);
  });

  test('have names that differ, and answers that say where to go', () => {
    const [topic] = topics(1);
    expect(
      problemsWith({ topics: [topic, topic, { ...topic, name: 'other', answer: 'Go {nowhere}' }] }),
    ).toEqual([expect.stringContaining('topics.1.name: there is a topic "t0" already')]);
    expect(problemsWith({ topics: [{ ...topic, answer: 'Go {nowhere}' }] })).toEqual([
      expect.stringContaining('topics.0.answer: {nowhere} stands for nothing'),
    ]);
  });
});
