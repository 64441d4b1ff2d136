import { listAccounts } from '../../../database/platform-accounts.ts';
import { cancelPost } from '../../../workflows/definitions/distribution.ts';
import { postEditId } from '../../../workflows/definitions/post-edit.ts';
import { APPROVER, DAY_MS, HOUR_MS, type TestDistribution } from '../../support/distribution.ts';
import { until } from '../../support/wait.ts';
import type { Recordings } from './recording.ts';

/** Fails once on LinkedIn, for a person to decide on. */
const REJECTED = { platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } } as const;

async function rejected(posts: TestDistribution) {
  await posts.fails(REJECTED);
  const post = await posts.publish();
  await posts.passUntilIt('failed', post, 'linkedin');
  return post;
}

export const distributionRecordings: Recordings = {
  'post-published': async (_community, _github, posts) => {
    const post = await posts.publish({ publishAt: (await posts.now()) + DAY_MS });
    await posts.pass(DAY_MS);
    await posts.resultOf(post);
    return posts.handleOf(post).workflowId;
  },
  'post-called-off': async (_community, _github, posts) => {
    const post = await posts.publish({ publishAt: (await posts.now()) + DAY_MS });
    await posts.handleOf(post).executeUpdate(cancelPost, { args: [{ by: APPROVER }] });
    await posts.resultOf(post);
    return posts.handleOf(post).workflowId;
  },
  'delivery-repaired': async (_community, _github, posts) => {
    const post = await rejected(posts);
    await posts.decide(post, 'linkedin', 'retry');
    await posts.resultOf(post);
    return posts.childOf(post, 'linkedin').workflowId;
  },
  'delivery-abandoned': async (_community, _github, posts) => {
    const post = await rejected(posts);
    await posts.pass(30 * DAY_MS + HOUR_MS);
    await posts.resultOf(post);
    return posts.childOf(post, 'linkedin').workflowId;
  },
  'delivery-settled': async (_community, _github, posts) => {
    await posts.fails({ ...REJECTED, fault: { kind: 'drop', when: 'after' } });
    const post = await posts.publish();
    await posts.resultOf(post);
    return posts.childOf(post, 'linkedin').workflowId;
  },
  'delivery-limited': async (_community, _github, posts) => {
    await posts.fails({ ...REJECTED, fault: { kind: 'rate limit', resetAfterMs: HOUR_MS } });
    const post = await posts.publish();
    await posts.passUntilIt('held', post, 'linkedin');
    await posts.pass(HOUR_MS);
    await posts.resultOf(post);
    return posts.childOf(post, 'linkedin').workflowId;
  },
  'delivery-without-account': async (_community, _github, posts) => {
    const post = await withoutAccount(posts);
    await posts.connect();
    await posts.resultOf(post);
    return posts.childOf(post, 'linkedin').workflowId;
  },
  'account-notice': async ({ database, environment, client }, _github, posts) => {
    const accounts = () => listAccounts(database.em.fork(), environment.DISCORD_GUILD_ID);
    await withoutAccount(posts);
    const version = (await accounts()).find(({ platform }) => platform === 'linkedin')?.version;
    const id = `account/${environment.DISCORD_GUILD_ID}/linkedin/expired/${version}`;
    await until(() =>
      client.workflow
        .getHandle(id)
        .result()
        .then(
          () => true,
          () => false,
        ),
    );
    return id;
  },
  'post-edit': async ({ client }, _github, posts) => {
    const post = await posts.publish();
    await posts.resultOf(post);
    await posts.change(post, 'Other words.');
    const id = postEditId({ ...post, revision: 2 });
    await until(() =>
      client.workflow
        .getHandle(id)
        .result()
        .then(
          () => true,
          () => false,
        ),
    );
    return id;
  },
};

async function withoutAccount(posts: TestDistribution) {
  await posts.platforms.control.revoke({ platform: 'linkedin' });
  const post = await posts.publish();
  await posts.passUntilIt('account', post, 'linkedin');
  return post;
}
