import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { discardPostDraft, findPostDraft } from '../../database/post-drafts.ts';
import { type MemberId, toGuildId, toInteractionId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import {
  POST_HASHTAGS_INPUT,
  POST_TEXT_INPUT,
  POST_TIME_INPUT,
  POST_TITLE_INPUT,
} from '../../views/post-drafts.ts';
import type { BotScene } from '../support/bot-scene.ts';
import { offersFor, runCommand } from '../support/command.ts';
import { formOf, type Options, pressButton, pressed, sendForm } from '../support/event-forms.ts';
import { chooseFrom, chosen, POST_WORDS, postOf, refusedForm, writePost } from '../support/post-forms.ts';
import { aboutPost, overview, type PostScene, startPostScene } from '../support/post-scene.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let author: MemberId;
let approver: MemberId;
let posts: PostScene;

beforeAll(async () => {
  posts = await startPostScene();
  ({ scene, discord, author, approver } = posts);
});
afterAll(() => scene.stop());

const field = ({ embeds }: APIMessage, name: string) =>
  embeds[0]?.fields?.find((one) => one.name === name)?.value;

describe('/post create', () => {
  test('asks for the words, shows how it will be, and publishes what is approved: once', async () => {
    const words = { [POST_TITLE_INPUT]: 'Once', [POST_TEXT_INPUT]: 'Published *once*, @everyone.' };
    const shown = await writePost(discord, approver, { link: 'https://tixl.app/4' }, words);
    expect((shown.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(shown.content).toBe('This is how it will be. Nobody else sees it yet.');
    expect(overview(shown)).toMatch(/^\*\*Discord\*\* · \d+ of 2000 characters, \d+ left · #TiXL$/);
    expect(field(shown, 'Goes out')).toBe('as soon as it is approved');
    expect(await posts.published('Published')).toEqual([]);

    const twice = await Promise.all([
      pressButton(discord, approver, shown, 'post-approve'),
      pressButton(discord, approver, shown, 'post-approve'),
    ]);
    expect(twice).toHaveLength(2);
    await until(async () => (await posts.rowOf(shown))?.state === 'settled');
    expect(await posts.published('Published *once*')).toHaveLength(1);
    expect((await posts.rowOf(shown))?.approvedBy).toBe(approver);
    const [message] = await posts.published('Published *once*');
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
    expect((await posts.rowOf(shown))?.deliveries.map(({ platform }) => platform)).toEqual(['discord']);
    const approved = await pressed(discord, approver, fewer, 'post-approve');
    expect(approved.content).toBe(`**TiXL 4** is approved, and goes out <t:${at}:F> (<t:${at}:R>).`);
    const discarded = await scene.ask(approver, aboutPost('cancel', postOf(discord, shown)));
    expect(discarded.content).toMatch(/^Call off \*\*TiXL 4\*\*\?/);
    expect((await pressed(discord, approver, discarded, 'post-discard')).content).toMatch(/is called off/);
    expect((await posts.rowOf(shown))?.state).toBe('cancelled');
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
    expect(xPart).toMatch(/^\*\*X\*\* · 13 of 280/);
    // The words for all again: they are no words of its own any more.
    const again = await chooseFrom(discord, approver, changed, 'post-edit-for', ['x']);
    const common = { ...POST_WORDS, [POST_TEXT_INPUT]: 'y'.repeat(300) };
    await sendForm(discord, approver, again, common);
    expect((await posts.rowOf(shown))?.deliveries.map(({ words }) => words)).toEqual([null, null]);
  });

  test('can be discarded', async () => {
    const shown = await writePost(discord, author);
    const discarded = await pressed(discord, author, shown, 'post-discard');
    expect(discarded.content).toBe('**TiXL 4** is called off. It is published nowhere.');
    expect((await posts.rowOf(shown))?.state).toBe('cancelled');
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
    await until(async () => (await findPostDraft(posts.database(), draft)) !== undefined);
    await discardPostDraft(posts.database(), draft);
    const answer = await sendForm(discord, author, interactionId, POST_WORDS);
    expect(answer.content).toMatch(/use the command again.*\n\nTiXL 4\n\nIt is out\.\n\n#TiXL$/s);
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
