import { describe, expect, test } from '@jest/globals';
import { type APIEmbed, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { adaptPost, contentFor } from '../../domain/adaptation.ts';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { configuredPlatforms } from '../../domain/distribution.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import type { AccountState, PostPreview } from '../../domain/post-previews.ts';
import {
  type Delivery,
  type DeliveryState,
  mediaIdOf,
  type Post,
  type PostMedium,
  toPostId,
} from '../../domain/posts.ts';
import { postListMessage, postStatusMessage } from '../../views/post-lists.ts';
import { dollars } from '../../views/post-problems.ts';
import { type PostMessage, platformMessage, previewMessage, proposalMessage } from '../../views/posts.ts';
import { loadConfigWith } from '../support/config.ts';

const { distribution: settings } = await loadConfigWith('{}');
const configured = configuredPlatforms(settings);
const ref = { guildId: toGuildId('1180000000000000000'), postId: toPostId('1400000000000000001') };
const author = toMemberId('1400000000000000002');
const approver = { isApprover: true, configured };
const writer = { isApprover: false, configured };

const usual: Post = {
  ...{ ...ref, title: 'TiXL 4', text: 'It is *out*.', hashtags: ['TiXL', 'MotionDesign', 'VJ', 'Art'] },
  ...{ state: 'draft', revision: 7, link: 'https://tixl.app/4', publishAt: null, media: [] },
  ...{ createdBy: author, approvedBy: null, crossPost: null },
};

const picture: PostMedium = {
  ...{ state: 'ready', mediaId: mediaIdOf(ref.postId, 1), source: 'https://cdn.example/1.png' },
  ...{ kind: 'image', type: 'image/png', bytes: 1_000, width: 1_280, height: 720, name: 'one.png' },
};

function delivery(platform: Platform, changes: Partial<Delivery> = {}): Delivery {
  return {
    ...{ ...ref, platform, state: 'waiting', words: null, attempt: 0, reason: null, until: null },
    ...{ publishedId: null, url: null, publishedAt: null, publishedRevision: null },
    ...{ publishedLink: null, cost: 0 },
    ...changes,
  };
}

function previewOf(
  changes: Partial<Post> = {},
  platforms: readonly Platform[] = ['discord', 'x', 'linkedin'],
  account: AccountState = 'connected',
): PostPreview {
  const post = { ...usual, ...changes };
  return {
    post,
    platforms: platforms.map((platform) => ({
      delivery: delivery(platform),
      adapted: adaptPost(platform, contentFor(post, delivery(platform), undefined), settings),
      account: platform === 'discord' ? 'own' : account,
    })),
    spending: platforms.includes('x') ? { spent: 12_400_000, budget: 50_000_000 } : undefined,
  };
}

function componentsOf({ components = [] }: PostMessage) {
  return components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
}

/** The buttons by what stands on them, and whether they can be pressed. */
function buttonsOf(message: PostMessage): Record<string, boolean> {
  return Object.fromEntries(
    componentsOf(message).flatMap((component) =>
      component.type === ComponentType.Button && component.style !== ButtonStyle.Premium
        ? [[component.label ?? '', component.disabled !== true]]
        : [],
    ),
  );
}

function lengthOf({ title = '', description = '', author: by, footer, fields = [] }: APIEmbed): number {
  const texts = fields.flatMap(({ name, value }) => [name, value]);
  return [title, description, by?.name ?? '', footer?.text ?? '', ...texts].join('').length;
}

describe('a preview', () => {
  test('has for each platform its own count, what is chosen and what it costs', () => {
    const message = previewMessage(previewOf({ media: [picture] }), writer);
    expect(message.content).toBe('This is how it will be. Nobody else sees it yet.');
    const [embed] = message.embeds ?? [];
    const [discord, x, linkedin] = embed?.description?.split('\n\n') ?? [];
    expect(discord).toMatch(
      /^\*\*Discord\*\* · \d+ of 2000 characters, \d+ left · image · #TiXL #MotionDesign/,
    );
    // As X counts: the text, the address as 23, three hashtags.
    expect(x).toMatch(
      /^\*\*X\*\* · 61 of 280 characters, 219 left · image · #TiXL #MotionDesign #VJ · \$0\.20\n⚠️ Left out: #Art\.$/,
    );
    expect(linkedin).toMatch(/^\*\*LinkedIn\*\* · \d+ of 1300 characters/);
    expect(embed?.fields?.map(({ name, value }) => [name, value])).toEqual([
      ['Goes out', 'as soon as it is approved'],
      ['Link', 'https://tixl.app/4'],
      ['Media', 'one.png: image, 1280 × 720'],
      ['Costs on X', '$0.20. This month $12.40 of $50.00 are spent.'],
    ]);
  });

  test('says where a link of ours leads, and where it stands', () => {
    const preview = previewOf();
    const platforms = preview.platforms.map((shown) => {
      const isOurs = shown.adapted.platform !== 'x';
      return isOurs ? { ...shown, adapted: { ...shown.adapted, link: 'https://go.tixl.app/a' } } : shown;
    });
    const fields = previewMessage({ ...preview, platforms }, writer).embeds?.[0]?.fields;
    expect(fields).toContainEqual({
      name: 'Link',
      value:
        'https://tixl.app/4\nBy a link of ours, which leads on and counts clicks once the post is sent: Discord, LinkedIn',
    });
  });

  test('lets authors ask, and approvers approve', () => {
    expect(buttonsOf(previewMessage(previewOf(), writer))).toEqual({
      'Ask for approval': true,
      Edit: true,
      Discard: true,
    });
    expect(buttonsOf(previewMessage(previewOf(), approver))).toEqual({
      Approve: true,
      Edit: true,
      Discard: true,
    });
    const proposed = previewOf({ state: 'proposed' });
    expect(Object.keys(buttonsOf(previewMessage(proposed, writer)))).toEqual(['Edit', 'Discard']);
    expect(Object.keys(buttonsOf(previewMessage(proposed, approver)))).toEqual([
      'Approve',
      'Send back',
      'Edit',
      'Discard',
    ]);
    const scheduled = previewOf({ state: 'scheduled', approvedBy: author, publishAt: 1_800_000_000_000 });
    expect(Object.keys(buttonsOf(previewMessage(scheduled, approver)))).toEqual(['Edit', 'Call it off']);
    expect(previewMessage(scheduled, approver).content).toBe(
      `It is approved by <@${author}>, and goes out <t:1800000000:F> (<t:1800000000:R>).`,
    );
  });

  test('names the revision that is seen in all that can be used', () => {
    for (const component of componentsOf(previewMessage(previewOf(), approver)))
      expect('custom_id' in component && component.custom_id).toMatch(/^post-[a-z-]+:1400000000000000001:7$/);
  });

  test.each<[string, PostPreview, RegExp]>([
    [
      'a video that YouTube needs',
      previewOf({}, ['youtube']),
      /\*\*YouTube\*\*.*\n⛔ It needs a medium: video\./,
    ],
    [
      'a platform that is not connected',
      previewOf({}, ['x'], 'not connected'),
      /⛔ It is not connected: an operator does that with `npm run connect -- x`\./,
    ],
    [
      'a budget that is spent',
      { ...previewOf({}, ['x']), spending: { spent: 49_900_000, budget: 50_000_000 } },
      /⛔ It would cost more than what is left/,
    ],
  ])('says what is missing, and lets nobody approve it without: %s', (_, preview, problem) => {
    const message = previewMessage(preview, approver);
    expect(message.embeds?.[0]?.description).toMatch(problem);
    expect(message.content).toMatch(/cannot be approved before what is marked ⛔ is mended/);
    expect(buttonsOf(message)).toEqual({ Approve: false, Edit: true, Discard: true });
  });

  test.each<[string, Extract<PostMedium, { state: 'refused' }>['problem'], string]>([
    ['unreachable', { kind: 'unreachable', reason: 'it answers 404' }, 'cannot be fetched: it answers 404.'],
    ['own network', { kind: 'own network' }, 'leads into our own network, and is not fetched from there.'],
    ['too large', { kind: 'too large', mostBytes: 200_000_000 }, 'is larger than 200 MB.'],
    [
      'wrong type',
      { kind: 'wrong type', type: 'text/html' },
      'is text/html, which no platform takes: use a picture, a video or a PDF.',
    ],
    ['too many', { kind: 'too many', most: 10 }, 'is one too many: a post has at most 10.'],
  ])('says why a medium cannot be used: %s', (_, problem, said) => {
    const medium: PostMedium = {
      ...{ state: 'refused', mediaId: mediaIdOf(ref.postId, 1), source: 'http://10.0.0.1/x', problem },
    };
    const message = previewMessage(previewOf({ media: [medium] }), approver);
    const media = message.embeds?.[0]?.fields?.find(({ name }) => name === 'Media')?.value;
    expect(media).toBe(`⛔ http://10.0.0.1/x ${said}`);
    expect(buttonsOf(message)).toMatchObject({ Approve: false });
  });

  test('of what is not looked into yet can be looked at again, and not be approved', () => {
    const waiting: PostMedium = { ...picture, state: 'waiting' };
    const message = previewMessage(previewOf({ media: [waiting] }), approver);
    expect(message.content).toMatch(/still being prepared/);
    expect(Object.keys(buttonsOf(message))).toEqual(['Look again', 'Edit', 'Discard']);
    const away = previewMessage(previewOf(), approver, 'Temporal is away');
    expect(away.content).toMatch(/It is kept\. What leads it is out of order/);
    expect(Object.keys(buttonsOf(away))).toEqual(['Look again', 'Edit', 'Discard']);
  });

  test('warns of an account that waits to be connected again, which keeps nobody from approving', () => {
    const message = previewMessage(previewOf({}, ['linkedin'], 'expired'), approver);
    expect(message.embeds?.[0]?.description).toMatch(/⚠️ Its account has to be connected again/);
    expect(buttonsOf(message)).toMatchObject({ Approve: true });
  });
});

describe('a preview of the longest post', () => {
  const long = (character: string) =>
    previewOf(
      {
        title: '*'.repeat(100),
        text: character.repeat(4_000),
        hashtags: Array.from({ length: 30 }, (_, index) => `${'x'.repeat(60)}${index}`),
        link: `https://tixl.app/${'a'.repeat(480)}`,
        media: Array.from({ length: 10 }, (_, index) => ({
          ...picture,
          mediaId: mediaIdOf(ref.postId, index),
          name: `${'_'.repeat(200)}.png`,
        })),
      },
      PLATFORMS,
      'not connected',
    );

  test.each(['a', '*'])('of "%s" fits into a message, with all platforms', (character) => {
    const preview = long(character);
    const messages = [
      previewMessage(preview, approver),
      proposalMessage(preview, author),
      ...preview.platforms.map((shown) => platformMessage(preview, shown, approver)),
    ];
    for (const { content, embeds = [], components = [] } of messages) {
      expect((content ?? '').length).toBeLessThanOrEqual(DISCORD_LIMITS.message);
      expect(embeds.reduce((sum, embed) => sum + lengthOf(embed), 0)).toBeLessThanOrEqual(
        DISCORD_LIMITS.embedTotal,
      );
      for (const { title = '', description = '', fields = [] } of embeds) {
        expect(title.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedTitle);
        expect(description.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
        for (const { value } of fields)
          expect(value.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedFieldValue);
      }
      expect(components.length).toBeLessThanOrEqual(5);
    }
    for (const platform of PLATFORMS)
      expect(previewMessage(preview, approver).embeds?.[0]?.description).toContain(
        `**${LABELS[platform]}** · `,
      );
  });

  test('has all of the text in a file where an embed does not hold it', () => {
    const preview = long('*');
    const github = preview.platforms.find(({ adapted }) => adapted.platform === 'github');
    if (github === undefined) throw new Error('it does not go to GitHub');
    expect(platformMessage(preview, github, approver).file).toEqual({
      name: 'github.txt',
      text: github.adapted.text,
    });
  });
});

const LABELS: Readonly<Record<Platform, string>> = {
  ...{ discord: 'Discord', x: 'X', linkedin: 'LinkedIn', youtube: 'YouTube', github: 'GitHub' },
};

describe('a platform by itself', () => {
  const shownOn = (platform: Platform) => {
    const preview = previewOf({ media: [picture] }, [platform]);
    const [shown] = preview.platforms;
    if (shown === undefined) throw new Error(`it does not go to ${platform}`);
    return platformMessage(preview, shown, writer);
  };

  test('shows exactly what will stand there, with its first picture', () => {
    const { content, embeds, file } = shownOn('x');
    expect(content).toBe('This is how it will look on **X**.');
    expect(embeds?.[0]?.description).toBe('It is \\*out\\*.\n\nhttps://tixl.app/4 #TiXL #MotionDesign #VJ');
    expect(embeds?.[0]?.image).toEqual({ url: 'https://cdn.example/1.png' });
    expect(file).toBeUndefined();
  });

  test('shows on Discord what Discord makes of it', () => {
    expect(shownOn('discord').embeds?.[0]?.description).toMatch(/^\*\*TiXL 4\*\*\n\nIt is \*out\*\./);
  });

  test('has its title where it has one', () => {
    expect(shownOn('github').embeds?.[0]?.title).toBe('TiXL 4');
  });
});

describe('a proposal', () => {
  test('says who asks, and can be approved, sent back and edited', () => {
    const message = proposalMessage(previewOf({ state: 'proposed' }), author);
    expect(message.content).toBe(`<@${author}> asks for approval of a post.`);
    expect(Object.keys(buttonsOf(message))).toEqual(['Approve', 'Send back', 'Edit']);
  });
});

describe('the status of a post', () => {
  const statusOf = (deliveries: Delivery[], reader = approver) =>
    postStatusMessage({ ...usual, state: 'publishing', deliveries }, reader);

  test('says where it stands on each platform, why, and what can be done', () => {
    const deliveries = [
      delivery('x', { state: 'failed', attempt: 2, reason: 'You are not *permitted*.' }),
      delivery('discord', {
        state: 'published',
        url: 'https://discord.com/x',
        publishedAt: 1_800_000_000_000,
      }),
      delivery('linkedin', { state: 'account', attempt: 1, reason: 'the token was taken back' }),
    ];
    const message = statusOf(deliveries);
    expect(message.embeds?.[0]?.description?.split('\n\n')).toEqual([
      '✅ **Discord** · published <t:1800000000:R> · [see it](https://discord.com/x)',
      '❌ **X** · failed: try it again, with other words if need be, or leave it out · 2 attempts\nYou are not \\*permitted\\*.',
      '🔑 **LinkedIn** · waits until its account is connected again\nthe token was taken back\nTo connect it: `npm run connect -- linkedin`',
    ]);
    expect(Object.keys(buttonsOf(message))).toEqual([
      'Retry · X',
      'Edit and retry · X',
      'Skip · X',
      'Retry · LinkedIn',
      'Skip · LinkedIn',
    ]);
    expect(statusOf(deliveries, writer).components).toEqual([]);
  });

  test('says what of it cannot be changed any more', () => {
    const published = { state: 'published', url: 'https://x.com/1', publishedAt: 1_800_000_000_000 } as const;
    expect(statusOf([delivery('x', published)]).embeds?.[0]?.description).toMatch(
      /cannot be changed any more$/,
    );
    expect(statusOf([delivery('github', published)]).embeds?.[0]?.description).not.toMatch(/changed/);
  });

  test('fits into a message where all have failed for long reasons', () => {
    const failed = PLATFORMS.map((platform) =>
      delivery(platform, { state: 'failed', attempt: 9, reason: '*'.repeat(5_000) }),
    );
    const message = statusOf(failed);
    expect(message.components).toHaveLength(5);
    expect((message.embeds ?? []).reduce((sum, embed) => sum + lengthOf(embed), 0)).toBeLessThanOrEqual(
      DISCORD_LIMITS.embedTotal,
    );
  });
});

describe('the list', () => {
  test('has state, time, author and platforms, and pages', () => {
    const states: DeliveryState[] = ['published', 'failed'];
    const deliveries = [
      delivery('x', { state: states[1] ?? 'failed' }),
      delivery('discord', { state: 'published' }),
    ];
    const post = { ...usual, state: 'publishing', publishAt: 1_800_000_000_000, deliveries } as const;
    const message = postListMessage({ posts: [post], page: 2, pages: 2 });
    expect(message.embeds?.[0]?.description).toBe(
      `**TiXL 4** · being published · by <@${author}>\n<t:1800000000:f> · ✅ Discord · ❌ X`,
    );
    expect(message.embeds?.[0]?.footer?.text).toBe('2 / 2');
  });

  test('says so when there is none', () => {
    expect(postListMessage({ posts: [], page: 1, pages: 1 }).embeds?.[0]?.description).toMatch(/none yet/);
  });
});

test.each([
  [15_000, '$0.015'],
  [200_000, '$0.20'],
  [50_000_000, '$50.00'],
  [0, '$0.00'],
])('%i millionths of a dollar are %s', (millionths, written) => {
  expect(dollars(millionths)).toBe(written);
});
