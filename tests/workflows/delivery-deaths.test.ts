import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccounts } from '../../activities/platforms/accounts.ts';
import { connectLinkedin } from '../../activities/platforms/linkedin.ts';
import { orderOf } from '../../activities/platforms/order.ts';
import type { NewPost } from '../../database/posts.ts';
import { type AdaptedPost, adaptPost, contentFor } from '../../domain/adaptation.ts';
import type { PublishingAccount } from '../../domain/platforms.ts';
import { platformAddresses } from '../../runtime/platform-addresses.ts';
import { createSealer } from '../../runtime/sealing.ts';
import { DAY_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { publisherTools } from '../support/publish-order.ts';
import { until } from '../support/wait.ts';

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterAll(() => posts.stop());

/** What a process leaves behind that dies after it has written down that it is about to send a post, in this account's name. */
async function dieAfterIntent(post: NewPost, account: PublishingAccount | null = null): Promise<AdaptedPost> {
  const { config, database } = posts.community;
  const content = contentFor(await posts.rowOf(post), await posts.deliveryOf(post, 'linkedin'), undefined);
  const sent = adaptPost('linkedin', content, config.distribution);
  await database.em.fork().execute(
    `insert into post_attempts
       (guild_id, post_id, platform, attempt, revision, account_id, account_name, intended_at, sent)
     values (?, ?, 'linkedin', 1, 1, ?, ?, ?, ?::jsonb)`,
    [
      ...[post.guildId, post.postId, account?.id ?? null, account?.name ?? null],
      ...[new Date(), JSON.stringify(sent)],
    ],
  );
  await database.em
    .fork()
    .execute(
      `update post_deliveries set first_tried_at = ?, attempt = 1 where post_id = ? and platform = ?`,
      [new Date(), post.postId, 'linkedin'],
    );
  return sent;
}

/** The same of one that dies after the platform has taken the post, before it has written that down. */
async function dieAfterRequest(post: NewPost, account: PublishingAccount | null = null): Promise<void> {
  const sent = await dieAfterIntent(post, account);
  const { environment, config, database, logger } = posts.community;
  const sealer = createSealer(environment.TOKENS_KEY ?? '');
  const guildId = environment.DISCORD_GUILD_ID;
  const accounts = createAccounts({ guildId, database, sealer, settings: environment, now: Date.now });
  const use = await accounts.use('linkedin');
  const settings = config.distribution.platforms.linkedin;
  if (use.kind !== 'usable' || settings === undefined) throw new Error('LinkedIn is not connected');
  const publisher = connectLinkedin(platformAddresses(environment).linkedin, settings)(use.access);
  const delivery = { guildId, postId: post.postId, platform: 'linkedin' } as const;
  const context = {
    ...({ platform: 'linkedin', config, database, logger, sealer, now: Date.now } as const),
    connect: () => Promise.reject(new Error('it is dead')),
  };
  await publisher.publish(await orderOf(context, delivery, sent), publisherTools());
}

const scheduled = async () => posts.publish({ publishAt: (await posts.now()) + DAY_MS });

describe('a post whose worker dies', () => {
  test('after the intent, and before it is sent, is published once, by another attempt', async () => {
    const post = await scheduled();
    await dieAfterIntent(post);
    await posts.pass(DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 2 });
  });

  test('after it is published, and before that is written down, is found, and not published again', async () => {
    const post = await scheduled();
    await dieAfterRequest(post);
    await posts.pass(DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 1 });
  });

  test('and that is edited before anybody has looked, is found by the words that were sent', async () => {
    const post = await scheduled();
    await dieAfterRequest(post);
    await posts.change(post, 'Other words altogether.');
    await posts.pass(DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 1, publishedRevision: 2 });
    const other = { ...post, text: 'Other words altogether.' };
    expect(await posts.textsOn('linkedin', post)).toEqual([]);
    expect(await posts.textsOn('linkedin', other)).toHaveLength(1);
  });
});

describe('an account that is exchanged for another while nobody knows what became of a post', () => {
  const former = { id: 'urn:li:organization:1', name: 'The former page' };

  /** Somebody connects this account. Gives the one that was there. */
  async function connect({ id, name }: PublishingAccount): Promise<PublishingAccount> {
    const em = posts.community.database.em.fork();
    const [account]: PublishingAccount[] = await em.execute(
      `select account_id as id, account_name as name from platform_accounts where platform = 'linkedin'`,
    );
    if (account === undefined) throw new Error('no account is connected');
    await em.execute(
      `update platform_accounts set account_id = ?, account_name = ? where platform = 'linkedin'`,
      [id, name],
    );
    return account;
  }

  const failureOf = async (post: NewPost) => JSON.stringify(await posts.staffMessages(post));

  test('does not find it, so that a person decides, who is told by which account it was sent', async () => {
    const post = await scheduled();
    await dieAfterIntent(post, former);
    await posts.pass(DAY_MS);
    await posts.passUntilIt('failed', post, 'linkedin');
    expect(await posts.textsOn('linkedin', post)).toEqual([]);
    await until(async () => (await failureOf(post)).includes('it was sent by The former page'));
    await posts.decide(post, 'linkedin', 'retry');
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 2 });
  });

  test('and back again finds it', async () => {
    const post = await scheduled();
    const account = await connect(former);
    await connect(account);
    await dieAfterRequest(post, account);
    await connect(former);
    await posts.pass(DAY_MS);
    await posts.passUntilIt('failed', post, 'linkedin');
    await until(async () => (await failureOf(post)).includes(`it was sent by ${account.name}`));
    await connect(account);
    await posts.decide(post, 'linkedin', 'retry');
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 1 });
  });
});
