import { describe, expect, test } from '@jest/globals';
import type { APIEmbed } from 'discord-api-types/v10';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import {
  DESCRIPTION_LENGTH,
  LINK_LENGTH,
  REASON_LENGTH,
  TITLE_LENGTH,
  TUTORIALS_PER_PAGE,
  type Tutorial,
} from '../../domain/tutorials.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { asWritten } from '../../views/text.ts';
import { tutorialList, tutorialStatisticsMessage } from '../../views/tutorial-answers.ts';
import {
  closedReview,
  notTakenMessage,
  publishedTutorial,
  removedTutorial,
  reviewMessage,
} from '../../views/tutorials.ts';

/** Discord's limits ("Embed Limits"). */
const EMBED = { title: 256, description: 4_096, value: 1_024, total: 6_000 };

const config = await loadConfig([COMMUNITY_FILE]);
const settings = config.recognition.tutorials;
const context = { links: config.links, channels: new Map() };

/** As long as it can be, of characters each of which needs another before it. */
const longest: Tutorial = {
  guildId: toGuildId('1300000000000000001'),
  tutorialId: toInteractionId('99999999999999999999'),
  authorId: toMemberId('99999999999999999999'),
  title: '*'.repeat(TITLE_LENGTH),
  description: '*'.repeat(DESCRIPTION_LENGTH),
  link: `https://tixl.app/${'a'.repeat(LINK_LENGTH - 'https://tixl.app/'.length)}`,
  state: 'declined',
  submittedAt: 0,
  staffId: toMemberId('99999999999999999999'),
  decidedAt: 0,
  quality: 5,
  reason: '*'.repeat(REASON_LENGTH),
};

function expectToFit(embeds: readonly APIEmbed[] | undefined): void {
  const [embed, ...others] = embeds ?? [];
  if (embed === undefined || others.length > 0) throw new Error('expected one embed');
  const { title = '', description = '', fields = [], footer } = embed;
  expect(title.length).toBeLessThanOrEqual(EMBED.title);
  expect(description.length).toBeLessThanOrEqual(EMBED.description);
  for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(EMBED.value);
  const texts = [
    title,
    description,
    footer?.text ?? '',
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  expect(texts.join('').length).toBeLessThanOrEqual(EMBED.total);
}

describe('the longest tutorial', () => {
  test('fits into each message about it', () => {
    expectToFit(reviewMessage(longest, 2).body.embeds);
    expectToFit(closedReview(longest).embeds);
    expectToFit(publishedTutorial(longest, 100_000, settings, context).body.embeds);
    expectToFit(notTakenMessage(longest, settings, 'mark', context).body.embeds);
    expectToFit(removedTutorial(longest, settings, context).embeds);
  });

  test('fits into the list and the statistics, as often as it stands there', () => {
    const many = Array.from({ length: TUTORIALS_PER_PAGE }, () => ({
      ...longest,
      ...{ completions: 100_000, byActive: 1 },
    }));
    const page = { tutorials: many, page: 1, pages: 100, activeMembers: 1 };
    expectToFit(tutorialList(page, settings, context).embeds);
    const counts = {
      waiting: 100_000,
      approved: 100_000,
      declined: 100_000,
      expired: 100_000,
      removed: 100_000,
    };
    const statistics = { counts, completions: 100_000, membersWhoDidOne: 100_000 };
    expectToFit(tutorialStatisticsMessage({ ...statistics, waiting: Array(25).fill(longest) }).embeds);
  });
});

describe('the messages about a tutorial', () => {
  test('are known again by their buttons, the second question to staff by another than the first', () => {
    const [first, second] = [reviewMessage(longest, 1), reviewMessage(longest, 2)];
    const asDiscordHasIt = ({ body }: typeof first) =>
      ({ embeds: body.embeds ?? [], components: body.components ?? [] }) as Parameters<
        typeof carriesMarker
      >[0];
    expect(carriesMarker(asDiscordHasIt(first), first.marker)).toBe(true);
    expect(carriesMarker(asDiscordHasIt(first), second.marker)).toBe(false);
    const published = publishedTutorial(longest, 0, settings, context);
    expect(carriesMarker(asDiscordHasIt(published), published.marker)).toBe(true);
    expect(carriesMarker(asDiscordHasIt(first), published.marker)).toBe(false);
  });

  test('fill in what a member has written as it is, also what looks like a placeholder', () => {
    const tutorial = { ...longest, title: 'All of {reason}', reason: 'See {guide}' };
    expect(notTakenMessage(tutorial, settings, 'mark', context).body.embeds?.[0]).toMatchObject({
      title: 'All of {reason}',
      description: 'Thank you for **All of {reason}**. Staff have not taken it into the list:\nSee {guide}',
    });
  });

  test('say to the author what has become of it', () => {
    const said = (state: Tutorial['state']) =>
      notTakenMessage({ ...longest, title: 'A', reason: 'b', state }, settings, 'mark', context).body
        .embeds?.[0]?.description;
    expect(said('removed')).toBe('Your tutorial **A** is not in the list any more:\nb');
    expect(said('expired')).toMatch(/^Thank you for \*\*A\*\*. Nobody has come/);
  });

  test('say nothing that is empty', () => {
    const waiting = { ...longest, description: null, state: 'waiting', staffId: null } as const;
    const plain = { ...waiting, decidedAt: null, quality: null, reason: null };
    expect(reviewMessage(plain, 1).body.embeds?.[0]?.fields?.map(({ name }) => name)).toEqual([
      'Author',
      'Added',
    ]);
    expect(
      tutorialList({ tutorials: [], page: 1, pages: 1, activeMembers: 0 }, settings, context),
    ).toMatchObject({
      embeds: [{ description: settings.texts.listEmpty }],
    });
  });
});

test.each([
  ['plain words', 'plain words'],
  ['[here](https://evil.example)', String.raw`\[here\](https://evil.example)`],
  ['https://a.example/b_c_d *x*', String.raw`https://a.example/b_c_d \*x\*`],
  ['<@1300000000000000001>', String.raw`\<@1300000000000000001>`],
  [String.raw`\*`, String.raw`\\\*`],
  ['one\n# big', 'one\n\\# big'],
  ['part 1 (of 2) - #3', 'part 1 (of 2) - #3'],
])('%s is shown as it was written', (text, shown) => {
  expect(asWritten(text)).toBe(shown);
});
