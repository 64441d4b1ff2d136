import { describe, expect, test } from '@jest/globals';
import type { AmplificationSteps } from '../../domain/amplification.ts';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { PLATFORMS } from '../../domain/platforms.ts';
import { toPostId } from '../../domain/posts.ts';
import { type AmplifiedPost, ageText, amplificationMessage, scoreText } from '../../views/amplification.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { loadConfigWith } from '../support/config.ts';

const { engagement } = await loadConfigWith('{}');
const HOUR_MS = 3_600_000;
const TEXTS = {
  ...{ text: engagement.texts.amplified, link: '{guide}', approvalChannel: 'staff' },
  context: { links: { guide: 'https://tixl.app' }, channels: new Map() },
};
const POST: AmplifiedPost = {
  title: 'Release *4* {platform}',
  evidence: [
    {
      ...{ platform: 'x', ageMs: 24 * HOUR_MS, score: 0.8387, weighted: 130, usual: 21, comparedWith: 34 },
      interactions: { likes: 60, shares: 20, comments: 4 },
    },
    {
      ...{ platform: 'linkedin', ageMs: HOUR_MS, score: 0.5, weighted: 1, usual: 1, comparedWith: 12 },
      interactions: { likes: 1 },
    },
  ],
  urls: {
    x: 'https://x.com/tixl/status/1',
    youtube: 'https://youtu.be/1',
    github: 'https://github.com/tixl3d/tixl/discussions/1',
    discord: 'https://discord.com/channels/1/2/3',
  },
  ...{ unscored: ['youtube'], uncounted: ['discord'], followUpState: 'proposed' },
};

function shown(steps: AmplificationSteps = {}, post = POST) {
  const message = amplificationMessage(post, steps, 'mark', TEXTS);
  const [embed] = message.body.embeds ?? [];
  if (embed === undefined) throw new Error('there is no embed');
  const fields = Object.fromEntries((embed.fields ?? []).map(({ name, value }) => [name, value]));
  return { message, embed, fields };
}

describe('what staff read of a post that does well', () => {
  test('says why, by platform, with what is compared and where it stands', () => {
    const { embed } = shown();
    expect(embed.description?.split('\n')).toEqual([
      '**Release \\*4\\* {platform}** does much better on X than usual: 0.84 of 1.',
      '',
      '**[X](https://x.com/tixl/status/1)** after 24 h: 84 interactions (likes 60, shares 20, comments 4), as they count 130; usual 21 (median of 34 posts): score **0.84**',
      '**LinkedIn** after 1 h: 1 interaction (likes 1), as they count 1; usual 1 (median of 12 posts): score **0.50**',
      '**[Discord](https://discord.com/channels/1/2/3)**: no score, it gives no interactions that count',
      '**[YouTube](https://youtu.be/1)**: no score, there is too little to compare it with, or it was read too late',
      '**[GitHub](https://github.com/tixl3d/tixl/discussions/1)**: no score, nothing was read yet',
      '',
      'A score of 0.5 is as usual on that platform at that age, 0.8 is four times as much.',
    ]);
  });

  test('notifies nobody, and is found again', () => {
    const { message, embed, fields } = shown();
    expect(message.body.allowed_mentions).toEqual({ parse: [] });
    expect(carriesMarker({ embeds: [embed], components: [] }, message.marker)).toBe(true);
    expect(fields).toEqual({});
  });

  test('stays within what Discord takes', () => {
    const url = `https://example.org/${'a'.repeat(900)}`;
    const urls = Object.fromEntries(PLATFORMS.map((platform) => [platform, url]));
    const { embed } = shown({}, { ...POST, urls });
    expect(embed.description?.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
  });
});

describe('what is done with it', () => {
  const until = Date.parse('2026-12-01T12:00:00Z');

  test.each<[string, AmplificationSteps, string]>([
    ['pinned', { pin: { kind: 'pinned', until } }, `Pinned until <t:${until / 1_000}:f>.`],
    ['pinned by somebody else', { pin: { kind: 'pinned already' } }, 'It was pinned already'],
    ['not there', { pin: { kind: 'not on Discord' } }, 'It is not published there'],
    ['deleted', { pin: { kind: 'deleted' } }, 'the message was deleted'],
    ['too many pins', { pin: { kind: 'too many pins' } }, 'as many pins as Discord allows'],
    ['refused', { pin: { kind: 'refused', reason: 'no' } }, 'Not pinned: no.'],
    ['unpinned', { pin: { kind: 'pinned', until }, unpin: { kind: 'unpinned' } }, 'is not any more'],
    ['deleted since', { pin: { kind: 'pinned', until }, unpin: { kind: 'deleted' } }, 'deleted since'],
    [
      'not to be unpinned',
      { pin: { kind: 'pinned', until }, unpin: { kind: 'refused', reason: 'no' } },
      'It is still pinned: no. Take the pin away by hand.',
    ],
  ])('on Discord is said: %s', (_, steps, text) => {
    expect(shown(steps).fields).toEqual({ 'On Discord': expect.stringContaining(text) });
  });

  test.each<[string, NonNullable<AmplificationSteps['followUp']>, string]>([
    [
      'proposed',
      { kind: 'proposed', postId: toPostId('1-follow-up'), platforms: ['linkedin'], leftOut: ['youtube'] },
      'Proposed for LinkedIn: it waits for approval in #staff. Left out, since it could not be published there: YouTube.',
    ],
    ['nowhere', { kind: 'nowhere', leftOut: [] }, 'None is proposed.'],
    ['one itself', { kind: 'is one itself' }, 'It is a follow-up itself: none is proposed of it.'],
  ])('elsewhere is said: %s', (_, followUp, text) => {
    expect(shown({ followUp }).fields).toEqual({ 'Follow-up': text });
  });
});

test.each([
  ['draft', 'it was sent back.'],
  ['scheduled', 'it was approved.'],
  ['settled', 'it was approved.'],
  ['cancelled', 'it was called off.'],
  ['expired', 'it was not approved in time.'],
] as const)('a follow-up that was decided on does not wait any more (%s)', (followUpState, text) => {
  const postId = toPostId('1-follow-up');
  const followUp = { kind: 'proposed', postId, platforms: ['linkedin'], leftOut: [] } as const;
  expect(shown({ followUp }, { ...POST, followUpState }).fields).toEqual({
    'Follow-up': `Proposed for LinkedIn: ${text}`,
  });
});

describe('numbers', () => {
  test('are said as people read them', () => {
    expect(scoreText(0.8)).toBe('0.80');
    expect([HOUR_MS / 2, HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS, 36 * HOUR_MS].map(ageText)).toEqual([
      '30m',
      '1 h',
      '24 h',
      '3 days',
      '36 h',
    ]);
  });
});
