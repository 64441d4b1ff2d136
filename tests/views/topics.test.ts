import { describe, expect, test } from '@jest/globals';
import { topicButtonId } from '../../domain/topics.ts';
import { topicRows } from '../../views/topics.ts';

const topics = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `t${index}`, label: `Topic ${index}`, answer: 'x' }));

describe('the buttons of topics', () => {
  test.each([
    [1, [1]],
    [5, [5]],
    [6, [5, 1]],
    [20, [5, 5, 5, 5]],
  ])('%i of them stand in rows of at most five', (count, rows) => {
    expect(topicRows(topics(count)).map(({ components }) => components.length)).toEqual(rows);
  });

  test('have the label and emoji of their topic, in the order of the configuration', () => {
    const [row] = topicRows([{ name: 'live', label: 'Live', emoji: '🎛️', answer: 'x' }, ...topics(1)]);
    expect(row?.components).toMatchObject([
      { custom_id: topicButtonId('live'), label: 'Live', emoji: { name: '🎛️' } },
      { custom_id: topicButtonId('t0'), label: 'Topic 0' },
    ]);
  });
});
