import { describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { adaptPost, contentFor, type PostContent } from '../../domain/adaptation.ts';
import type { DistributionSettings } from '../../domain/distribution.ts';
import { toGuildId } from '../../domain/ids.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import { type Delivery, type MediaInfo, mediaIdOf, type Post, toPostId } from '../../domain/posts.ts';

const { distribution: settings } = await loadConfig([COMMUNITY_FILE]);
const postId = toPostId('a');

const content = (
  words: Partial<PostContent['words']> = {},
  more: Partial<Omit<PostContent, 'words'>> = {},
): PostContent => ({
  words: { title: 'News', text: 'It is out.', hashtags: ['TiXL', 'vj'], ...words },
  ...{ isByModel: false, link: 'https://tixl.app/news', media: [], ...more },
});

let media = 0;
function medium(kind: MediaInfo['kind'], more: Partial<MediaInfo> = {}): MediaInfo {
  media += 1;
  const type = { image: 'image/png', gif: 'image/gif', video: 'video/mp4', document: 'application/pdf' }[
    kind
  ];
  const mediaId = mediaIdOf(postId, media);
  return { ...{ mediaId, kind, type, bytes: 1_000, width: 10, height: 10, name: `${media}` }, ...more };
}

const withRules = (x: Partial<NonNullable<DistributionSettings['platforms']['x']>>): DistributionSettings => {
  const rules = settings.platforms.x;
  if (rules === undefined) throw new Error('X is not configured');
  return { ...settings, platforms: { ...settings.platforms, x: { ...rules, ...x } } };
};

describe('a post', () => {
  test.each([
    ['discord', '**News**\n\nIt is out.\n\nhttps://tixl.app/news\n\n#TiXL #vj'],
    ['x', 'It is out.\n\nhttps://tixl.app/news #TiXL #vj'],
    ['linkedin', 'News\n\nIt is out.\n\nhttps://tixl.app/news\n\n#TiXL #vj'],
    ['youtube', 'It is out.\n\nhttps://tixl.app/news\n\n#TiXL #vj'],
    ['github', 'It is out.\n\nhttps://tixl.app/news'],
  ] as const)('on %s is as its template says', (platform, text) => {
    expect(adaptPost(platform, content(), settings).text).toBe(text);
  });

  test('has its title where there are titles', () => {
    const titles = PLATFORMS.map((platform) => adaptPost(platform, content(), settings).title);
    expect(titles).toEqual(['', '', '', 'News', 'News']);
  });

  test('without a title has the first line of its text as one', () => {
    const words = { title: '', text: 'It is out\nat last' };
    expect(adaptPost('youtube', content(words), settings).title).toBe('It is out');
  });

  test('says how long it is by the platform’s own count, and what is left', () => {
    expect(adaptPost('x', content(), settings)).toMatchObject({ length: 10 + 2 + 23 + 10, left: 235 });
    expect(adaptPost('youtube', content({ text: '日本' }), settings)).toMatchObject({ length: 6 + 34 });
  });

  test('that is too long is cut, and link and hashtags stay', () => {
    const text = 'This sentence is ten words long, as one can see. '.repeat(10);
    const adapted = adaptPost('x', content({ text }), settings);
    expect(adapted.text).toBe(`${text.slice(0, 49 * 5).trim()}\n\nhttps://tixl.app/news #TiXL #vj`);
    expect(adapted.warnings).toEqual([{ kind: 'cut', charactersLost: 49 * 5 }]);
    expect(adapted.problems).toEqual([]);
  });

  test('keeps the first hashtags and names the others', () => {
    const adapted = adaptPost('x', content({ hashtags: ['a', 'b', 'A', 'c', 'd', 'e'] }), settings);
    expect(adapted.text).toBe('It is out.\n\nhttps://tixl.app/news #a #b #c');
    expect(adapted.hashtags).toEqual(['a', 'b', 'c']);
    expect(adapted.warnings).toEqual([{ kind: 'hashtags left out', hashtags: ['d', 'e'] }]);
  });

  test('says nothing of hashtags where there are none', () => {
    expect(adaptPost('github', content(), settings)).toMatchObject({ hashtags: [], warnings: [] });
  });

  test('repeats no hashtag that stands in its text', () => {
    const adapted = adaptPost('x', content({ text: 'New in #tixl today.' }), settings);
    expect(adapted.text).toBe('New in #tixl today.\n\nhttps://tixl.app/news #vj');
    expect(adapted.hashtags).toEqual(['TiXL', 'vj']);
  });

  test('has a hashtag behind its text that was cut out of it', () => {
    const text = `${'word '.repeat(60)}#tixl`;
    expect(adaptPost('x', content({ text }), settings).text).toMatch(
      /…\n\nhttps:\/\/tixl\.app\/news #TiXL #vj$/,
    );
  });

  test('gives up hashtags, from the last one, where nothing of its text would be left', () => {
    const adapted = adaptPost(
      'x',
      content({ hashtags: ['a'.repeat(20), 'b'.repeat(20)] }),
      withRules({ length: 60 }),
    );
    expect(adapted.text).toBe(`It is out.\n\nhttps://tixl.app/news #${'a'.repeat(20)}`);
    expect(adapted.warnings).toContainEqual({ kind: 'hashtags left out', hashtags: ['b'.repeat(20)] });
  });

  test('gives up its title after that', () => {
    const rules = withRules({ length: 40, template: '{title}\n{text}\n{link}' });
    const adapted = adaptPost('x', content({ title: 'A title of some words' }), rules);
    expect(adapted.text).toBe('It is out.\nhttps://tixl.app/news');
    expect(adapted.warnings).toContainEqual({ kind: 'title left out' });
  });

  test('has its title cut where titles are short', () => {
    const title = 'word '.repeat(30);
    const adapted = adaptPost('youtube', content({ title }), settings);
    expect(adapted.title).toBe(`${'word '.repeat(20).trim()}…`);
    expect(adapted.warnings).toContainEqual({ kind: 'title cut' });
  });

  test('on YouTube has no angle brackets', () => {
    const adapted = adaptPost('youtube', content({ title: 'a < b', text: '<b> > c' }), settings);
    expect(adapted.title).toBe('a ‹ b');
    expect(adapted.text).toMatch(/^‹b› › c\n/);
  });

  test('is composed, and loses what cannot be seen', () => {
    const adapted = adaptPost('x', content({ text: '\ufeffCafe\u0301\r\n\u0000\ud800!' }), settings);
    expect(adapted.text).toMatch(/^Café\n\ufffd!\n/);
  });
});

describe('what a post costs', () => {
  test.each([
    ['with a link', content(), 200_000],
    ['without', content({}, { link: null }), 15_000],
    ['with an address in its text', content({ text: 'See tixl.app.' }, { link: null }), 200_000],
  ])('on X %s', (_, post, cost) => {
    expect(adaptPost('x', post, settings).cost).toBe(cost);
  });

  test('elsewhere is nothing', () => {
    expect(adaptPost('linkedin', content(), settings).cost).toBe(0);
  });
});

describe('media', () => {
  const [image, gif, video, document] = [medium('image'), medium('gif'), medium('video'), medium('document')];
  const all = [image, gif, video, document];

  test.each([
    ['discord', all, [image, gif, video]],
    ['x', all, [image]],
    ['x', [video, image], [video]],
    ['x', Array.from({ length: 6 }, () => image), Array.from({ length: 4 }, () => image)],
    ['linkedin', [gif, document, image], [document]],
    ['linkedin', [medium('image', { type: 'image/webp' }), image], [image]],
    ['youtube', all, [video]],
    ['github', all, []],
  ] as const)('on %s', (platform, given, kept) => {
    expect(adaptPost(platform, content({}, { media: given }), settings).media).toEqual(kept);
  });

  test('that are left out are named', () => {
    const { warnings } = adaptPost('youtube', content({}, { media: [image, video] }), settings);
    expect(warnings).toEqual([{ kind: 'media left out', names: [image.name] }]);
  });

  test('are needed on YouTube', () => {
    const { problems } = adaptPost('youtube', content({}, { media: [image] }), settings);
    expect(problems).toEqual([{ kind: 'media needed', media: ['video'] }]);
  });

  test('can be too large for one platform', () => {
    const large = medium('image', { bytes: 6_000_000, name: 'large.png' });
    const on = (platform: 'x' | 'discord') => adaptPost(platform, content({}, { media: [large] }), settings);
    expect(on('x').problems).toEqual([{ kind: 'media too large', name: 'large.png', mostBytes: 5_242_880 }]);
    expect(on('discord').problems).toEqual([]);
  });
});

describe('what cannot be published', () => {
  test.each([
    ['without a text', content({ text: ' \n\u0000' }), settings, 'empty'],
    ['with a link that alone is too long', content(), withRules({ length: 22 }), 'link too long'],
    [
      'that begins with what cannot be cut',
      content({ text: `@${'a'.repeat(300)}` }),
      settings,
      'no room for text',
    ],
    ['where the platform is not configured', content(), { ...settings, platforms: {} }, 'not configured'],
  ])('is one %s', (_, post, by, kind) => {
    expect(adaptPost('x', post, by).problems).toEqual([{ kind }]);
  });
});

const post: Post = {
  ...{ guildId: toGuildId('1150000000000000000'), postId, state: 'draft', revision: 1, publishAt: null },
  ...{ title: 'News', text: 'For all', hashtags: ['a'], link: null, media: [] },
  ...{ createdBy: null, approvedBy: null, crossPost: null },
};

describe('the words for one platform', () => {
  const { title, text, hashtags } = post;
  const own = { title: 'News', text: 'For one', hashtags: [] };
  const on = (words: Delivery['words']) => ({ platform: 'discord', words, publishedLink: null }) as const;
  const contentWith = (words: Delivery['words']) => contentFor(post, on(words), undefined);
  const withModel = { ...settings, languageModel: { url: 'http://127.0.0.1', model: 'a' } };

  test('take the place of those for all', () => {
    expect(contentWith(null)).toMatchObject({ words: { text: 'For all' }, isForAll: true });
    expect(contentWith({ ...own, by: 'person' })).toMatchObject({
      words: own,
      isByModel: false,
    });
  });

  test('hold, if a language model has made them, as long as those for all stay the same', () => {
    const words = { ...own, by: 'model', of: { title, text, hashtags } } as const;
    expect(contentWith(words)).toMatchObject({ words: own, isByModel: true, isForAll: false });
    const changed = contentFor({ ...post, text: 'Changed' }, on(words), undefined);
    expect(changed).toMatchObject({ words: { text: 'Changed' }, isByModel: false, isForAll: true });
  });

  test('are shown as a language model’s, or as not, where one is configured', () => {
    const words = { ...own, by: 'model', of: { title, text, hashtags } } as const;
    const warnings = (given: Delivery['words'], by = withModel) =>
      adaptPost('discord', contentWith(given), by).warnings;
    expect(warnings(words)).toEqual([{ kind: 'by a language model' }]);
    expect(warnings(null)).toEqual([{ kind: 'not by the language model' }]);
    expect(warnings({ ...own, by: 'person' })).toEqual([]);
    expect(adaptPost('discord', contentWith(null), settings).warnings).toEqual([]);
  });
});

describe('the link of a post', () => {
  const links = { address: 'https://go.tixl.app', platforms: ['discord', 'github'] } as const;
  const whole: Post = { ...post, postId: toPostId('1400000000000000001'), link: 'https://tixl.app/news' };
  const ours = 'https://go.tixl.app/d1fQ0v5rq42b';
  const linkOf = (platform: Platform, publishedLink: string | null = null, settings = links) =>
    contentFor(whole, { platform, words: null, publishedLink }, settings).link;

  test('is one of ours on the platforms that have them, by which it is measured', () => {
    expect(PLATFORMS.map((platform) => linkOf(platform))).toEqual([
      ...[ours, whole.link, whole.link, whole.link],
      expect.stringMatching(/^https:\/\/go\.tixl\.app\/g/),
    ]);
    const adapted = adaptPost('discord', content({}, { link: ours }), settings);
    expect(adapted.text).toContain(ours);
    expect(adapted).toMatchObject({ link: ours, length: [...adapted.text].length });
  });

  test('stays what it was when it was published', () => {
    expect(linkOf('discord', 'https://tixl.app/news')).toBe('https://tixl.app/news');
    expect(linkOf('x', ours)).toBe(ours);
    expect(contentFor(whole, { platform: 'discord', words: null, publishedLink: ours }, undefined).link).toBe(
      ours,
    );
  });

  test('is none where there is none', () => {
    expect(
      contentFor(post, { platform: 'discord', words: null, publishedLink: null }, links).link,
    ).toBeNull();
  });
});
