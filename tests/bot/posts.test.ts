import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { discardPostDraft, findPostDraft } from '../../database/post-drafts.ts';
import { findListedPost } from '../../database/post-lists.ts';
import { type MemberId, toGuildId, toInteractionId } from '../../domain/ids.ts';
import type { PostRef } from '../../domain/posts.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import {
  POST_HASHTAGS_INPUT,
  POST_TEXT_INPUT,
  POST_TIME_INPUT,
  POST_TITLE_INPUT,
} from '../../views/post-drafts.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { memberNamed, offersFor, runCommand } from '../support/command.ts';
import {
  buttonsOf,
  formOf,
  type Options,
  pressButton,
  pressed,
  saidBeside,
  sendForm,
} from '../support/event-forms.ts';
import { messagesIn } from '../support/on-discord.ts';
import {
  chooseFrom,
  chosen,
  editPost,
  POST_WORDS,
  postOf,
  refusedForm,
  writePost,
} from '../support/post-forms.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let author: MemberId;
let approver: MemberId;
let member: MemberId;

beforeAll(async () => {
  scene = await startBotScene();
  discord = scene.discord;
  author = await memberNamed(discord, 'Kofi Mensah');
  approver = scene.staff;
  member = await memberNamed(discord, 'Tom Becker');
});
afterAll(() => scene.stop());

const database = () => scene.worker.database.em.fork();
const rowOf = (message: APIMessage) => findListedPost(database(), postOf(discord, message));
const overview = ({ embeds }: APIMessage) => embeds[0]?.description ?? '';
const field = ({ embeds }: APIMessage, name: string) =>
  embeds[0]?.fields?.find((one) => one.name === name)?.value;
const names = (message: APIMessage) => buttonsOf(message).map((id) => id.split(':')[0]);
const command = (subcommand: string, post: Pick<PostRef, 'postId'>, more: Options = {}) => ({
  ...{ name: 'post', subcommand, options: { post: post.postId, ...more } },
});
const published = async (text: string) =>
  (await messagesIn({ discord }, 'announcements')).filter(({ content }) => content.includes(text));
const inStaffChannel = async (title: string) =>
  (await messagesIn({ discord }, 'staff')).filter((message) => JSON.stringify(message).includes(title));

async function setRole(memberId: MemberId, name: string, has: boolean): Promise<void> {
  const { guild } = await discord.control.getState();
  const roleId = guild.roles.find((role) => role.name === name)?.id ?? '';
  await (has
    ? discord.control.giveRole({ memberId, roleId })
    : discord.control.takeRole({ memberId, roleId }));
}

describe('/post create', () => {
  test('asks for the words, shows how it will be, and publishes what is approved: once', async () => {
    const words = { [POST_TITLE_INPUT]: 'Once', [POST_TEXT_INPUT]: 'Published *once*, @everyone.' };
    const shown = await writePost(discord, approver, { link: 'https://tixl.app/4' }, words);
    expect((shown.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(shown.content).toBe('This is how it will be. Nobody else sees it yet.');
    expect(overview(shown)).toMatch(/^\*\*Discord\*\* · \d+ of 2000 characters, \d+ left · #TiXL$/);
    expect(field(shown, 'Goes out')).toBe('as soon as it is approved');
    expect(await published('Published')).toEqual([]);

    const twice = await Promise.all([
      pressButton(discord, approver, shown, 'post-approve'),
      pressButton(discord, approver, shown, 'post-approve'),
    ]);
    expect(twice).toHaveLength(2);
    await until(async () => (await rowOf(shown))?.state === 'settled');
    expect(await published('Published *once*')).toHaveLength(1);
    expect((await rowOf(shown))?.approvedBy).toBe(approver);
    const [message] = await published('Published *once*');
    expect([message?.mention_everyone, message?.mentions]).toEqual([false, []]);
  });

  test('goes to the platforms that are named, which can be chosen anew, at the time that was meant', async () => {
    const options = { platforms: 'linkedin, Discord', time: '2027-06-03 19:00' };
    const shown = await writePost(discord, approver, options);
    const at = Date.parse('2027-06-03T17:00:00Z') / 1_000;
    expect(field(shown, 'Goes out')).toBe(`<t:${at}:F> (<t:${at}:R>)`);
    expect(overview(shown)).toMatch(
      /\*\*LinkedIn\*\* .*\n⛔ It is not connected: .*`npm run connect -- linkedin`/,
    );
    expect(shown.content).toMatch(/cannot be approved before what is marked ⛔ is mended/);
    const fewer = await chosen(discord, approver, shown, 'post-platforms', ['discord']);
    expect(overview(fewer)).not.toContain('LinkedIn');
    expect(fewer.content).toBe('This is how it will be. Nobody else sees it yet.');
    expect((await rowOf(shown))?.deliveries.map(({ platform }) => platform)).toEqual(['discord']);
    const approved = await pressed(discord, approver, fewer, 'post-approve');
    expect(approved.content).toBe(`**TiXL 4** is approved, and goes out <t:${at}:F> (<t:${at}:R>).`);
    const discarded = await scene.ask(approver, command('cancel', postOf(discord, shown)));
    expect(discarded.content).toMatch(/^Call off \*\*TiXL 4\*\*\?/);
    expect((await pressed(discord, approver, discarded, 'post-discard')).content).toMatch(/is called off/);
    expect((await rowOf(shown))?.state).toBe('cancelled');
  });

  test('shows each platform as it will look, and takes words for one alone', async () => {
    const platforms = 'discord, x';
    const shown = await writePost(discord, approver, { platforms }, { [POST_TEXT_INPUT]: 'y'.repeat(300) });
    const onX = await chosen(discord, approver, shown, 'post-look', ['x']);
    expect(onX.content).toBe('This is how it will look on **X**.');
    expect(onX.embeds[0]?.description).toMatch(/^y+…\s+\\#TiXL$/);
    const all = await chosen(discord, approver, onX, 'post-look', ['overview']);
    expect(overview(all)).toBe(overview(shown));
    const opened = await chooseFrom(discord, approver, all, 'post-edit-for', ['x']);
    expect(await formOf(discord, opened)).toEqual({ ...POST_WORDS, [POST_TEXT_INPUT]: 'y'.repeat(300) });
    const changed = await sendForm(discord, approver, opened, { ...POST_WORDS, [POST_TEXT_INPUT]: 'Short.' });
    expect(changed.id).toBe(shown.id);
    const [discordPart, xPart] = overview(changed).split('\n\n');
    expect(discordPart).toMatch(/^\*\*Discord\*\* · 3\d\d of/);
    expect(xPart).toMatch(/^\*\*X\*\* · 12 of 280/);
    // The words for all again: they are no words of its own any more.
    const again = await chooseFrom(discord, approver, changed, 'post-edit-for', ['x']);
    const common = { ...POST_WORDS, [POST_TEXT_INPUT]: 'y'.repeat(300) };
    await sendForm(discord, approver, again, common);
    expect((await rowOf(shown))?.deliveries.map(({ words }) => words)).toEqual([null, null]);
  });

  test('can be discarded', async () => {
    const shown = await writePost(discord, author);
    const discarded = await pressed(discord, author, shown, 'post-discard');
    expect(discarded.content).toBe('**TiXL 4** is called off. It is published nowhere.');
    expect((await rowOf(shown))?.state).toBe('cancelled');
  });

  test.each<[string, Options, RegExp]>([
    [
      'an unknown platform',
      { platforms: 'x, myspace' },
      /^There is no platform “myspace”\. There are Discord, X/,
    ],
    ['no platform', { platforms: ' , ' }, /^No platform is left/],
    ['a link that is no address', { link: 'tixl' }, /^The link must be an address/],
    [
      'a medium that is no address',
      { 'media-link': 'file:///etc/passwd' },
      /^The address of a medium must begin/,
    ],
    ['a time that nobody understands', { time: 'soon' }, /^I do not understand “soon”/],
    ['a day without a time', { time: 'tomorrow' }, /^At what time of the day/],
  ])('refuses %s at once', async (_, options, said) => {
    expect(await refusedForm(discord, author, 'create', options)).toMatch(said);
  });

  test.each<[string, Record<string, string>, Options, RegExp]>([
    ['a title of spaces', { [POST_TITLE_INPUT]: '\u200b ' }, {}, /^The title needs something to read/],
    ['an empty text', { [POST_TEXT_INPUT]: ' \n ' }, {}, /^The text needs something to read/],
    ['a hashtag that is none', { [POST_HASHTAGS_INPUT]: '#node.js' }, {}, /^“node\.js” cannot be a hashtag/],
    ['a time in the past', { [POST_TIME_INPUT]: '2020-01-01 9:00' }, {}, /is in the past/],
    [
      'a time that exists twice',
      { [POST_TIME_INPUT]: '2027-10-31 02:30' },
      { time: '2027-10-31 02:30' },
      /exists twice.*\n- `2027-10-31 02:30 UTC\+02:00`/,
    ],
  ])('keeps the form of %s, with what was typed', async (_, words, options, said) => {
    const refused = await writePost(discord, author, options, words);
    expect(refused.content).toMatch(said);
    const opened = await pressButton(discord, author, refused, 'post-reopen');
    expect(await formOf(discord, opened)).toMatchObject(words);
    const mended = { ...POST_WORDS, [POST_TIME_INPUT]: '2027-06-03 19:00' };
    const shown = await sendForm(discord, author, opened, mended);
    expect(shown.content).toBe('This is how it will be. Nobody else sees it yet.');
    await pressed(discord, author, shown, 'post-discard');
  });

  test('a form whose draft is gone gives back what was written', async () => {
    const interactionId = await runCommand(discord, author, { name: 'post', subcommand: 'create' });
    await formOf(discord, interactionId);
    const draft = {
      guildId: toGuildId(discord.guildId),
      draftId: toInteractionId(interactionId),
      memberId: author,
    };
    await until(async () => (await findPostDraft(database(), draft)) !== undefined);
    await discardPostDraft(database(), draft);
    const answer = await sendForm(discord, author, interactionId, POST_WORDS);
    expect(answer.content).toMatch(/use the command again.*\n\nTiXL 4\n\nIt is out\.\n\n#TiXL$/s);
  });
});

describe('who writes and who approves', () => {
  test('is told by their roles: others can do nothing of it', async () => {
    const refused = 'Posts are written by **Ambassador** and **Staff**.';
    expect(await refusedForm(discord, member, 'create', {})).toBe(refused);
    expect(await scene.told(member, { name: 'post', subcommand: 'list' })).toBe(refused);
    const asked = { name: 'post', subcommand: 'edit', focused: 'post', options: { post: '' } };
    expect(await offersFor(discord, member, asked)).toEqual([]);
    const shown = await writePost(discord, await memberNamed(discord, 'Noor Haddad'));
    expect(names(shown)).toContain('post-approve');
  });

  test('an author asks, staff see it in their channel, send it back, and approve it in the end', async () => {
    const words = { [POST_TITLE_INPUT]: 'To approve', [POST_TEXT_INPUT]: 'Please approve this.' };
    const shown = await writePost(discord, author, {}, words);
    expect(names(shown)).toContain('post-propose');
    expect(names(shown)).not.toContain('post-approve');
    const asked = await pressed(discord, author, shown, 'post-propose');
    expect(asked.content).toMatch(/^\*\*To approve\*\* waits for approval/);
    await until(async () => (await inStaffChannel('To approve')).length === 1);
    const [proposal] = await inStaffChannel('To approve');
    if (proposal === undefined) throw new Error('staff are not asked');
    expect(proposal.content).toBe(`<@${author}> asks for approval of a post.`);
    expect(proposal.mentions).toEqual([]);

    // A moderator sees the channel.
    const moderator = await memberNamed(discord, 'Ivo Petrov');
    const press = await pressButton(discord, moderator, proposal, 'post-approve');
    expect(await saidBeside(discord, press)).toBe('That is for **Staff**.');
    const look = await chosen(discord, approver, proposal, 'post-look', ['discord']);
    expect(look.content).toBe('This is how it will look on **Discord**.');
    expect(look.id).not.toBe(proposal.id);

    const back = await pressed(discord, approver, proposal, 'post-send-back');
    expect(back.content).toMatch(`<@${approver}> has sent back **To approve**`);
    expect((await rowOf(shown))?.state).toBe('draft');
    const post = postOf(discord, shown);
    const changed = await editPost(
      discord,
      author,
      { post: post.postId },
      { [POST_TEXT_INPUT]: 'Better now.' },
    );
    await pressed(discord, author, changed, 'post-propose');
    const renewed = async () =>
      (await inStaffChannel('To approve')).find((message) =>
        buttonsOf(message).some((id) => id.startsWith('post-approve') && id.endsWith(':2')),
      );
    await until(async () => (await renewed()) !== undefined);
    const second = await renewed();
    if (second === undefined) throw new Error('staff are not asked again');
    expect((await pressed(discord, approver, second, 'post-approve')).content).toMatch(/is approved/);
    await until(async () => (await published('Better now.')).length === 1);
    expect(await published('Please approve this.')).toEqual([]);
  });

  test('nobody approves what they have not seen', async () => {
    const shown = await writePost(discord, author, {}, { [POST_TITLE_INPUT]: 'Seen' });
    const post = postOf(discord, shown);
    const status = await scene.ask(approver, command('status', post));
    await editPost(discord, author, { post: post.postId }, { [POST_TEXT_INPUT]: 'Something else.' });
    for (const name of ['post-approve', 'post-discard']) {
      const press = await pressButton(discord, approver, status, name);
      expect(await saidBeside(discord, press)).toMatch(/^The post was changed since you have seen it/);
    }
    const opened = await pressButton(discord, approver, status, 'post-edit:');
    await until(
      async () =>
        (await discord.control.getInteraction({ interactionId: opened })).outcome.state === 'answered',
    );
    expect((await rowOf(shown))?.state).toBe('draft');
    expect(await published('Something else.')).toEqual([]);
  });

  test('what an author changes has to be approved anew; what an approver changes stays approved', async () => {
    const shown = await writePost(discord, author, { time: '2027-06-03 19:00' });
    const { postId } = postOf(discord, shown);
    const forApprover = await scene.ask(approver, command('status', { postId }));
    await pressed(discord, approver, forApprover, 'post-approve');
    expect((await rowOf(shown))?.state).toBe('scheduled');
    await editPost(discord, approver, { post: postId }, { [POST_TEXT_INPUT]: 'By staff.' });
    expect(await rowOf(shown)).toMatchObject({ state: 'scheduled', text: 'By staff.' });
    const byAuthor = await editPost(discord, author, { post: postId, time: 'in 2 hours' }, {});
    expect(names(byAuthor)).toContain('post-propose');
    expect(await rowOf(shown)).toMatchObject({ state: 'draft', approvedBy: null });
    await pressed(discord, author, byAuthor, 'post-discard');
  });

  test('an author changes no post of another', async () => {
    const shown = await writePost(discord, approver);
    const { postId } = postOf(discord, shown);
    expect(await refusedForm(discord, author, 'edit', { post: postId })).toBe(
      'Only who has written it and **Staff** can do that.',
    );
    expect(await scene.told(author, command('cancel', { postId }))).toMatch(/^Only who has written it/);
    await pressed(discord, approver, shown, 'post-discard');
  });

  test('a role that was taken away counts at once', async () => {
    await setRole(member, 'Ambassador', true);
    await until(
      async () => !(await scene.told(member, { name: 'post', subcommand: 'list' })).startsWith('Posts are'),
    );
    const shown = await writePost(discord, member);
    await setRole(member, 'Ambassador', false);
    await until(async () =>
      (await scene.told(member, { name: 'post', subcommand: 'list' })).startsWith('Posts are'),
    );
    const press = await pressButton(discord, member, shown, 'post-propose');
    expect(await saidBeside(discord, press)).toMatch(/^Posts are written by/);
    expect((await rowOf(shown))?.state).toBe('draft');
  });
});

describe('two who edit', () => {
  test('do not overwrite each other unseen: the later one is told, and their words are kept', async () => {
    const shown = await writePost(discord, author);
    const { postId } = postOf(discord, shown);
    const opened = await runCommand(discord, approver, command('edit', { postId }));
    await formOf(discord, opened);
    await editPost(discord, author, { post: postId }, { [POST_TEXT_INPUT]: 'First.' });
    const late = await sendForm(discord, approver, opened, { ...POST_WORDS, [POST_TEXT_INPUT]: 'Second.' });
    expect(late.content).toMatch(/^Somebody else has changed \*\*TiXL 4\*\* meanwhile/);
    expect((await rowOf(shown))?.text).toBe('First.');
    const again = await pressButton(discord, approver, late, 'post-reopen');
    expect((await formOf(discord, again))[POST_TEXT_INPUT]).toBe('Second.');
    await sendForm(discord, approver, again, await formOf(discord, again));
    expect((await rowOf(shown))?.text).toBe('Second.');
  });
});

describe('what is offered and listed', () => {
  const offers = (who: MemberId, subcommand: string, focused: string, options: Options) =>
    offersFor(discord, who, { name: 'post', subcommand, focused, options });

  test('platforms, as lists', async () => {
    expect(await offers(author, 'create', 'platforms', { platforms: 'x, l' })).toEqual(['x, linkedin']);
  });

  test('posts: to approvers all, to authors their own', async () => {
    const [mine, theirs] = [
      await writePost(discord, author, {}, { [POST_TITLE_INPUT]: 'Offer one' }),
      await writePost(discord, approver, {}, { [POST_TITLE_INPUT]: 'Offer two' }),
    ].map((message) => postOf(discord, message).postId);
    expect(await offers(approver, 'edit', 'post', { post: 'offer' })).toEqual([theirs, mine]);
    expect(await offers(author, 'edit', 'post', { post: 'offer' })).toEqual([mine]);
    expect(await offers(author, 'status', 'post', { post: 'offer' })).toEqual([theirs, mine]);
    expect(await offers(approver, 'retry', 'post', { post: 'offer' })).toEqual([]);
    const list = await scene.told(author, { name: 'post', subcommand: 'list' });
    expect(list).toMatch(/\*\*Offer two\*\* · draft · by <@\d+>\nas soon as it is approved · ⏳ Discord/);
  });

  test.each(['status', 'edit', 'cancel', 'retry', 'skip'])(
    '/post %s of nothing says so',
    async (subcommand) => {
      const options = { post: 'Nothing', ...(['retry', 'skip'].includes(subcommand) && { platform: 'x' }) };
      expect(await scene.told(approver, { name: 'post', subcommand, options })).toMatch(
        /^There is no such post/,
      );
    },
  );
});
