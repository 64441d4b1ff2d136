import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { findListedPost } from '../../database/post-lists.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { DeliveryState, PostRef } from '../../domain/posts.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { connectLocalAccounts } from '../../scripts/stack/platform-accounts.ts';
import { POST_TEXT_INPUT, POST_TITLE_INPUT } from '../../views/post-drafts.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { offersFor } from '../support/command.ts';
import { buttonsOf, pressButton, pressed, sendForm } from '../support/event-forms.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { messagesIn } from '../support/on-discord.ts';
import { environmentOfPlatforms } from '../support/platform-accounts.ts';
import { editPost, POST_WORDS, postOf, refusedForm, writePost } from '../support/post-forms.ts';
import { aboutPost } from '../support/post-scene.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let platforms: LocalPlatforms;
let github: LocalGithub;
let approver: MemberId;

beforeAll(async () => {
  github = await startTestGithub();
  await github.control.setLimits({ kept: false });
  platforms = await startLocalPlatforms({ keepsLimits: false });
  const variables = { ...environmentFor(github), ...environmentOfPlatforms(platforms) };
  scene = await startBotScene({ variables });
  approver = scene.staff;
  const { DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL } = scene.worker.environment;
  const { problems } = await connectLocalAccounts(
    { usesLocalGithub: true, usesLocalPlatforms: true },
    { ...variables, DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL },
  );
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await scene.stop();
  await Promise.all([platforms.stop(), github.stop()]);
});

const postIn = (post: PostRef) => findListedPost(scene.worker.database.em.fork(), post);
const textsOn = async (platform: 'x' | 'linkedin') =>
  (await platforms.control.getPosts({ platform })).posts.map(({ text }) => text);
const refuses = (platform: 'x' | 'linkedin', times: number) =>
  platforms.control.setFaults({ rules: [{ platform, on: 'publish', times, fault: { kind: 'duplicate' } }] });

async function stands(post: PostRef, platform: Platform, state: DeliveryState): Promise<void> {
  await until(async () => {
    const found = await postIn(post);
    return found?.deliveries.some((one) => one.platform === platform && one.state === state) === true;
  });
}

/** Writes a post and approves it. */
async function publish(title: string, text: string, on: string): Promise<PostRef> {
  const words = { [POST_TITLE_INPUT]: title, [POST_TEXT_INPUT]: text };
  const shown = await writePost(scene.discord, approver, { platforms: on }, words);
  const post = postOf(scene.discord, shown);
  await pressed(scene.discord, approver, shown, 'post-approve');
  return post;
}

/** What staff are shown of a failure that is open. */
async function failureOf(title: string): Promise<APIMessage> {
  const find = async () =>
    (await messagesIn(scene, 'staff')).find(
      (message) =>
        JSON.stringify(message).includes(title) &&
        buttonsOf(message).some((id) => id.startsWith('post-retry')),
    );
  await until(async () => (await find()) !== undefined);
  const found = await find();
  if (found === undefined) throw new Error(`staff are not told of ${title}`);
  return found;
}

test('without platforms a post goes to all that are connected; YouTube says what it lacks', async () => {
  const shown = await writePost(scene.discord, approver);
  const overview = shown.embeds[0]?.description ?? '';
  expect(overview.match(/^\*\*\w+\*\*/gm)).toEqual([
    ...['**Discord**', '**X**', '**LinkedIn**', '**YouTube**', '**GitHub**'],
  ]);
  expect(overview).toMatch(/\*\*YouTube\*\*.*\n⛔ It needs a medium: video\./);
  expect(overview).toMatch(/\*\*X\*\* .* · \$0\.015/);
});

describe('what failed on one platform', () => {
  test('goes on on the others, and is shown by status with what can be done', async () => {
    await refuses('x', 1);
    const post = await publish('Refused once', 'Refused at first.', 'x, linkedin');
    await stands(post, 'x', 'failed');
    await stands(post, 'linkedin', 'published');
    const status = await scene.ask(approver, aboutPost('status', post));
    expect(textOf(status)).toMatch(/✅ \*\*LinkedIn\*\* · published .*see it/);
    expect(textOf(status)).toMatch(/❌ \*\*X\*\* · failed: .*\n.+/);
    expect(buttonsOf(status).map((id) => id.split(':')[0])).toEqual([
      ...['post-retry', 'post-edit-retry', 'post-skip'],
    ]);

    const asked = { name: 'post', subcommand: 'retry', focused: 'platform' };
    const options = { post: post.postId, platform: '' };
    expect(await offersFor(scene.discord, approver, { ...asked, options })).toEqual(['x']);
    expect(await scene.told(approver, aboutPost('retry', post, { platform: 'linkedin' }))).toMatch(
      /does not wait for a decision on LinkedIn/,
    );
    expect(await scene.told(approver, aboutPost('retry', post, { platform: 'x' }))).toMatch(
      /on X is tried again/,
    );
    await stands(post, 'x', 'published');
    expect((await textsOn('x')).filter((text) => text.includes('Refused at first.'))).toHaveLength(1);
    expect((await textsOn('linkedin')).filter((text) => text.includes('Refused at first.'))).toHaveLength(1);
    const pressedLate = await pressButton(scene.discord, approver, status, 'post-retry');
    await until(async () => {
      const { outcome } = await scene.discord.control.getInteraction({ interactionId: pressedLate });
      return outcome.state === 'answered' && /does not wait/.test(outcome.message.message.content);
    });
  });

  test('is tried again with other words, for that platform alone, from the message in the staff channel', async () => {
    await refuses('x', 1);
    const post = await publish('Edit it', 'Not like this.', 'x, linkedin');
    await stands(post, 'x', 'failed');
    await stands(post, 'linkedin', 'published');
    const failure = await failureOf('Edit it');
    const opened = await pressButton(scene.discord, approver, failure, 'post-edit-retry');
    const answer = await sendForm(scene.discord, approver, opened, {
      ...POST_WORDS,
      [POST_TEXT_INPUT]: 'Like that.',
    });
    expect(answer.content).toMatch(/^\*\*Edit it\*\* on X is tried again/);
    expect(answer.id).not.toBe(failure.id);
    await stands(post, 'x', 'published');
    expect((await textsOn('x')).filter((text) => text.includes('Like that.'))).toHaveLength(1);
    expect((await textsOn('linkedin')).some((text) => text.includes('Like that.'))).toBe(false);
    expect(await postIn(post)).toMatchObject({ text: 'Not like this.' });
  });

  test('is left out', async () => {
    await refuses('x', 1);
    const post = await publish('Leave it', 'Never on X.', 'x');
    await stands(post, 'x', 'failed');
    expect(await scene.told(approver, aboutPost('skip', post, { platform: 'x' }))).toBe(
      '**Leave it** on X is left out.',
    );
    await until(async () => (await postIn(post))?.state === 'settled');
    expect((await textsOn('x')).filter((text) => text.includes('Never on X.'))).toEqual([]);
  });
});

describe('what is published', () => {
  test('is changed where that can be; on X it stays', async () => {
    const post = await publish('To mend', 'With a tpyo.', 'x, linkedin');
    await stands(post, 'x', 'published');
    await stands(post, 'linkedin', 'published');
    const refused = await refusedForm(scene.discord, approver, 'edit', {
      ...{ post: post.postId, link: 'https://tixl.app/4' },
    });
    expect(refused).toMatch(/its words alone can still be changed/);
    const changes = { [POST_TEXT_INPUT]: 'With a typo.' };
    const answer = await editPost(scene.discord, approver, { post: post.postId }, changes);
    expect(answer.content).toBe(
      '**To mend** is changed. On LinkedIn it is changed too. On X it stays as it is: nothing that is published can be changed there.',
    );
    await until(async () => (await textsOn('linkedin')).some((text) => text.includes('With a typo.')));
    const onX = (await textsOn('x')).filter((text) => text.includes('With a'));
    expect(onX.map((text) => text.slice(0, 12))).toEqual(['With a tpyo.']);
    expect(await scene.told(approver, aboutPost('cancel', post))).toMatch(/cannot be called off any more/);
  });
});
