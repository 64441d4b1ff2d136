import { describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { namesIn } from '../../config/names.ts';
import { communitySchema } from '../../config/schema.ts';
import type { TutorialSettings } from '../../domain/tutorials.ts';

const config = await loadConfig([COMMUNITY_FILE]);
const { tutorials } = config.recognition;

/** What the schema says against TiXL's configuration with these changes of its tutorials. */
function problemsWith(changes: Partial<Record<keyof TutorialSettings, unknown>>): string[] {
  const recognition = { ...config.recognition, tutorials: { ...tutorials, ...changes } };
  const result = communitySchema.safeParse({ ...config, recognition });
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const withText = (name: keyof TutorialSettings['texts'], text: string) => ({
  texts: { ...tutorials.texts, [name]: text },
});

describe('the tutorials of the configuration', () => {
  test('name the channels in which the bot has to write', () => {
    const { channels } = namesIn(config);
    expect(channels).toContainEqual({ name: 'moderation', key: 'recognition.tutorials.reviewChannel' });
    expect(channels).toContainEqual({ name: 'tutorials', key: 'recognition.tutorials.channel' });
  });

  test.each<[string, Parameters<typeof problemsWith>[0], string]>([
    [
      'a reminder that comes when all is over',
      { remindAfter: '30d' },
      'recognition.tutorials.remindAfter: expected less than decideWithin',
    ],
    ['no room for a single one', { mostWaiting: 0 }, 'recognition.tutorials.mostWaiting: '],
    [
      'what stands for nothing',
      withText('done', '{reason}'),
      'recognition.tutorials.texts.done: {reason} stands for nothing',
    ],
    [
      'a line of the list that is too long',
      withText('listEntry', 'x'.repeat(101)),
      'recognition.tutorials.texts.listEntry: is 101 characters long',
    ],
    [
      'a button that is too long',
      { doneButton: 'x'.repeat(81) },
      'recognition.tutorials.doneButton: is 81 characters long',
    ],
  ])('are refused with %s', (_, changes, problem) => {
    const problems = problemsWith(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});
