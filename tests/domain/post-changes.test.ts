import { describe, expect, test } from '@jest/globals';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import {
  EDITABLE_PLATFORMS,
  publishedElsewise,
  refusalOfChange,
  stateAfterChange,
} from '../../domain/post-changes.ts';
import {
  type Delivery,
  type DeliveryState,
  type Post,
  type PostChange,
  type PostState,
  toPostId,
} from '../../domain/posts.ts';

const ref = { guildId: toGuildId('1180000000000000000'), postId: toPostId('1400000000000000001') };
const by = toMemberId('1400000000000000002');
const words = { title: 'TiXL 4', text: 'It is out.', hashtags: ['TiXL'] };
const other = { ...words, text: 'It is here.' };

const post = (state: PostState): Post => ({
  ...{ ...ref, ...words, state, revision: 3, link: null, publishAt: 1_000 },
  ...{ media: [], createdBy: by, approvedBy: null, crossPost: null },
});

function delivery(platform: Platform, state: DeliveryState, own: Delivery['words'] = null): Delivery {
  return {
    ...{ ...ref, platform, state, words: own, attempt: 1, reason: null, until: null },
    ...{ publishedId: null, url: null, publishedAt: null, publishedRevision: null },
    ...{ publishedLink: null, cost: 0 },
  };
}

const refusal = (
  state: PostState,
  change: PostChange,
  { isApprover = true, seen = 3, there = 'waiting' as DeliveryState } = {},
) =>
  refusalOfChange({ post: post(state), deliveries: [delivery('x', there)] }, change, {
    by,
    isApprover,
    seen,
  })?.kind;

describe('a change', () => {
  test.each<[string, ReturnType<typeof refusal>, string | undefined]>([
    ['of words before it is out is made', refusal('draft', { words: other }), undefined],
    ['of all else too', refusal('scheduled', { publishAt: null, platforms: ['discord'] }), undefined],
    ['of what is published is one of words', refusal('settled', { words: other }), undefined],
    ['of nothing else then', refusal('publishing', { words: other, link: null }), 'words alone'],
    [
      'is no author’s then',
      refusal('publishing', { words: other }, { isApprover: false }),
      'approvers alone',
    ],
    [
      'comes too late where all is left out',
      refusal('settled', { words: other }, { there: 'skipped' }),
      'not open',
    ],
    ['comes too late where it was called off', refusal('cancelled', { words: other }), 'not open'],
    ['overwrites nothing unseen', refusal('draft', { words: other }, { seen: 2 }), 'changed meanwhile'],
    ['to the same words is none', refusal('draft', { words }), 'no change'],
    ['to the same time is none', refusal('draft', { publishAt: 1_000 }), 'no change'],
    ['to the same platforms is none', refusal('draft', { platforms: ['x'] }), 'no change'],
    ['to the same media is none', refusal('draft', { media: [] }), 'no change'],
    [
      'to no words of its own, where there are none, is none',
      refusal('draft', { platformWords: { platform: 'x', words: null } }),
      'no change',
    ],
    [
      'to words of its own is one, even if they are those for all',
      refusal('draft', { platformWords: { platform: 'x', words } }),
      undefined,
    ],
  ])('%s', (_, refused, expected) => {
    expect(refused).toBe(expected);
  });

  test.each<[PostState, boolean, PostState]>([
    ['scheduled', true, 'scheduled'],
    ['scheduled', false, 'draft'],
    ['proposed', true, 'proposed'],
    ['proposed', false, 'draft'],
    ['draft', false, 'draft'],
    ['settled', true, 'settled'],
  ])('of a post that is %s (by an approver: %s) leaves it %s', (state, isApprover, after) => {
    expect(stateAfterChange(state, isApprover)).toBe(after);
  });
});

describe('what is published says something else', () => {
  const deliveries = [
    delivery('discord', 'published'),
    delivery('linkedin', 'published', { ...words, by: 'person' }),
    delivery('youtube', 'published', { ...words, by: 'model', of: words }),
    delivery('github', 'failed'),
  ];

  test('where it has no words of its own by a person', () => {
    expect(publishedElsewise(deliveries, { words: other })).toEqual(['discord', 'youtube']);
  });

  test('on the platform alone whose words change', () => {
    expect(publishedElsewise(deliveries, { platformWords: { platform: 'linkedin', words: other } })).toEqual([
      'linkedin',
    ]);
    expect(publishedElsewise(deliveries, { platformWords: { platform: 'github', words: other } })).toEqual(
      [],
    );
  });
});

test('what is on X stays as it is', () => {
  expect(EDITABLE_PLATFORMS).toEqual(['discord', 'linkedin', 'youtube', 'github']);
});
