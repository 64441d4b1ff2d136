import { describe, expect, test } from '@jest/globals';
import { hashtagsMissingIn, toHashtags } from '../../domain/hashtags.ts';

describe('hashtags', () => {
  test.each([
    ['stay in their order', ['b', 'a', 'c'], ['b', 'a', 'c']],
    ['lose # and spaces', ['#TiXL', ' real time ', '##a'], ['TiXL', 'realtime', 'a']],
    [
      'lose what ends a hashtag',
      ['c++', 'real-time', 'don’t', '🎉party'],
      ['c', 'realtime', 'dont', 'party'],
    ],
    ['are there once, whatever their case', ['TiXL', 'tixl', 'TIXL', 'Ärger', 'äRGER'], ['TiXL', 'Ärger']],
    ['are of any script', ['日本語', 'שלום', 'नमस्ते', 'été'], ['日本語', 'שלום', 'नमस्ते', 'été']],
    ['are composed', ['e\u0301te\u0301', 'été'], ['été']],
    ['are left out if nothing is left', ['', '#', '!!', '🎉'], []],
  ])('%s', (_, given, expected) => {
    expect(toHashtags(given)).toEqual(expected);
  });

  test.each([
    ['#tixl', ['vj']],
    ['Made with #TiXL, live', ['vj']],
    ['#tixl_tools and #tixls', ['tixl', 'vj']],
    ['a#tixl', ['tixl', 'vj']],
    ['https://a.example/#tixl and https://a.example/?b=#vj', ['tixl', 'vj']],
    ['#VJ #tixl', []],
  ])('that stand in "%s" are known', (text, missing) => {
    expect(hashtagsMissingIn(text, ['tixl', 'vj'])).toEqual(missing);
  });
});
