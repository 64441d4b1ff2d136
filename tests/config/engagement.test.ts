import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, ConfigError, loadConfig } from '../../config/load.ts';
import { temporaryFolder } from '../support/folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** What is wrong with TiXL's configuration when these lines of its section `engagement` are laid over it. */
async function problemsWith(...lines: readonly string[]): Promise<readonly string[]> {
  const file = join(folder.path, 'overlay.yaml');
  await writeFile(file, ['engagement:', ...lines].join('\n'));
  const error: unknown = await loadConfig([COMMUNITY_FILE, file]).catch((error: unknown) => error);
  return error instanceof ConfigError
    ? error.problems.map((problem) => problem.replace(/^.*overlay\.yaml/, 'overlay'))
    : [];
}

const thirteen = Array.from({ length: 13 }, (_, index) => `${index + 1}h`).join(', ');
const score = (setting: string) => ['  score:', `    ${setting}`];
const amplification = (setting: string) => ['  amplification:', `    ${setting}`];
const followUp = (setting: string) => ['  amplification:', '    followUp:', `      ${setting}`];
const links = (address: string, platforms = 'discord') => [
  '  links:',
  `    address: "${address}"`,
  `    platforms: [${platforms}]`,
];

describe('a mistake in what is said of figures is named with its line, its key and what was expected', () => {
  test.each<[string, readonly string[], string]>([
    [
      'readings that do not ascend',
      ['  readings: [1h, 3d, 24h]'],
      'overlay:2: engagement.readings: expected them from',
    ],
    [
      'more than twelve readings',
      [`  readings: [${thirteen}]`],
      'overlay:2: engagement.readings: expected at most 12',
    ],
    [
      'a reading after more than 90 days',
      ['  readings: [1h, 91d]'],
      'overlay:2: engagement.readings.[1]: expected at most 90d',
    ],
    [
      'weights that are all 0',
      score('weights: { likes: 0, shares: 0, comments: 0, clicks: 0 }'),
      'overlay:3: engagement.score.weights: expected at least one above 0',
    ],
    [
      'too few posts to compare with',
      score('leastPosts: 2'),
      'overlay:3: engagement.score.leastPosts: expected at least 3',
    ],
    [
      'a score that is below the usual',
      amplification('above: 0.49'),
      'overlay:3: engagement.amplification.above: expected 0.5 to 1',
    ],
    [
      'a score that there is not',
      amplification('above: 1.1'),
      'overlay:3: engagement.amplification.above: expected 0.5 to 1',
    ],
    [
      'a placeholder that a follow-up does not have',
      followUp('text: "{title} by {author}"'),
      'overlay:4: engagement.amplification.followUp.text: {author} means nothing',
    ],
    [
      'a follow-up for an unknown platform',
      followUp('platforms: [x, myspace]'),
      'overlay:4: engagement.amplification.followUp.platforms.[1]: expected one of discord, x',
    ],
    [
      'links with a query',
      links('https://go.example.org/?'),
      'overlay:3: engagement.links.address: expected no ? or #',
    ],
    [
      'links with a slash at the end',
      links('https://go.example.org/'),
      'overlay:3: engagement.links.address: expected no ? or #',
    ],
    [
      'links on an unknown platform',
      links('https://go.example.org', 'myspace'),
      'overlay:4: engagement.links.platforms.[0]: expected one of discord, x',
    ],
  ])('%s', async (_, lines, problem) => {
    expect(await problemsWith(...lines)).toEqual([expect.stringContaining(problem)]);
  });
});

test('the bounds themselves are taken', async () => {
  expect(await problemsWith('  readings: [1h, 90d]', ...score('leastPosts: 3'))).toEqual([]);
  for (const above of [0.5, 1]) expect(await problemsWith(...amplification(`above: ${above}`))).toEqual([]);
  expect(await problemsWith(...links('https://go.example.org/to', 'discord, github'))).toEqual([]);
});
