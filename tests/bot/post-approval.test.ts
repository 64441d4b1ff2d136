import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { POST_TEXT_INPUT, POST_TITLE_INPUT } from '../../views/post-drafts.ts';
import type { BotScene } from '../support/bot-scene.ts';
import { memberNamed, offersFor, runCommand } from '../support/command.ts';
import { buttonsOf, formOf, pressButton, pressed, saidBeside, sendForm } from '../support/event-forms.ts';
import { chosen, editPost, POST_WORDS, postOf, refusedForm, writePost } from '../support/post-forms.ts';
import { aboutPost, namesOf, type PostScene, startPostScene } from '../support/post-scene.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let author: MemberId;
let approver: MemberId;
let member: MemberId;
let posts: PostScene;

beforeAll(async () => {
  posts = await startPostScene();
  ({ scene, discord, author, approver, member } = posts);
});
afterAll(() => scene.stop());

async function setRole(memberId: MemberId, name: string, has: boolean): Promise<void> {
  const { guild } = await discord.control.getState();
  const roleId = guild.roles.find((role) => role.name === name)?.id ?? '';
  await (has
    ? discord.control.giveRole({ memberId, roleId })
    : discord.control.takeRole({ memberId, roleId }));
}

describe('who writes and who approves', () => {
  test('is told by their roles: others can do nothing of it', async () => {
    const refused = 'Posts are written by **Ambassador** and **Staff**.';
    expect(await refusedForm(discord, member, 'create', {})).toBe(refused);
    expect(await scene.told(member, { name: 'post', subcommand: 'list' })).toBe(refused);
    const asked = { name: 'post', subcommand: 'edit', focused: 'post', options: { post: '' } };
    expect(await offersFor(discord, member, asked)).toEqual([]);
    const shown = await writePost(discord, await memberNamed(discord, 'Noor Haddad'));
    expect(namesOf(shown)).toContain('post-approve');
  });

  test('an author asks, staff see it in their channel, send it back, and approve it in the end', async () => {
    const words = { [POST_TITLE_INPUT]: 'To approve', [POST_TEXT_INPUT]: 'Please approve this.' };
    const shown = await writePost(discord, author, {}, words);
    expect(namesOf(shown)).toContain('post-propose');
    expect(namesOf(shown)).not.toContain('post-approve');
    const asked = await pressed(discord, author, shown, 'post-propose');
    expect(asked.content).toMatch(/^\*\*To approve\*\* waits for approval/);
    await until(async () => (await posts.inStaffChannel('To approve')).length === 1);
    const [proposal] = await posts.inStaffChannel('To approve');
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
    expect((await posts.rowOf(shown))?.state).toBe('draft');
    const post = postOf(discord, shown);
    const changed = await editPost(
      discord,
      author,
      { post: post.postId },
      { [POST_TEXT_INPUT]: 'Better now.' },
    );
    await pressed(discord, author, changed, 'post-propose');
    const renewed = async () =>
      (await posts.inStaffChannel('To approve')).find((message) =>
        buttonsOf(message).some((id) => id.startsWith('post-approve') && id.endsWith(':2')),
      );
    await until(async () => (await renewed()) !== undefined);
    const second = await renewed();
    if (second === undefined) throw new Error('staff are not asked again');
    expect((await pressed(discord, approver, second, 'post-approve')).content).toMatch(/is approved/);
    await until(async () => (await posts.published('Better now.')).length === 1);
    expect(await posts.published('Please approve this.')).toEqual([]);
  });

  test('nobody approves what they have not seen', async () => {
    const shown = await writePost(discord, author, {}, { [POST_TITLE_INPUT]: 'Seen' });
    const post = postOf(discord, shown);
    const status = await scene.ask(approver, aboutPost('status', post));
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
    expect((await posts.rowOf(shown))?.state).toBe('draft');
    expect(await posts.published('Something else.')).toEqual([]);
  });

  test('what an author changes has to be approved anew; what an approver changes stays approved', async () => {
    const shown = await writePost(discord, author, { time: '2027-06-03 19:00' });
    const { postId } = postOf(discord, shown);
    const forApprover = await scene.ask(approver, aboutPost('status', { postId }));
    await pressed(discord, approver, forApprover, 'post-approve');
    expect((await posts.rowOf(shown))?.state).toBe('scheduled');
    await editPost(discord, approver, { post: postId }, { [POST_TEXT_INPUT]: 'By staff.' });
    expect(await posts.rowOf(shown)).toMatchObject({ state: 'scheduled', text: 'By staff.' });
    const byAuthor = await editPost(discord, author, { post: postId, time: 'in 2 hours' }, {});
    expect(namesOf(byAuthor)).toContain('post-propose');
    expect(await posts.rowOf(shown)).toMatchObject({ state: 'draft', approvedBy: null });
    await pressed(discord, author, byAuthor, 'post-discard');
  });

  test('an author changes no post of another', async () => {
    const shown = await writePost(discord, approver);
    const { postId } = postOf(discord, shown);
    expect(await refusedForm(discord, author, 'edit', { post: postId })).toBe(
      'Only who has written it and **Staff** can do that.',
    );
    expect(await scene.told(author, aboutPost('cancel', { postId }))).toMatch(/^Only who has written it/);
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
    expect((await posts.rowOf(shown))?.state).toBe('draft');
  });
});

describe('two who edit', () => {
  test('do not overwrite each other unseen: the later one is told, and their words are kept', async () => {
    const shown = await writePost(discord, author);
    const { postId } = postOf(discord, shown);
    const opened = await runCommand(discord, approver, aboutPost('edit', { postId }));
    await formOf(discord, opened);
    await editPost(discord, author, { post: postId }, { [POST_TEXT_INPUT]: 'First.' });
    const late = await sendForm(discord, approver, opened, { ...POST_WORDS, [POST_TEXT_INPUT]: 'Second.' });
    expect(late.content).toMatch(/^Somebody else has changed \*\*TiXL 4\*\* meanwhile/);
    expect((await posts.rowOf(shown))?.text).toBe('First.');
    const again = await pressButton(discord, approver, late, 'post-reopen');
    expect((await formOf(discord, again))[POST_TEXT_INPUT]).toBe('Second.');
    await sendForm(discord, approver, again, await formOf(discord, again));
    expect((await posts.rowOf(shown))?.text).toBe('Second.');
  });
});
