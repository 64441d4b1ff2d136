import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { completeTutorial, takeBackCompletion } from '../../database/tutorial-completions.ts';
import { findTutorial, removeTutorial } from '../../database/tutorials.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import {
  type NewTutorial,
  tutorialButtonId,
  tutorialCountId,
  tutorialRemovalId,
} from '../../domain/tutorials.ts';
import { decideOnTutorial } from '../../workflows/definitions/tutorial.ts';
import { directMessages, messagesIn, startCommunity, type TestCommunity } from '../support/community.ts';
import { reviewedTutorials, DECIDING_STAFF as staffId } from '../support/reviewed-tutorials.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let tutorials: ReturnType<typeof reviewedTutorials>;

beforeAll(async () => {
  community = await startCommunity();
  tutorials = reviewedTutorials(community);
});
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const texts = () => community.config.recognition.tutorials.texts;
const tells = async (member: MemberId) =>
  (await directMessages(community, member)).map(({ embeds }) => embeds);

describe('a tutorial that was added', () => {
  test('is shown to staff, with the buttons to decide, and with its words as they were written', async () => {
    const words = {
      title: 'All *about* [shaders]',
      description: 'See https://a.example/b_c and [x](https://evil.example)',
    };
    const tutorial = await tutorials.addAndAsk(words);
    const [review] = await tutorials.reviewsOf(tutorial);
    expect(review).toMatchObject({
      content: 'A tutorial to look at',
      embeds: [
        {
          title: String.raw`All \*about\* \[shaders\]`,
          description: String.raw`See https://a.example/b_c and \[x\](https://evil.example)`,
          fields: [{ name: 'Author', value: `<@${tutorial.authorId}>` }, { name: 'Added' }],
        },
      ],
      components: [
        {
          components: [
            { label: 'Approve', custom_id: tutorialButtonId('approve', tutorial.tutorialId, 1) },
            { label: 'Decline', custom_id: tutorialButtonId('decline', tutorial.tutorialId, 1) },
          ],
        },
      ],
    });
    expect(review?.mentions).toEqual([]);
    await tutorials.decide(tutorial, 'declined', 'no');
    await tutorials.resultOf(tutorial);
  });

  test('pays its author and is published when staff approve it', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'approved');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      ...{ state: 'approved', points: 'awarded' },
      ...{ asked: { kind: 'sent' }, published: { kind: 'sent' }, closed: { kind: 'sent' } },
    });
    expect(await tutorials.tenthsFor(tutorial)).toEqual([250]);
    expect(await tutorials.publishedOf(tutorial)).toMatchObject([
      {
        content: `A new tutorial by <@${tutorial.authorId}>`,
        mentions: [{ id: tutorial.authorId }],
        embeds: [{ title: tutorial.title, footer: { text: 'Done by 0' } }],
        components: [
          {
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Secondary,
                custom_id: tutorialButtonId('done', tutorial.tutorialId),
                label: 'Done ✓',
              },
            ],
          },
        ],
      },
    ]);
    expect(await tutorials.reviewsOf(tutorial)).toMatchObject([
      { content: 'Approved', components: [], embeds: [{ fields: [{}, {}, { value: `<@${staffId}>` }, {}] }] },
    ]);
    expect(await tells(tutorial.authorId)).toEqual([]);
  });

  test('pays half again for a high quality', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'approved', undefined, 5);
    await tutorials.resultOf(tutorial);
    expect(await tutorials.tenthsFor(tutorial)).toEqual([375]);
  });

  test('is told to its author when staff decline it, with the reason, and pays nothing', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'declined', 'It is *not* about TiXL');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      state: 'declined',
      toldAuthor: { kind: 'sent' },
    });
    expect(await tells(tutorial.authorId)).toMatchObject([
      [{ description: expect.stringContaining(String.raw`It is \*not\* about TiXL`) }],
    ]);
    expect([await tutorials.tenthsFor(tutorial), await tutorials.publishedOf(tutorial)]).toEqual([[], []]);
    expect(await tutorials.reviewsOf(tutorial)).toMatchObject([{ content: 'Declined', components: [] }]);
  });

  test('is shown to staff again after three days in place of the first, and is given up after thirty', async () => {
    const tutorial = await tutorials.addAndAsk();
    const [first] = await tutorials.reviewsOf(tutorial);
    await until(async () => {
      await community.environmentOfTemporal.sleep('1d');
      return (await tutorials.reviewsOf(tutorial))[0]?.id !== first?.id;
    });
    const again = await tutorials.reviewsOf(tutorial);
    expect(again).toMatchObject([{ content: 'A tutorial to look at, which still waits' }]);
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      state: 'expired',
      reminded: { kind: 'sent' },
    });
    expect(await tutorials.reviewsOf(tutorial)).toMatchObject([{ id: again[0]?.id, components: [] }]);
    expect(await tells(tutorial.authorId)).toMatchObject([
      [{ description: expect.stringMatching(/Nobody has come/) }],
    ]);
    expect(await tutorials.decide(tutorial, 'approved')).toMatchObject({
      kind: 'decided before',
      state: 'expired',
    });
  });

  test('that was decided on before its review had begun is not waited for', async () => {
    const tutorial = await tutorials.add();
    await tutorials.decide(tutorial, 'approved');
    await until(async () => (await tutorials.publishedOf(tutorial)).length === 1);
    expect(await tutorials.resultOf(tutorial)).toMatchObject({ state: 'approved', points: 'awarded' });
  });

  test('of somebody who has left is published, and pays nobody', async () => {
    const tutorial = await tutorials.addAndAsk();
    await community.discord.control.leave({ memberId: tutorial.authorId });
    await tutorials.decide(tutorial, 'approved');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      ...{ state: 'approved', points: 'the author has left', published: { kind: 'sent' } },
    });
    expect(await tutorials.tenthsFor(tutorial)).toEqual([]);
  });

  test('whose author has been forgotten is forgotten too', async () => {
    const tutorial = await tutorials.addAndAsk();
    await em().execute('delete from tutorials where member_id = ?', [tutorial.authorId]);
    expect(await tutorials.resultOf(tutorial)).toMatchObject({ state: 'deleted', closed: { kind: 'sent' } });
    expect([await tutorials.reviewsOf(tutorial), await tutorials.publishedOf(tutorial)]).toEqual([[], []]);
  });
});

describe('a tutorial that staff take off the list', () => {
  const messageOf = async (id: string | undefined) =>
    (await messagesIn(community, 'tutorials')).find((message) => message.id === id);

  test('is marked where it stands, its author is told, and nothing brings it back', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'approved');
    await tutorials.resultOf(tutorial);
    const fan = (await community.join()).memberId;
    await completeTutorial(em(), tutorial, fan, Date.now());
    const [published] = await tutorials.publishedOf(tutorial);
    await removeTutorial(em(), tutorial, staffId, Date.now(), 'The link is *dead*');
    const isMarked = async () => (await messageOf(published?.id))?.content === texts().removed;
    await until(isMarked);
    const removal = community.client.workflow.getHandle(tutorialRemovalId(tutorial));
    expect(await removal.result()).toMatchObject({
      ...{ published: { kind: 'sent' }, review: { kind: 'sent' }, toldAuthor: { kind: 'sent' } },
    });
    expect(await messageOf(published?.id)).toMatchObject({
      ...{ embeds: [{ title: tutorial.title }], components: [] },
    });
    expect((await tutorials.reviewsOf(tutorial))[0]?.content).toBe('Taken off the list');
    expect(await tells(tutorial.authorId)).toMatchObject([
      [{ description: expect.stringContaining(String.raw`The link is \*dead\*`) }],
    ]);
    expect(await tutorials.tenthsFor(tutorial)).toEqual([250]);

    await takeBackCompletion(em(), tutorial, fan);
    await community.client.workflow.getHandle(tutorialCountId(tutorial)).result();
    expect(await isMarked()).toBe(true);
  });
});

describe('the number of those who have done it', () => {
  const footerOf = async (tutorial: NewTutorial) =>
    (await tutorials.publishedOf(tutorial))[0]?.embeds[0]?.footer?.text;

  async function edits(): Promise<number> {
    const { counts } = await community.discord.control.countRequests();
    return counts
      .filter(
        ({ method, route }) => method === 'PATCH' && route === '/channels/:channelId/messages/:messageId',
      )
      .reduce((sum, { count }) => sum + count, 0);
  }

  test('stands below the tutorial, with few changes of it however many there are', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'approved');
    await tutorials.resultOf(tutorial);
    const { members } = await community.discord.control.join({ count: 30 });
    const ids = members.map(({ member }) => toMemberId(member.user.id));
    const before = await edits();
    await Promise.all(ids.map((member) => completeTutorial(em(), tutorial, member, Date.now())));
    const count = community.client.workflow.getHandle(tutorialCountId(tutorial));
    await until(async () => {
      await community.environmentOfTemporal.sleep('1m');
      return (await footerOf(tutorial)) === 'Done by 30';
    });
    expect((await edits()) - before).toBeLessThanOrEqual(3);
    await count.result();
    const [one] = ids;
    if (one === undefined) throw new Error('nobody has joined');
    await takeBackCompletion(em(), tutorial, one);
    await until(async () => (await footerOf(tutorial)) === 'Done by 29');
    await count.result();
  });
});

describe('a decision from the Temporal UI', () => {
  test('is carried out like any other; the second one is told who was first', async () => {
    const tutorial = await tutorials.addAndAsk();
    const decision = { verdict: 'approved', staffId, quality: 5 } as const;
    const update = (args: typeof decision) =>
      tutorials.handleOf(tutorial).executeUpdate(decideOnTutorial, { args: [args] });
    expect(await update(decision)).toEqual({ kind: 'decided' });
    expect(await tutorials.resultOf(tutorial)).toMatchObject({ state: 'approved' });
    expect(await tutorials.tenthsFor(tutorial)).toEqual([375]);
    expect(await tutorials.decide(tutorial, 'declined')).toEqual({
      kind: 'decided before',
      state: 'approved',
      staffId,
    });
  });

  test.each([
    ['no verdict', { staffId }],
    ['another verdict', { verdict: 'waiting', staffId }],
    ['no staff', { verdict: 'approved' }],
    ['staff by name', { verdict: 'approved', staffId: 'Mara' }],
    ['a quality of 0', { verdict: 'approved', staffId, quality: 0 }],
    ['a quality of 6', { verdict: 'approved', staffId, quality: 6 }],
    ['nothing', null],
  ])('is refused with a reason: %s', async (_, decision) => {
    const tutorial = await tutorials.addAndAsk();
    const update = tutorials
      .handleOf(tutorial)
      .executeUpdate(decideOnTutorial, { args: [decision as never] });
    await expect(update).rejects.toMatchObject({ cause: { message: expect.stringMatching(/^expected/) } });
    expect(await findTutorial(em(), tutorial)).toMatchObject({ state: 'waiting' });
    await tutorials.decide(tutorial, 'approved');
    await tutorials.resultOf(tutorial);
  });
});
