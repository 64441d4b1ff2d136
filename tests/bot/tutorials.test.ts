import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { CommunityConfig } from '../../config/schema.ts';
import { findTutorial } from '../../database/tutorials.ts';
import { type MemberId, toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { type TutorialButton, tutorialButtonId } from '../../domain/tutorials.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { COMMAND_CHANGED } from '../../views/command-changed.ts';
import { REASON_INPUT } from '../../views/tutorial-answers.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { answeringMessage, answerTo, press, sendButton } from '../support/button.ts';
import { memberNamed, messageFor, offersFor, runCommand } from '../support/command.ts';
import { loadConfigWith } from '../support/config.ts';
import { directMessages, messagesIn } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';

const PATIENCE_MS = 20_000;

let scene: BotScene;
let discord: LocalDiscord;
let config: CommunityConfig;
let staff: MemberId;
let others: MemberId[];
let author: MemberId;
let links = 0;

beforeAll(async () => {
  scene = await startBotScene({
    overlay: 'onboarding: { burst: { window: 0s } }',
    beforeBot: async (before) => {
      const { members } = await before.discord.control.join({ count: 30 });
      others = members.map(({ member }) => toMemberId(member.user.id));
    },
  });
  ({ discord, config, staff } = scene);
});
afterAll(() => scene.stop());
beforeEach(() => {
  author = nextMember();
});

function nextMember(): MemberId {
  const member = others.pop();
  if (member === undefined) throw new Error('there are not enough members');
  return member;
}

const { texts } = (await loadConfigWith('{}')).recognition.tutorials;
const newLink = () => `https://tutorials.example/${++links}`;
const guildId = () => toGuildId(discord.guildId);

const ask = (who: MemberId, subcommand: string, options: Record<string, string | number> = {}) =>
  scene.ask(who, { name: 'tutorial', subcommand, options });

/** What a member is told, be it in a text or in embeds. */
const told = async (...typed: Parameters<typeof ask>) => textOf(await ask(...typed));

interface Added {
  readonly link: string;
  readonly tutorialId: ReturnType<typeof toInteractionId>;
}

/** Lets a member add a tutorial. Gives its link and id. */
async function add(title = 'Shaders', who = author): Promise<Added> {
  const link = newLink();
  const id = await runCommand(discord, who, {
    name: 'tutorial',
    subcommand: 'add',
    options: { link, title },
  });
  await messageFor(discord, id);
  return { link, tutorialId: toInteractionId(id) };
}

async function reviewOf({ link }: Added): Promise<APIMessage> {
  return messageAbout('moderation', link);
}

async function messageAbout(channel: string, link: string): Promise<APIMessage> {
  const find = async () =>
    (await messagesIn({ discord }, channel)).find(({ embeds }) => embeds[0]?.url === link);
  await until(async () => (await find()) !== undefined);
  const found = await find();
  if (found === undefined) throw new Error(`there is nothing about ${link}`);
  return found;
}

async function pressOn(message: APIMessage, who: MemberId, button: TutorialButton, { tutorialId }: Added) {
  const number = button === 'approve' || button === 'decline' ? 1 : undefined;
  const { interactionId } = await discord.control.press({
    memberId: who,
    channelId: message.channel_id,
    messageId: message.id,
    customId: tutorialButtonId(button, tutorialId, number),
  });
  return interactionId;
}

const stateOf = async ({ tutorialId }: Added) =>
  (await findTutorial(scene.worker.database.em.fork(), { guildId: guildId(), tutorialId }))?.state;

/** A tutorial that staff have approved, and the message in which it was published. */
async function published(title?: string): Promise<{ added: Added; message: APIMessage }> {
  const added = await add(title);
  await told(staff, 'approve', { tutorial: added.tutorialId });
  return { added, message: await messageAbout('tutorials', added.link) };
}

describe('/tutorial add', () => {
  test('thanks the member, to whom alone it is said, and asks staff', async () => {
    const link = newLink();
    const { content, flags } = await ask(author, 'add', { link, title: ' My *first*\tone ' });
    expect(content).toBe(texts.submitted.replace('{title}', String.raw`My \*first\* one`));
    expect((flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect((await messageAbout('moderation', link)).embeds[0]?.title).toBe(String.raw`My \*first\* one`);
  });

  test.each(['tixl.app', 'ftp://tixl.app/a', 'https://name:word@tixl.app/', 'javascript:alert(1)'])(
    'refuses what is no link to a page: %s',
    async (link) => {
      expect(await told(author, 'add', { link, title: 'Shaders' })).toBe(texts.badLink);
    },
  );

  test('refuses a title with nothing to read in it', async () => {
    expect(await told(author, 'add', { link: newLink(), title: '\u200b \u200b' })).toBe(texts.badTitle);
  });

  test('says whose a link is that is there already', async () => {
    const { link } = await add('The first');
    const again = `${link.toUpperCase().replace('HTTPS://TUTORIALS.EXAMPLE', 'http://Tutorials.Example')}/?utm_source=x`;
    expect(await told(nextMember(), 'add', { link: again, title: 'Mine' })).toBe(
      texts.thereAlready.replace('{title}', 'The first').replace('{member}', `<@${author}>`),
    );
  });

  test('refuses more than can wait', async () => {
    for (let count = 0; count < 3; count += 1) await add();
    const answer = await told(author, 'add', { link: newLink(), title: 'One more' });
    expect(answer).toBe(texts.tooManyWaiting.replace('{most}', '3'));
  });
});

describe('the buttons below what staff are asked', () => {
  test('approve: it is published, and says so to the second one who decides', async () => {
    const added = await add();
    const review = await reviewOf(added);
    expect(await answerTo(discord, await pressOn(review, staff, 'approve', added))).toMatch(/^Approved/);
    await messageAbout('tutorials', added.link);
    const owner = await memberNamed(discord, 'Noor Haddad');
    expect(await told(owner, 'decline', { tutorial: added.tutorialId, reason: 'No' })).toBe(
      `<@${staff}> has approved it already.`,
    );
    await until(async () => (await reviewOf(added)).content === 'Approved');
    expect((await reviewOf(added)).components).toEqual([]);
  });

  test('decline: asks for the reason, which the author is told', async () => {
    const added = await add();
    const review = await reviewOf(added);
    const interactionId = await pressOn(review, staff, 'decline', added);
    const { outcome } = await discord.control.getInteraction({ interactionId, wait: PATIENCE_MS });
    expect(outcome).toMatchObject({ state: 'modal', modal: { title: 'Decline the tutorial' } });
    const values = { [REASON_INPUT]: 'Not about TiXL' };
    const sent = await discord.control.submitModal({ memberId: staff, interactionId, values });
    expect(await answerTo(discord, sent.interactionId)).toMatch(/^Declined/);
    await until(async () => (await directMessages({ discord }, author)).length === 1);
    expect((await directMessages({ discord }, author))[0]?.embeds[0]?.description).toContain(
      'Not about TiXL',
    );
  });

  test.each(['approve', 'decline'] as const)('refuse whoever is not staff: %s', async (button) => {
    const added = await add();
    const message = await sendButton(discord, author, tutorialButtonId(button, added.tutorialId));
    expect(await answerTo(discord, await press(discord, author, message))).toBe(config.answers.staffOnly);
    const moderator = await memberNamed(discord, 'Ivo Petrov');
    const review = await reviewOf(added);
    expect(await answerTo(discord, await pressOn(review, moderator, button, added))).toBe(
      config.answers.staffOnly,
    );
    expect(await stateOf(added)).toBe('waiting');
  });

  test('refuse staff whose own it is', async () => {
    const added = await add('Mine', staff);
    const review = await reviewOf(added);
    expect(await answerTo(discord, await pressOn(review, staff, 'approve', added))).toMatch(/your own/);
    expect(await stateOf(added)).toBe('waiting');
  });

  test('are of no use for what is not there, or were never ours', async () => {
    const unknown = toInteractionId('1300000000000000001');
    for (const button of ['done', 'undo'] as const) {
      const message = await sendButton(discord, author, tutorialButtonId(button, unknown));
      expect(await answerTo(discord, await press(discord, author, message))).toBe(config.answers.outdated);
    }
    const odd = await sendButton(discord, author, 'tutorials/award/1300000000000000001');
    expect(await answerTo(discord, await press(discord, author, odd))).toBe(config.answers.outdated);
  });
});

describe('the button below a tutorial', () => {
  test('notes once that a member has done it, and another takes it back', async () => {
    const { added, message } = await published();
    const member = nextMember();
    const said = (text: string) => text.replace('{title}', 'Shaders');
    const first = await answeringMessage(discord, await pressOn(message, member, 'done', added));
    expect(first.content).toBe(said(texts.done));
    expect(await answerTo(discord, await pressOn(message, member, 'done', added))).toBe(
      said(texts.doneAlready),
    );
    await until(async () => (await footer(added)) === 'Done by 1');
    expect(await answerTo(discord, await press(discord, member, first))).toBe(said(texts.undone));
    expect(await told(member, 'list')).toContain('done by 0');
  });

  test('does not count for the author', async () => {
    const { added, message } = await published();
    expect(await answerTo(discord, await pressOn(message, author, 'done', added))).toBe(texts.ownTutorial);
  });

  const footer = async ({ link }: Added) => (await messageAbout('tutorials', link)).embeds[0]?.footer?.text;
});

describe('/tutorial for staff', () => {
  test('offers what waits, decides on it, and lists it', async () => {
    const added = await add('Noise in depth');
    const offers = (who: MemberId, typed: string) =>
      offersFor(discord, who, {
        ...{ name: 'tutorial', subcommand: 'approve', focused: 'tutorial' },
        options: { tutorial: typed },
      });
    expect(await offers(staff, 'noise in')).toEqual([added.tutorialId]);
    expect(await offers(author, 'noise in')).toEqual([]);
    expect(await told(staff, 'approve', { tutorial: added.tutorialId, quality: 5 })).toMatch(/^Approved/);
    expect(await offers(staff, 'noise in')).toEqual([]);
    const list = await told(author, 'list');
    expect(list).toContain(`**[Noise in depth](${added.link})**\nby <@${author}> · done by 0`);
    expect(await told(staff, 'stats')).toMatch(/\*\*\d+\*\* approved · \*\*\d+\*\* waiting/);
  });

  test('offers what is in the list, and takes it off with a reason', async () => {
    const { added } = await published('Feedback loops');
    const offers = () =>
      offersFor(discord, staff, {
        ...{ name: 'tutorial', subcommand: 'remove', focused: 'tutorial' },
        options: { tutorial: 'feedback' },
      });
    expect(await offers()).toEqual([added.tutorialId]);
    const remove = () => told(staff, 'remove', { tutorial: added.tutorialId, reason: 'The link is dead' });
    expect(await remove()).toMatch(/^Taken off the list/);
    expect(await remove()).toBe('It is not in the list.');
    expect(await offers()).toEqual([]);
    expect(await told(staff, 'remove', { tutorial: 'Feedback', reason: 'x' })).toMatch(/^There is no such/);
    expect(await stateOf(added)).toBe('removed');
  });

  test.each<[string, Record<string, string>]>([
    ['remove', { tutorial: '1300000000000000001', reason: 'No' }],
    ['stats', {}],
    ['approve', { tutorial: '1300000000000000001' }],
    ['decline', { tutorial: '1300000000000000001', reason: 'No' }],
  ])('is refused to members: %s', async (subcommand, options) => {
    expect(await told(author, subcommand, options)).toBe(config.answers.staffOnly);
  });

  test.each(['Noise in depth', '1300000000000000001'])(
    'has a clear word for what is not there: %s',
    async (tutorial) => {
      expect(await told(staff, 'approve', { tutorial })).toMatch(/^There is no such tutorial/);
      expect(await told(staff, 'decline', { tutorial, reason: 'No' })).toMatch(/^There is no such tutorial/);
    },
  );

  test('refuses a reason of spaces', async () => {
    const { tutorialId } = await add();
    expect(await told(staff, 'decline', { tutorial: tutorialId, reason: '   ' })).toBe(COMMAND_CHANGED);
  });
});
