import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { findListedPost } from '../../database/post-lists.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { PostRef } from '../../domain/posts.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { connectLocalAccounts } from '../../scripts/stack/platform-accounts.ts';
import { POST_TEXT_INPUT, POST_TITLE_INPUT } from '../../views/post-drafts.ts';
import { letDoWell } from '../support/amplification.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { memberNamed } from '../support/command.ts';
import { pressed } from '../support/event-forms.ts';
import { messagesIn } from '../support/on-discord.ts';
import { environmentOfPlatforms } from '../support/platform-accounts.ts';
import { editPost, postOf, refusedForm, writePost } from '../support/post-forms.ts';
import { aboutPost } from '../support/post-scene.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let platforms: LocalPlatforms;
let approver: MemberId;

beforeAll(async () => {
  platforms = await startLocalPlatforms({ keepsLimits: false });
  const variables = environmentOfPlatforms(platforms);
  scene = await startBotScene({ variables });
  approver = scene.staff;
  const { DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL } = scene.worker.environment;
  const { problems } = await connectLocalAccounts(
    { usesLocalGithub: false, usesLocalPlatforms: true },
    { ...variables, DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL },
  );
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await scene.stop();
  await platforms.stop();
});

const postIn = (post: PostRef) => findListedPost(scene.worker.database.em.fork(), post);
const textsOn = async (platform: 'x' | 'linkedin') =>
  (await platforms.control.getPosts({ platform })).posts.map(({ text }) => text);

/** Publishes a post on Discord, and lets it do well there. Gives the proposal of its follow-up, as staff see it. */
async function proposedFollowUp(title: string): Promise<APIMessage> {
  const words = { [POST_TITLE_INPUT]: title, [POST_TEXT_INPUT]: 'It is out.' };
  const shown = await writePost(scene.discord, approver, { platforms: 'discord' }, words);
  const post = postOf(scene.discord, shown);
  await pressed(scene.discord, approver, shown, 'post-approve');
  await until(async () => (await postIn(post))?.deliveries[0]?.state === 'published');
  await letDoWell(scene.worker, post, 'discord', Date.now());
  const proposals = async () =>
    (await messagesIn(scene, 'staff')).filter(
      ({ content, embeds }) => content === 'A post waits for approval.' && embeds[0]?.title === title,
    );
  await until(async () => (await proposals()).length === 1);
  const [proposal] = await proposals();
  if (proposal === undefined) throw new Error('no follow-up is proposed');
  return proposal;
}

describe('a follow-up, which nobody has written', () => {
  test('is published when staff press Approve', async () => {
    const proposal = await proposedFollowUp('Well done');
    expect(await textsOn('x')).toEqual([]);
    const answer = await pressed(scene.discord, approver, proposal, 'post-approve');
    expect(answer.content).toMatch(/is approved/);
    const text = 'Well done is doing well on Discord. Have you seen it?';
    for (const platform of ['x', 'linkedin'] as const)
      await until(async () => (await textsOn(platform)).filter((one) => one.includes(text)).length === 1);
    const list = await scene.told(approver, { name: 'post', subcommand: 'list' });
    expect(list).toContain('**Well done**');
  });

  test('can be sent back, and changed by those who approve, but by no author', async () => {
    const proposal = await proposedFollowUp('Well written');
    const post = postOf(scene.discord, proposal);
    const back = await pressed(scene.discord, approver, proposal, 'post-send-back');
    expect(back.content).toContain('Whoever approves posts can change it');
    const author = await memberNamed(scene.discord, 'Kofi Mensah');
    expect(await refusedForm(scene.discord, author, 'edit', { post: post.postId })).toBe(
      'Only who has written it and **Staff** can do that.',
    );
    const changed = await editPost(
      scene.discord,
      approver,
      { post: post.postId, platforms: 'x' },
      { [POST_TEXT_INPUT]: 'In other words.' },
    );
    await pressed(scene.discord, approver, changed, 'post-approve');
    await until(async () => (await textsOn('x')).some((one) => one.includes('In other words.')));
    expect(await scene.told(approver, aboutPost('status', post))).toContain('published');
  });
});
