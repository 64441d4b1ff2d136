import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JSON_SCHEMA_FILE, jsonSchema } from '../../config/json-schema.ts';
import { COMMUNITY_FILE, ConfigError, DEMO_FILE, loadConfig } from '../../config/load.ts';
import { namesIn } from '../../config/names.ts';

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tixl-config-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function problemsWith(overlay: string): Promise<string[]> {
  files += 1;
  const file = join(folder, `overlay-${files}.yaml`);
  await writeFile(file, overlay);
  const error = await loadConfig([COMMUNITY_FILE, file]).catch((error) => error);
  if (!(error instanceof ConfigError)) return [];
  return error.problems.map((problem) => problem.replace(/^.*overlay-\d+\.yaml/, 'overlay'));
}

describe('the configuration', () => {
  test("has TiXL's texts and delays as its defaults", async () => {
    const { onboarding } = await loadConfig([COMMUNITY_FILE]);
    expect(onboarding.steps).toMatchObject([
      {
        name: 'welcome',
        after: '0s',
        channel: 'welcome',
        role: 'Newcomer',
        text: "Welcome to TiXL! 🎉 We're thrilled to have you here.",
        embed: {
          color: 'blue',
          title: 'Welcome to TiXL Community! 🚀',
          description: "Hi {member}! We're excited to have you join us!",
          fields: [
            { name: 'Getting Started', value: 'Check out {#orientation} to learn about our community' },
          ],
        },
      },
      { name: 'guide', after: '30s', to: 'dm', text: '📚 Start your journey: [Community Guide]({guide})' },
      {
        name: 'roles',
        after: '2m',
        to: 'dm',
        text: '🏷️ Choose your roles in {#roles}',
        offers: 'roles',
        unless: 'role chosen',
      },
      {
        name: 'introduction',
        after: '5m',
        to: 'dm',
        text: expect.stringContaining('👋 Say hello in {#introductions} and tell us about yourself!'),
        unless: 'introduced',
      },
      {
        name: 'getting-started',
        after: '10m',
        to: 'dm',
        text: '📖 New to TiXL? Check out our Getting Started guide: {getting started}',
      },
      {
        name: 'topics',
        after: '15m',
        to: 'dm',
        text: '💬 Join the conversation! What topics interest you most?',
        offers: 'topics',
      },
    ]);
  });

  test('takes what the demonstration lays over it', async () => {
    await expect(loadConfig([COMMUNITY_FILE, DEMO_FILE])).resolves.toBeDefined();
  });

  test('is laid over by name: other steps stay as they are, new ones are added', async () => {
    const file = join(folder, 'over.yaml');
    await writeFile(
      file,
      'onboarding: { steps: [{ name: guide, after: 5s }, { name: more, after: 1m, to: dm, text: x }] }',
    );
    const { onboarding } = await loadConfig([COMMUNITY_FILE, file]);
    expect(onboarding.steps.map(({ name, after }) => [name, after])).toEqual([
      ['welcome', '0s'],
      ['guide', '5s'],
      ['roles', '2m'],
      ['introduction', '5m'],
      ['getting-started', '10m'],
      ['topics', '15m'],
      ['more', '1m'],
    ]);
    expect(onboarding.steps[1]?.text).toContain('Start your journey');
  });

  test('names every channel and role that the guild must have, and where it does', async () => {
    const { channels, roles } = namesIn(await loadConfig([COMMUNITY_FILE]));
    expect(channels).toEqual(
      expect.arrayContaining([
        { name: 'welcome', key: 'onboarding.steps.welcome.channel' },
        { name: 'orientation', key: 'onboarding.steps.welcome.embed.fields.Getting Started.value' },
        { name: 'moderation', key: 'onboarding.burst.raid.channel' },
        { name: 'introductions', key: 'onboarding.introductions' },
        { name: 'welcome', key: 'onboarding.closedDms.channel' },
      ]),
    );
    expect(roles).toContainEqual({ name: 'Newcomer', key: 'onboarding.steps.welcome.role' });
  });

  test('has an up-to-date JSON Schema for editors ("npm run schema" renews it)', async () => {
    expect(await readFile(JSON_SCHEMA_FILE, 'utf8')).toBe(jsonSchema());
  });
});

describe('a mistake in the configuration is named with its line, its key and what was expected', () => {
  const guide = (lines: string) => `onboarding:\n  steps:\n    - name: guide\n      ${lines}\n`;
  const variant = (lines: string) => `onboarding:\n  variants:\n    - { name: a, share: 10, ${lines} }\n`;
  const closedDms = (link: string) => `onboarding:\n  closedDms: { link: "${link}" }\n`;
  const long = 'x'.repeat(2_000);

  test.each([
    ['an unknown key', 'onboarding:\n  stopButon: x\n', 'overlay:2: unknown key "stopButon"'],
    ['a wrong type', guide('text: 3'), 'overlay:4: onboarding.steps.guide.text: expected a string, found 3'],
    [
      'a negative delay',
      guide('after: -5s'),
      'overlay:4: onboarding.steps.guide.after: expected a duration such as 30s',
    ],
    [
      'a delay without a unit',
      guide('after: 30'),
      'overlay:4: onboarding.steps.guide.after: expected a string, found 30',
    ],
    [
      'an unknown unit',
      guide('after: 10 secnds'),
      'overlay:4: onboarding.steps.guide.after: expected a duration',
    ],
    ['a place that there is not', guide('to: moon'), 'overlay:4: onboarding.steps.guide.to: '],
    [
      'an unknown placeholder',
      guide('text: "go {nowhere}"'),
      '{nowhere} stands for nothing: expected {#channel}, {member}, {guide}',
    ],
    [
      'an empty text',
      guide('text: ""'),
      'overlay:4: onboarding.steps.guide.text: expected a text, found an empty one',
    ],
    [
      'a text that is too long',
      guide(`text: ${'x'.repeat(2_001)}`),
      'is 2001 characters long, but Discord takes at most 2000',
    ],
    [
      'a text that is too long once it is filled in',
      `links: { guide: https://example.com/${'x'.repeat(80)} }\n${guide(`text: "${'x'.repeat(1_950)} {guide}"`)}`,
      'is 2051 characters long with its placeholders filled in, but Discord takes at most 2000',
    ],
    [
      'a text of which Discord may count every half of an emoji',
      guide(`text: ${'🎉'.repeat(1_001)}`),
      'is 2002 characters long, but Discord takes at most 2000',
    ],
    [
      'a mention that makes a text too long',
      guide(`text: "${'x'.repeat(1_980)} {member}"`),
      'overlay:4: onboarding.steps.guide.text: is 2004 characters long with its placeholders filled in',
    ],
    [
      'a placeholder where nothing is filled in',
      'answers: { outdated: "look into {guide}" }\n',
      'overlay:1: answers.outdated: {guide} is not filled in here',
    ],
    [
      'a channel where nothing is filled in',
      'onboarding:\n  stopButton: "go to {#general}"\n',
      'overlay:2: onboarding.stopButton: {#general} is not filled in here',
    ],
    [
      'a variant of a step that there is not',
      variant('steps: [{ name: guid, after: 1m }]'),
      'onboarding.variants.a.steps.guid.name: there is no step "guid": expected one of welcome, guide',
    ],
    [
      'a variant that leaves out a step that there is not',
      variant('without: [guid]'),
      'there is no step "guid"',
    ],
    [
      'a variant that says twice what differs in a step',
      variant('steps: [{ name: guide, after: 1m }, { name: guide, text: x }]'),
      'onboarding.variants.a.steps.guide.name: the step "guide" stands here twice',
    ],
    [
      'a variant that leaves out a step twice',
      variant('without: [guide, guide]'),
      'onboarding.variants.a.without.[1]: the step "guide" stands here twice',
    ],
    [
      'a variant that leaves out every step, one of them twice',
      variant('without: [welcome, guide, guide, roles, introduction, getting-started, topics]'),
      'onboarding.variants.a.without: "welcome" is the welcome, which nobody goes without',
    ],
    [
      'a variant without the welcome',
      variant('without: [welcome]'),
      'overlay:3: onboarding.variants.a.without: "welcome" is the welcome, which nobody goes without',
    ],
    [
      'a deadline before the last step',
      'onboarding: { completion: { within: 10m } }\n',
      'overlay:1: onboarding.completion.within: must be longer than 15m, which is when the last step comes',
    ],
    [
      'a deadline at the last step of a variant',
      variant('steps: [{ name: roles, after: 7d }]'),
      'onboarding.completion.within: must be longer than 7d, which is when the last step comes in the variant "a"',
    ],
    [
      'an offer in two steps, since all tips may go into one message',
      guide('offers: roles'),
      'onboarding.steps.roles.offers: the step "guide" offers roles already',
    ],
    [
      'variants for more than everybody',
      'onboarding:\n  variants:\n    - { name: a, share: 60 }\n    - { name: b, share: 50 }\n',
      'onboarding.variants: the shares add up to 110: more than a hundred',
    ],
    [
      'a variant called like the flow itself',
      'onboarding:\n  variants:\n    - { name: standard, share: 10 }\n',
      '"standard" is what "steps" above describe',
    ],
    [
      'tips that are too long together for the message in the channel',
      guide(`text: ${long}`).concat(`    - { name: topics, text: ${long} }\n`),
      'onboarding.closedDms: all tips together are',
    ],
    [
      'tips that are too long together for it in a variant',
      variant(`steps: [{ name: guide, text: ${long} }, { name: topics, text: ${long} }]`),
      'onboarding.closedDms: all tips of the variant "a" together are',
    ],
    ['an address that is none', 'links: { guide: nowhere }\n', 'overlay:1: links.guide: '],
    [
      'an address of the guidance that is none',
      closedDms('not an address'),
      'overlay:2: onboarding.closedDms.link: expected an address without a # in it, or a name under links in braces',
    ],
    [
      'an address of the notice to staff that is none',
      'onboarding:\n  burst: { raid: { link: nonsense } }\n',
      'overlay:2: onboarding.burst.raid.link: expected an address',
    ],
    ['an address with a # in it', closedDms('https://tixl.app/#top'), 'link: expected an address'],
    [
      'an address with a # in it by a link',
      `links: { top: "https://tixl.app/#top" }\n${closedDms('{top}')}`,
      'overlay:3: onboarding.closedDms.link: {top} has a # in it',
    ],
    [
      'a member in place of an address',
      guide('embed: { title: t, description: d, link: "{member}" }'),
      'onboarding.steps.guide.embed.link: {member} is no link: expected {guide}, {getting started}',
    ],
    ['a member in an address', closedDms('https://tixl.app/{member}'), 'link: expected an address'],
    [
      'a blank text',
      'onboarding:\n  stopButton: " "\n',
      'overlay:2: onboarding.stopButton: expected a text, found an empty one',
    ],
    [
      'a blank name of a role',
      guide('role: " "'),
      'onboarding.steps.guide.role: expected the name of a role',
    ],
    ['YAML that cannot be read', 'onboarding: [\n', 'overlay:'],
    [
      'something missing',
      'onboarding:\n  steps:\n    - name: new\n      to: dm\n      text: x\n',
      'overlay:3: onboarding.steps.new.after: is missing: expected a string',
    ],
  ])('%s', async (_, overlay, problem) => {
    expect((await problemsWith(overlay)).join('\n')).toContain(problem);
  });

  test('an embed whose texts are too long together', async () => {
    const fields = Array.from({ length: 6 }, (_, i) => `{ name: f${i}, value: ${'x'.repeat(1_000)} }`).join(
      ', ',
    );
    const embed = `embed: { title: t, description: d, link: "{guide}", fields: [${fields}] }`;
    expect(await problemsWith(guide(embed))).toEqual([expect.stringContaining('over 6000 characters')]);
  });

  test('every mistake at once', async () => {
    expect(await problemsWith('foo: 1\nonboarding:\n  bar: 2\n')).toEqual([
      expect.stringContaining('overlay:1: unknown key "foo"'),
      expect.stringContaining('overlay:3: unknown key "bar"'),
    ]);
  });

  test('a flow without a welcome', async () => {
    const file = join(folder, 'no-welcome.yaml');
    const source = await readFile(COMMUNITY_FILE, 'utf8');
    await writeFile(file, source.replace('      to: channel\n      channel: welcome\n', '      to: dm\n'));
    await expect(loadConfig([file])).rejects.toThrow('onboarding.steps: expected a step to a channel');
  });

  test('two steps of one name', async () => {
    const file = join(folder, 'twice.yaml');
    const source = await readFile(COMMUNITY_FILE, 'utf8');
    await writeFile(file, source.replace('name: guide', 'name: welcome'));
    await expect(loadConfig([file])).rejects.toThrow('there is a step "welcome" already');
  });

  test('a file that is not there', async () => {
    await expect(loadConfig([join(folder, 'none.yaml')])).rejects.toThrow(
      'none.yaml: cannot be read (ENOENT)',
    );
  });
});
