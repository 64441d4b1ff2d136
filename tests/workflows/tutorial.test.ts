import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { completeTutorial, takeBackCompletion } from '../../database/tutorial-completions.ts';
import { decideTutorial, findTutorial, submitTutorial } from '../../database/tutorials.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import {
  type NewTutorial,
  tutorialButtonId,
  tutorialCause,
  tutorialCountId,
  tutorialWorkflowId,
  type Verdict,
} from '../../domain/tutorials.ts';
import type { FaultRule } from '../../sandbox/control/api.ts';
import {
  decideOnTutorial,
  startTutorial,
  TUTORIAL,
  type TutorialResult,
} from '../../workflows/definitions/tutorial.ts';
import {
  directMessages,
  messagesIn,
  replaceChannel,
  startCommunity,
  type TestCommunity,
} from '../support/community.ts';
import { newTutorial } from '../support/tutorials.ts';
import { until } from '../support/wait.ts';

const staffId = toMemberId('1300000000000000099');
const writing = { method: 'POST', route: '/channels/:channelId/messages' } as const;

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const em = () => community.database.em.fork();

/** Somebody joins and adds a tutorial. It is not waited for until staff are asked. */
async function add(words: { title?: string; description?: string } = {}): Promise<NewTutorial> {
  const { guildId, memberId } = await community.join();
  const tutorial = newTutorial(guildId, memberId, words);
  expect(await submitTutorial(em(), tutorial, 3)).toEqual({ kind: 'submitted' });
  return tutorial;
}

async function addAndAsk(words: { title?: string; description?: string } = {}): Promise<NewTutorial> {
  const tutorial = await add(words);
  await until(async () => (await reviewsOf(tutorial)).length === 1);
  return tutorial;
}

const about = (messages: readonly APIMessage[], { link }: NewTutorial) =>
  messages.filter(({ embeds }) => embeds[0]?.url === link.address);
const reviewsOf = async (tutorial: NewTutorial) => about(await messagesIn(community, 'moderation'), tutorial);
const publishedOf = async (tutorial: NewTutorial) =>
  about(await messagesIn(community, 'tutorials'), tutorial);

const decide = (tutorial: NewTutorial, verdict: Verdict, reason?: string, quality?: number) =>
  decideTutorial(
    em(),
    tutorial,
    { verdict, staffId, ...(quality !== undefined && { quality }) },
    Date.now(),
    reason,
  );

const handleOf = (tutorial: NewTutorial) =>
  community.client.workflow.getHandle<(input: unknown) => Promise<TutorialResult>>(
    tutorialWorkflowId(tutorial),
  );
/** Waits for the end, while time is skipped. */
const resultOf = (tutorial: NewTutorial) => handleOf(tutorial).result();

async function tenthsFor(tutorial: NewTutorial): Promise<number[]> {
  const rows: { tenths: number }[] = await em().execute(
    'select tenths from points_ledger where cause = ? and member_id = ?',
    [tutorialCause(tutorial), tutorial.authorId],
  );
  return rows.map(({ tenths }) => tenths);
}

const fails = (rules: readonly FaultRule[]) => community.discord.control.setFaults({ rules: [...rules] });
const tells = async (member: MemberId) =>
  (await directMessages(community, member)).map(({ embeds }) => embeds);

describe('a tutorial that was added', () => {
  test('is shown to staff, with the buttons to decide, and with its words as they were written', async () => {
    const words = {
      title: 'All *about* [shaders]',
      description: 'See https://a.example/b_c and [x](https://evil.example)',
    };
    const tutorial = await addAndAsk(words);
    const [review] = await reviewsOf(tutorial);
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
    await decide(tutorial, 'declined', 'no');
    await resultOf(tutorial);
  });

  test('pays its author and is published when staff approve it', async () => {
    const tutorial = await addAndAsk();
    await decide(tutorial, 'approved');
    expect(await resultOf(tutorial)).toMatchObject({
      ...{ state: 'approved', points: 'awarded' },
      ...{ asked: { kind: 'sent' }, published: { kind: 'sent' }, closed: { kind: 'sent' } },
    });
    expect(await tenthsFor(tutorial)).toEqual([250]);
    expect(await publishedOf(tutorial)).toMatchObject([
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
    expect(await reviewsOf(tutorial)).toMatchObject([
      { content: 'Approved', components: [], embeds: [{ fields: [{}, {}, { value: `<@${staffId}>` }, {}] }] },
    ]);
    expect(await tells(tutorial.authorId)).toEqual([]);
  });

  test('pays half again for a high quality', async () => {
    const tutorial = await addAndAsk();
    await decide(tutorial, 'approved', undefined, 5);
    await resultOf(tutorial);
    expect(await tenthsFor(tutorial)).toEqual([375]);
  });

  test('is told to its author when staff decline it, with the reason, and pays nothing', async () => {
    const tutorial = await addAndAsk();
    await decide(tutorial, 'declined', 'It is *not* about TiXL');
    expect(await resultOf(tutorial)).toMatchObject({ state: 'declined', toldAuthor: { kind: 'sent' } });
    expect(await tells(tutorial.authorId)).toMatchObject([
      [{ description: expect.stringContaining(String.raw`It is \*not\* about TiXL`) }],
    ]);
    expect([await tenthsFor(tutorial), await publishedOf(tutorial)]).toEqual([[], []]);
    expect(await reviewsOf(tutorial)).toMatchObject([{ content: 'Declined', components: [] }]);
  });

  test('is shown to staff again after three days in place of the first, and is given up after thirty', async () => {
    const tutorial = await addAndAsk();
    const [first] = await reviewsOf(tutorial);
    await until(async () => {
      await community.environmentOfTemporal.sleep('1d');
      return (await reviewsOf(tutorial))[0]?.id !== first?.id;
    });
    const again = await reviewsOf(tutorial);
    expect(again).toMatchObject([{ content: 'A tutorial to look at, which still waits' }]);
    expect(await resultOf(tutorial)).toMatchObject({ state: 'expired', reminded: { kind: 'sent' } });
    expect(await reviewsOf(tutorial)).toMatchObject([{ id: again[0]?.id, components: [] }]);
    expect(await tells(tutorial.authorId)).toMatchObject([
      [{ description: expect.stringMatching(/Nobody has come/) }],
    ]);
    expect(await decide(tutorial, 'approved')).toMatchObject({ kind: 'decided before', state: 'expired' });
  });

  test('that was decided on before its review had begun is not waited for', async () => {
    const { guildId, memberId } = await community.join();
    const tutorial = newTutorial(guildId, memberId);
    await submitTutorial(em(), tutorial, 3);
    await decide(tutorial, 'approved');
    await until(async () => (await publishedOf(tutorial)).length === 1);
    expect(await resultOf(tutorial)).toMatchObject({ state: 'approved', points: 'awarded' });
  });

  test('of somebody who has left is published, and pays nobody', async () => {
    const tutorial = await addAndAsk();
    await community.discord.control.leave({ memberId: tutorial.authorId });
    await decide(tutorial, 'approved');
    expect(await resultOf(tutorial)).toMatchObject({
      ...{ state: 'approved', points: 'the author has left', published: { kind: 'sent' } },
    });
    expect(await tenthsFor(tutorial)).toEqual([]);
  });

  test('whose author has been forgotten is forgotten too', async () => {
    const tutorial = await addAndAsk();
    await em().execute('delete from tutorials where member_id = ?', [tutorial.authorId]);
    expect(await resultOf(tutorial)).toMatchObject({ state: 'deleted', closed: { kind: 'sent' } });
    expect([await reviewsOf(tutorial), await publishedOf(tutorial)]).toEqual([[], []]);
  });
});

describe('the number of those who have done it', () => {
  const footerOf = async (tutorial: NewTutorial) => (await publishedOf(tutorial))[0]?.embeds[0]?.footer?.text;

  async function edits(): Promise<number> {
    const { counts } = await community.discord.control.countRequests();
    return counts
      .filter(
        ({ method, route }) => method === 'PATCH' && route === '/channels/:channelId/messages/:messageId',
      )
      .reduce((sum, { count }) => sum + count, 0);
  }

  test('stands below the tutorial, with few changes of it however many there are', async () => {
    const tutorial = await addAndAsk();
    await decide(tutorial, 'approved');
    await resultOf(tutorial);
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

// The last ones: the server for tests may skip no time any more when a workflow was ended by force.
describe('a decision from the Temporal UI', () => {
  test('is carried out like any other; the second one is told who was first', async () => {
    const tutorial = await addAndAsk();
    const decision = { verdict: 'approved', staffId, quality: 5 } as const;
    const update = (args: typeof decision) =>
      handleOf(tutorial).executeUpdate(decideOnTutorial, { args: [args] });
    expect(await update(decision)).toEqual({ kind: 'decided' });
    expect(await resultOf(tutorial)).toMatchObject({ state: 'approved' });
    expect(await tenthsFor(tutorial)).toEqual([375]);
    expect(await decide(tutorial, 'declined')).toEqual({
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
    const tutorial = await addAndAsk();
    const update = handleOf(tutorial).executeUpdate(decideOnTutorial, { args: [decision as never] });
    await expect(update).rejects.toMatchObject({ cause: { message: expect.stringMatching(/^expected/) } });
    expect(await findTutorial(em(), tutorial)).toMatchObject({ state: 'waiting' });
    await decide(tutorial, 'approved');
    await resultOf(tutorial);
  });
});

describe('when something fails', () => {
  test.each(['drop-before', 'drop-after'] as const)(
    'staff are asked once, and it is awarded and published once (%s)',
    async (kind) => {
      await fails([{ match: writing, times: 1, fault: { kind } }]);
      const tutorial = await addAndAsk();
      await fails([
        { match: writing, times: 1, fault: { kind } },
        {
          match: { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' },
          times: 1,
          fault: { kind },
        },
      ]);
      await decide(tutorial, 'approved');
      expect(await resultOf(tutorial)).toMatchObject({ state: 'approved', closed: { kind: 'sent' } });
      expect(await publishedOf(tutorial)).toHaveLength(1);
      expect(await reviewsOf(tutorial)).toMatchObject([{ content: 'Approved' }]);
      expect(await tenthsFor(tutorial)).toEqual([250]);
    },
  );

  test('a review that was terminated between award and publication is carried on by the next, and pays once', async () => {
    const tutorial = await addAndAsk();
    await fails([{ match: writing, fault: { kind: 'drop-before' } }]);
    await decide(tutorial, 'approved');
    await until(async () => (await tenthsFor(tutorial)).length === 1);
    await handleOf(tutorial).terminate();
    await fails([]);
    expect(await publishedOf(tutorial)).toEqual([]);
    const settings = community.config.recognition.tutorials;
    await community.client.workflow.start(TUTORIAL, {
      ...startTutorial(tutorial, settings),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    expect(await resultOf(tutorial)).toMatchObject({ state: 'approved', published: { kind: 'sent' } });
    expect(await publishedOf(tutorial)).toHaveLength(1);
    expect(await reviewsOf(tutorial)).toHaveLength(1);
    expect(await tenthsFor(tutorial)).toEqual([250]);
  });

  test('a review that was terminated goes on when staff decide', async () => {
    const tutorial = await addAndAsk();
    await handleOf(tutorial).terminate();
    await decide(tutorial, 'approved');
    await until(async () => (await publishedOf(tutorial)).length === 1);
    expect(await resultOf(tutorial)).toMatchObject({ state: 'approved' });
    expect(await reviewsOf(tutorial)).toMatchObject([{ content: 'Approved' }]);
  });

  test('a review that somebody has deleted holds nothing up', async () => {
    const tutorial = await addAndAsk();
    const [review] = await reviewsOf(tutorial);
    if (review === undefined) throw new Error('there is no review');
    const { id, channel_id, author } = review;
    await community.discord.control.deleteMessage({
      memberId: author.id,
      channelId: channel_id,
      messageId: id,
    });
    await decide(tutorial, 'approved');
    expect(await resultOf(tutorial)).toMatchObject({
      published: { kind: 'sent' },
      closed: { kind: 'refused' },
    });
  });

  test('the channels may have been made anew; without one, it is clear what was refused', async () => {
    for (const name of ['moderation', 'tutorials']) await replaceChannel(community, name);
    const tutorial = await addAndAsk();
    await decide(tutorial, 'approved');
    expect(await resultOf(tutorial)).toMatchObject({ published: { kind: 'sent' } });
    const settings = community.config.recognition.tutorials as unknown as { channel: string };
    settings.channel = 'no-such-channel';
    const other = await addAndAsk();
    await decide(other, 'approved');
    expect(await resultOf(other)).toMatchObject({
      points: 'awarded',
      published: { kind: 'refused', reason: expect.stringContaining('#no-such-channel') },
    });
    settings.channel = 'tutorials';
  });

  test('an author who takes no direct messages is not told', async () => {
    const { guildId, memberId } = await community.join({ dmsClosed: true });
    const tutorial = newTutorial(guildId, memberId);
    await submitTutorial(em(), tutorial, 3);
    await until(async () => (await reviewsOf(tutorial)).length === 1);
    await decide(tutorial, 'declined', 'no');
    expect(await resultOf(tutorial)).toMatchObject({ state: 'declined', toldAuthor: { kind: 'closed' } });
  });
});
