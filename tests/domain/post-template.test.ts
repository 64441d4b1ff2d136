import { describe, expect, test } from '@jest/globals';
import { fillPost } from '../../domain/post-template.ts';

const parts = { title: 'Title', text: 'Text', link: 'https://tixl.app', hashtags: '#a #b' };
const TEMPLATE = '**{title}**\n\n{text}\n\n{link} {hashtags}';

describe('a template of posts', () => {
  test.each([
    ['is filled in', {}, '**Title**\n\nText\n\nhttps://tixl.app #a #b'],
    ['loses the line of what is empty', { title: '' }, 'Text\n\nhttps://tixl.app #a #b'],
    ['loses what is empty in a line of others', { link: '' }, '**Title**\n\nText\n\n#a #b'],
    ['the same at the end of a line', { hashtags: '' }, '**Title**\n\nText\n\nhttps://tixl.app'],
    ['has no two empty lines of its own', { text: '' }, '**Title**\n\nhttps://tixl.app #a #b'],
    ['ends with no empty line', { link: '', hashtags: '' }, '**Title**\n\nText'],
    [
      'leaves the text as it is',
      { text: 'a\n\n\n{link} b' },
      '**Title**\n\na\n\n\n{link} b\n\nhttps://tixl.app #a #b',
    ],
  ])('%s', (_, given, expected) => {
    expect(fillPost(TEMPLATE, { ...parts, ...given })).toBe(expected);
  });

  test('can name a thing twice, and hold words of its own', () => {
    const template = 'New: {title}.\nMore at {link}, all of {link} now\n{text}';
    expect(fillPost(template, parts)).toBe(
      'New: Title.\nMore at https://tixl.app, all of https://tixl.app now\nText',
    );
    expect(fillPost(template, { ...parts, link: '' })).toBe('New: Title.\nText');
  });
});
