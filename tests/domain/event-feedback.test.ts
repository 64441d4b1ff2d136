import { describe, expect, test } from '@jest/globals';
import {
  eventQuality,
  feedbackFormId,
  parseFeedbackFormId,
  REMARK_LENGTH,
  readRating,
  readRemark,
} from '../../domain/event-feedback.ts';
import { attendancePercent } from '../../domain/event-report.ts';
import { toEventId } from '../../domain/events.ts';

describe('a rating', () => {
  test('is 1 to 5', () => {
    expect(['1', '2', '3', '4', '5'].map(readRating)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([undefined, '', '0', '6', '-1', '4.5', '05', '1e0', ' 3', 'five', '５'])('is not %p', (text) => {
    expect(readRating(text)).toBeUndefined();
  });
});

describe('words', () => {
  test('are kept as they are, without space around them', () => {
    expect(readRemark('  More *shaders*,\nplease ')).toBe('More *shaders*,\nplease');
  });

  test.each(['', '  \n ', '\u200b \u200b'])('are none if there is nothing to read: %p', (text) => {
    expect(readRemark(text)).toBeNull();
  });

  test('are no more than the form takes', () => {
    expect(readRemark('x'.repeat(REMARK_LENGTH + 1))).toHaveLength(REMARK_LENGTH);
  });
});

describe('a form', () => {
  test.each(['1300000000000000001', 'beginners-2026-11-24'])('names the event %s', (text) => {
    expect(parseFeedbackFormId(feedbackFormId(toEventId(text)))).toBe(text);
  });

  test.each(['event-feedback:', 'event-feedback:A', 'event-feedback:1:2', 'event:feedback:1', 'x'])(
    'is none of ours: %s',
    (customId) => {
      expect(parseFeedbackFormId(customId)).toBeUndefined();
    },
  );
});

describe('how good an event was', () => {
  const averages = { overall: 4.5, content: 1, engagement: 1 };

  test('is said by three or more, of it all', () => {
    expect(eventQuality({ answers: 3, averages })).toBe(4.5);
  });

  test('is not known from fewer', () => {
    expect(eventQuality({ answers: 2, averages })).toBeUndefined();
    expect(eventQuality({ answers: 0, averages: null })).toBeUndefined();
  });
});

describe('the attendance rate', () => {
  test.each([
    [20, 15, 75],
    [3, 2, 67],
    [3, 0, 0],
    [0, 0, undefined],
  ])('of %p who had registered, %p of them there: %p', (registered, registeredAttended, percent) => {
    expect(attendancePercent({ registered, registeredAttended })).toBe(percent);
  });
});
