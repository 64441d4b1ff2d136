import { describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { communitySchema } from '../../config/schema.ts';
import type { FeedbackSettings } from '../../domain/event-feedback.ts';
import type { EventSettings } from '../../domain/events.ts';

const config = await loadConfig([COMMUNITY_FILE]);
const { feedback, checkIn } = config.events;

/** What the schema says against TiXL's configuration with these changes of its events. */
function problemsWith(changes: Partial<Record<keyof EventSettings, unknown>>): string[] {
  const result = communitySchema.safeParse({ ...config, events: { ...config.events, ...changes } });
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const withForm = (changes: Partial<FeedbackSettings['form']>) => ({
  feedback: { ...feedback, form: { ...feedback.form, ...changes } },
});

describe('check-in and feedback in the configuration', () => {
  test('stay open and remind as the community wants it', () => {
    expect(feedback).toMatchObject({ openFor: '72h', remindAfter: '48h' });
  });

  test.each<[string, Parameters<typeof problemsWith>[0], string]>([
    [
      'a question that is too long for a form',
      withForm({ overall: 'x'.repeat(46) }),
      'events.feedback.form.overall: is 46 characters long',
    ],
    [
      'a headline that is too long for one',
      withForm({ title: 'x'.repeat(46) }),
      'events.feedback.form.title: ',
    ],
    ['no question', withForm({ topics: ' ' }), 'events.feedback.form.topics: expected a text'],
    [
      'a reminder when nobody can answer any more',
      { feedback: { ...feedback, remindAfter: '72h' } },
      'events.feedback.remindAfter: expected less than openFor',
    ],
    [
      'what stands for nothing',
      { checkIn: { ...checkIn, over: '{until}' } },
      'events.checkIn.over: {until} stands for nothing',
    ],
  ])('are refused with %s', (_, changes, problem) => {
    const problems = problemsWith(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});
