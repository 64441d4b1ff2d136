import { type IncomingMessage, request as requestHttp } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { createAccounts } from '../../../activities/platforms/accounts.ts';
import { connectByAccount } from '../../../activities/platforms/connection.ts';
import { connectLinkedin } from '../../../activities/platforms/linkedin.ts';
import { createPlatformActivities } from '../../../activities/platforms/publish.ts';
import type { CommunityConfig } from '../../../config/schema.ts';
import { findDelivery } from '../../../database/deliveries.ts';
import { takeEditTurn } from '../../../database/post-edits.ts';
import { findPost } from '../../../database/posts.ts';
import type { DeliveryEdit } from '../../../domain/post-deliveries.ts';
import { linkCodeOf } from '../../../domain/post-links.ts';
import type { DeliveryRef } from '../../../domain/posts.ts';
import { platformAddresses } from '../../../runtime/platform-addresses.ts';
import { ORGANIZATION } from '../../../sandbox/social/linkedin/people.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { loadConfigWith } from '../../support/config.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { newGuildId } from '../../support/ids.ts';
import { connectTestAccount, sealer, settingsFor } from '../../support/platform-accounts.ts';
import { addDraft } from '../../support/posts.ts';
import { until } from '../../support/wait.ts';
import { startWebServer, type WebServer } from '../../support/web-server.ts';

const guildId = newGuildId();
const MINUTE_MS = 60_000;
const LINK = 'https://tixl.app/news';

let database: TestDatabase;
let platforms: LocalPlatforms;
/** Between us and LinkedIn: holds back changes of posts until it is told to let them go on. */
let network: WebServer;
let isHolding = false;
let held: (() => void)[] = [];
let ahead = 0;
let config: CommunityConfig;

const now = () => Date.now() + ahead;
const em = () => database.orm.em.fork();

beforeAll(async () => {
  database = await freshDatabase();
  platforms = await startLocalPlatforms({ keepsLimits: false, now });
  network = await startWebServer((request, response) => {
    const goOn = () => {
      const { method, headers } = request;
      const onward = requestHttp(`${platforms.url}${request.url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    };
    if (isHolding && isChange(request)) held.push(goOn);
    else goOn();
  });
  config = await loadConfigWith('{}');
  await connectTestAccount(em(), guildId, 'linkedin', platforms, now());
  await em().execute('update platform_accounts set account_id = ?', [
    `urn:li:organization:${ORGANIZATION.id}`,
  ]);
});
afterAll(async () => {
  await Promise.all([network.close(), platforms.stop(), database.close()]);
});
beforeEach(() => {
  held = [];
});
afterEach(() => letGo());

const isChange = ({ headers }: IncomingMessage) =>
  String(headers['x-restli-method']).toUpperCase() === 'PARTIAL_UPDATE';

function letGo(): void {
  isHolding = false;
  for (const goOn of held.splice(0)) goOn();
}

/** What a worker with this configuration carries out on LinkedIn. */
function activities(by = config) {
  const settings = by.distribution.platforms.linkedin;
  if (settings === undefined) throw new Error('LinkedIn is not configured');
  const environment = { ...settingsFor(platforms), PLATFORMS_URL: network.origin };
  const accounts = createAccounts({ guildId, database: database.orm, sealer, settings: environment, now });
  const publisher = connectLinkedin(platformAddresses(environment).linkedin, settings);
  return createPlatformActivities({
    ...{ platform: 'linkedin', database: database.orm, config: by, sealer, now },
    ...{ connect: connectByAccount('linkedin', accounts, publisher), logger: pino({ level: 'silent' }) },
  });
}

/** A post that stands on LinkedIn. */
async function published(by = config): Promise<DeliveryRef> {
  const post = await addDraft(database, guildId, { platforms: ['linkedin'], text: newText(), link: LINK });
  await em().execute(`update posts set state = 'publishing' where id = ?`, [post.postId]);
  const delivery = { ...post, platform: 'linkedin' } as const;
  const { publishPost } = activities(by);
  const outcome = await new MockActivityEnvironment().run(publishPost, delivery, 1, now());
  expect(outcome).toMatchObject({ kind: 'published' });
  return delivery;
}

let texts = 0;
function newText(): string {
  texts += 1;
  return `Text number ${texts}.`;
}

/** Somebody writes it anew. */
async function change({ postId }: DeliveryRef, text: string): Promise<string> {
  await em().execute(`update posts set text = ?, revision = revision + 1 where id = ?`, [text, postId]);
  return text;
}

const edit = (delivery: DeliveryRef, by = config): Promise<DeliveryEdit> =>
  new MockActivityEnvironment().run(activities(by).editPost, delivery);

/** What stands on LinkedIn, and how often it was changed. */
async function standing(delivery: DeliveryRef): Promise<{ readonly text: string; readonly edits: number }> {
  const found = await findDelivery(em(), delivery);
  const { posts } = await platforms.control.getPosts({ platform: 'linkedin' });
  const post = posts.find(({ id }) => id === found?.publishedId);
  if (post === undefined) throw new Error('it is not on LinkedIn');
  return post;
}

const textOf = async (delivery: DeliveryRef) => (await standing(delivery)).text;

describe('two changes of a published post', () => {
  test('at the same time: what stands in the end is the latest, though the first arrives last', async () => {
    const delivery = await published();
    isHolding = true;
    await change(delivery, newText());
    const first = edit(delivery);
    await until(async () => held.length === 1);
    const latest = await change(delivery, newText());
    expect(await edit(delivery)).toMatchObject({ kind: 'unavailable' });
    letGo();
    expect(await first).toEqual({ kind: 'edited' });
    expect(await textOf(delivery)).toContain(latest);
    expect(await findDelivery(em(), delivery)).toMatchObject({ publishedRevision: 3 });
    expect(await edit(delivery)).toEqual({ kind: 'up to date' });
  });

  test('one of which no answer came: the next one waits for a moment, and is made then', async () => {
    const delivery = await published();
    await platforms.control.setFaults({
      rules: [{ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'drop', when: 'after' } }],
    });
    await change(delivery, newText());
    expect(await edit(delivery)).toMatchObject({ kind: 'unavailable' });
    const latest = await change(delivery, newText());
    expect(await edit(delivery)).toMatchObject({ kind: 'unavailable' });
    ahead += 10_000;
    expect(await edit(delivery)).toEqual({ kind: 'edited' });
    expect(await textOf(delivery)).toContain(latest);
  });
});

describe('a process that dies while it changes a post', () => {
  test('keeps others from it for some minutes; then what it may have changed is changed once more', async () => {
    const delivery = await published();
    const original = await textOf(delivery);
    const words = (await findPost(em(), delivery))?.text ?? '';
    await change(delivery, newText());
    await edit(delivery);
    expect(await textOf(delivery)).not.toBe(original);
    // As it was before that: sent, and never written down.
    await em().execute('update post_deliveries set published_revision = 1 where post_id = ?', [
      delivery.postId,
    ]);
    await takeEditTurn(database.orm.em, delivery, now());

    await change(delivery, words);
    expect(await edit(delivery)).toMatchObject({ kind: 'unavailable' });
    expect(await textOf(delivery)).not.toBe(original);
    ahead += 3 * MINUTE_MS;
    expect(await edit(delivery)).toEqual({ kind: 'edited' });
    expect(await textOf(delivery)).toBe(original);
  });
});

describe('the setting for links', () => {
  const withLinks = () =>
    loadConfigWith('engagement: { links: { address: https://go.tixl.app, platforms: [linkedin] } }');

  test.each<['taken away' | 'made', boolean]>([
    ['taken away', true],
    ['made', false],
  ])('that is %s changes nothing that stands', async (_, hadLinks) => {
    const [former, latter] = hadLinks ? [await withLinks(), config] : [config, await withLinks()];
    const delivery = await published(former);
    const link = hadLinks ? `https://go.tixl.app/${linkCodeOf(delivery)}` : LINK;
    expect(await textOf(delivery)).toContain(link);

    // Words for another platform.
    await em().execute('update posts set revision = revision + 1 where id = ?', [delivery.postId]);
    expect(await edit(delivery, latter)).toEqual({ kind: 'up to date' });
    expect(await standing(delivery)).toMatchObject({ edits: 0 });

    const text = await change(delivery, newText());
    expect(await edit(delivery, latter)).toEqual({ kind: 'edited' });
    expect(await textOf(delivery)).toContain(text);
    expect(await textOf(delivery)).toContain(link);
  });
});
