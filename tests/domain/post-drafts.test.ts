import { describe, expect, test } from '@jest/globals';
import { toInteractionId, toMemberId } from '../../domain/ids.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import {
  OVERVIEW,
  POST_DRAFT_BUTTONS,
  POST_DRAFT_MENUS,
  parsePostDraftButton,
  parsePostDraftMenu,
  parsePostFormId,
  parsePostReopenId,
  postDraftId,
  postFormId,
  postReopenId,
} from '../../domain/post-draft-buttons.ts';
import {
  offeredPlatforms,
  POST_TEXT_LENGTH,
  POST_TITLE_LENGTH,
  readMediaLinks,
  readPlatforms,
  readPostLink,
  readPostWords,
  refusalToChange,
} from '../../domain/post-drafts.ts';
import { parsePostListId, postListId } from '../../domain/post-lists.ts';
import { type PostState, toPostId } from '../../domain/posts.ts';

const usual = { title: 'TiXL 4', text: 'It is out.', hashtags: '' };

describe('words', () => {
  test('are kept with the title in one line and the hashtags one by one, in their order, each once', () => {
    const typed = {
      title: '  TiXL\n 4 ',
      text: ' It is\r\nout. ',
      hashtags: '#TiXL, #MotionDesign tixl  #Ünïcode_4 #東京',
    };
    expect(readPostWords(typed)).toEqual({
      title: 'TiXL 4',
      text: 'It is\nout.',
      hashtags: ['TiXL', 'MotionDesign', 'Ünïcode_4', '東京'],
    });
  });

  test.each([
    ['no title', { title: ' \u200b' }, { kind: 'title' }],
    ['a title that is too long', { title: 'x'.repeat(POST_TITLE_LENGTH + 1) }, { kind: 'title' }],
    ['an empty text', { text: ' \n\u200b ' }, { kind: 'text' }],
    ['a text that is too long', { text: 'x'.repeat(POST_TEXT_LENGTH + 1) }, { kind: 'text' }],
    ['a hashtag of figures', { hashtags: '#2026' }, { kind: 'hashtag', hashtag: '2026' }],
    ['a hashtag that ends early', { hashtags: 'node.js' }, { kind: 'hashtag', hashtag: 'node.js' }],
    [
      'too many hashtags',
      { hashtags: Array.from({ length: 31 }, (_, index) => `tag${index}`).join(' ') },
      { kind: 'too many hashtags' },
    ],
  ])('with %s are not taken', (_, changes, problem) => {
    expect(readPostWords({ ...usual, ...changes })).toEqual({ problem });
  });
});

describe('platforms', () => {
  const configured: Platform[] = ['discord', 'x', 'linkedin'];

  test.each([
    ['x, linkedin', ['x', 'linkedin']],
    ['LinkedIn X', ['x', 'linkedin']],
    [' twitter;x , ', ['x']],
  ])('are read from "%s"', (typed, platforms) => {
    expect(readPlatforms(typed, configured)).toEqual({ platforms });
  });

  test.each([
    ['x, myspace', { kind: 'no such platform', named: 'myspace' }],
    ['github', { kind: 'not configured', platform: 'github' }],
    [' , ', { kind: 'no platform' }],
  ])('are refused in "%s"', (typed, refused) => {
    expect(readPlatforms(typed, configured)).toEqual({ refused });
  });

  test.each([
    ['', [['discord', 'x', 'linkedin'], ['discord'], ['x'], ['linkedin']]],
    [
      'x, ',
      [
        ['x', 'discord'],
        ['x', 'linkedin'],
      ],
    ],
    ['x, lin', [['x', 'linkedin']]],
    ['x, y', []],
  ])('are offered as lists that begin with "%s"', (typed, lists) => {
    expect(offeredPlatforms(typed, configured)).toEqual(lists);
  });
});

test.each([
  ['https://tixl.app/4', 'https://tixl.app/4'],
  ['javascript:alert(1)', undefined],
  ['http://127.0.0.1/', undefined],
  ['tixl', undefined],
])('the link "%s" is kept as %s', (typed, link) => {
  expect(readPostLink(typed)).toBe(link);
});

test.each([
  [' https://a.example/1.png  http://10.0.0.1/2.png ', ['https://a.example/1.png', 'http://10.0.0.1/2.png']],
  ['file:///etc/passwd', undefined],
  ['picture.png', undefined],
])('the media in "%s" are %s', (typed, links) => {
  expect(readMediaLinks(typed)).toEqual(links);
});

describe('a post can be changed', () => {
  const author = toMemberId('1400000000000000002');
  const other = toMemberId('1400000000000000003');
  const may = (memberId: typeof author, isAuthor: boolean, isApprover: boolean, state: PostState) =>
    refusalToChange({ state, createdBy: author }, { memberId, isAuthor, isApprover })?.kind;

  test.each<[string, string | undefined, string | undefined]>([
    ['by its author before it is on its way', may(author, true, false, 'scheduled'), undefined],
    ['by no author afterwards', may(author, true, false, 'publishing'), 'approvers alone'],
    ['by no other author', may(other, true, false, 'draft'), 'not yours'],
    ['by whoever approves', may(other, true, true, 'settled'), undefined],
    ['by nobody who has lost the role', may(author, false, false, 'draft'), 'not an author'],
  ])('%s', (_, refused, expected) => {
    expect(refused).toBe(expected);
  });
});

describe('buttons', () => {
  const seen = { postId: toPostId('1400000000000000001'), revision: 12 };
  const draftId = toInteractionId('1400000000000000001');

  test('name the post, and which revision was seen', () => {
    for (const button of POST_DRAFT_BUTTONS)
      expect(parsePostDraftButton(postDraftId(button, seen))).toEqual({ button, ...seen });
    for (const menu of POST_DRAFT_MENUS) {
      expect(parsePostDraftMenu(postDraftId(menu, seen))).toEqual({ menu, ...seen });
      expect(parsePostDraftButton(postDraftId(menu, seen))).toBeUndefined();
    }
    expect(postDraftId('post-look-again', { ...seen, postId: toPostId('p'.repeat(60)) }).length).toBeLessThan(
      100,
    );
  });

  test('of forms and lists are told apart', () => {
    expect(parsePostFormId(postFormId(draftId))).toBe(draftId);
    expect(parsePostReopenId(postReopenId(draftId))).toBe(draftId);
    expect(parsePostFormId(postReopenId(draftId))).toBeUndefined();
    expect(parsePostListId(postListId(3))).toBe(3);
    expect(parsePostListId('event-list:3')).toBeUndefined();
  });

  test.each(['post-approve', 'post-approve:1', 'post-approve:UP:1', 'post-approve:1:x', ''])(
    'are not "%s"',
    (customId) => {
      expect(parsePostDraftButton(customId)).toBeUndefined();
    },
  );

  test('of all platforms together is no platform', () => {
    expect(PLATFORMS).not.toContain(OVERVIEW);
  });
});
