import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { award } from '../../database/points.ts';
import {
  completeTutorial,
  listTutorials,
  takeBackCompletion,
  takeDueCount,
  tutorialStatistics,
} from '../../database/tutorial-completions.ts';
import {
  decideTutorial,
  expireTutorial,
  findTutorial,
  listedTutorials,
  removeTutorial,
  submitTutorial,
  waitingTutorials,
} from '../../database/tutorials.ts';
import { type GuildId, type MemberId, toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import { TUTORIALS_PER_PAGE, type TutorialRef } from '../../domain/tutorials.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addTutorial, newTutorial } from '../support/tutorials.ts';

const at = Date.parse('2026-11-22T12:00:00Z');
const MOST = 3;
let database: TestDatabase;
let settings: RecognitionSettings;
let guildId: GuildId;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
  guildId = newGuildId();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newId = () => `14000000000000${String(++ids).padStart(5, '0')}`;
const newMember = (): MemberId => toMemberId(newId());

const submit = (tutorial: Parameters<typeof submitTutorial>[1]) => submitTutorial(em(), tutorial, MOST);
const approve = (tutorial: TutorialRef, staffId = newMember()) =>
  decideTutorial(em(), tutorial, { verdict: 'approved', staffId }, at);

async function addApproved(author = newMember(), guild = guildId) {
  const tutorial = await addTutorial(em(), guild, author);
  await approve(tutorial);
  return tutorial;
}

async function ordersFor({ tutorialId }: TutorialRef): Promise<string[]> {
  const rows: { kind: string }[] = await em().execute(
    `select "order"->>'kind' as kind from outbox where "order"->'tutorial'->>'tutorialId' = ? order by id`,
    [tutorialId],
  );
  return rows.map(({ kind }) => kind);
}

describe('adding a tutorial', () => {
  test('keeps it with its words, and orders its review with ids alone', async () => {
    const tutorial = newTutorial(guildId, newMember(), { title: 'Shaders', description: 'From scratch' });
    expect(await submit(tutorial)).toEqual({ kind: 'submitted' });
    expect(await findTutorial(em(), tutorial)).toMatchObject({
      ...{ title: 'Shaders', description: 'From scratch', state: 'waiting' },
      ...{ authorId: tutorial.authorId, link: tutorial.link.address, staffId: null },
    });
    const [row]: { order: object }[] = await em().execute('select "order" from outbox where member_id = ?', [
      tutorial.authorId,
    ]);
    const { tutorialId, authorId } = tutorial;
    expect(row?.order).toEqual({ kind: 'review tutorial', tutorial: { guildId, tutorialId, authorId } });
  });

  test('happens once, however often the command is delivered', async () => {
    const tutorial = newTutorial(guildId, newMember());
    const all = await Promise.all(Array.from({ length: 5 }, () => submit(tutorial)));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['submitted']));
    expect(await ordersFor(tutorial)).toEqual(['review tutorial']);
  });

  test('of a link that waits or was approved is refused, with whose it is', async () => {
    const first = newTutorial(guildId, newMember(), { address: 'https://tixl.app/one', title: 'One' });
    await submit(first);
    const again = () => newTutorial(guildId, newMember(), { address: 'http://TIXL.app/one/?utm_source=x#y' });
    const refusal = {
      kind: 'there already',
      tutorial: { title: 'One', authorId: first.authorId },
    };
    expect(await submit(again())).toEqual(refusal);
    await approve(first);
    expect(await submit(again())).toEqual(refusal);
    expect(await submit({ ...again(), guildId: newGuildId() })).toEqual({ kind: 'submitted' });
  });

  test('of one link by many at the same time takes one of them', async () => {
    const address = 'https://tixl.app/many';
    const all = await Promise.all(
      Array.from({ length: 10 }, () => submit(newTutorial(guildId, newMember(), { address }))),
    );
    expect(all.filter(({ kind }) => kind === 'submitted')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'there already')).toHaveLength(9);
  });

  test.each(['declined', 'expired'] as const)('can be done again when it was %s', async (state) => {
    const address = `https://tixl.app/${state}`;
    const first = newTutorial(guildId, newMember(), { address });
    await submit(first);
    if (state === 'expired') await expireTutorial(em(), first, at);
    else await decideTutorial(em(), first, { verdict: state, staffId: newMember() }, at);
    expect(await submit(newTutorial(guildId, newMember(), { address }))).toEqual({ kind: 'submitted' });
  });

  test('is refused when too many of a member wait, also when they come at the same time', async () => {
    const author = newMember();
    const tutorials = Array.from({ length: 8 }, () => newTutorial(guildId, author));
    const all = await Promise.all(tutorials.map(submit));
    expect(all.filter(({ kind }) => kind === 'submitted')).toHaveLength(MOST);
    expect(all.filter(({ kind }) => kind === 'too many waiting')).toHaveLength(8 - MOST);
    const added = tutorials.find((_, index) => all[index]?.kind === 'submitted');
    if (added === undefined) throw new Error('none was added');
    await approve(added);
    expect(await submit(newTutorial(guildId, author))).toEqual({ kind: 'submitted' });
  });
});

describe('a decision', () => {
  test('stands, with who made it, and orders what follows once', async () => {
    const tutorial = await addTutorial(em(), guildId, newMember());
    const staff = Array.from({ length: 5 }, newMember);
    const all = await Promise.all(
      staff.map((staffId, index) =>
        decideTutorial(em(), tutorial, { verdict: index % 2 === 0 ? 'approved' : 'declined', staffId }, at),
      ),
    );
    const found = await findTutorial(em(), tutorial);
    const first = staff[all.findIndex(({ kind }) => kind === 'decided')];
    expect(found).toMatchObject({ staffId: first, decidedAt: at });
    const { state, staffId } = found ?? {};
    expect(all.filter(({ kind }) => kind !== 'decided')).toEqual(
      Array(4).fill({ kind: 'decided before', state, staffId }),
    );
    expect(await ordersFor(tutorial)).toEqual(['review tutorial', 'tutorial decided']);
  });

  test('keeps the quality, or the reason', async () => {
    const good = await addTutorial(em(), guildId, newMember());
    const staffId = newMember();
    await decideTutorial(em(), good, { verdict: 'approved', staffId, quality: 5 }, at);
    expect(await findTutorial(em(), good)).toMatchObject({ state: 'approved', quality: 5, reason: null });
    const other = await addTutorial(em(), guildId, newMember());
    await decideTutorial(em(), other, { verdict: 'declined', staffId }, at, 'Not about TiXL');
    expect(await findTutorial(em(), other)).toMatchObject({ state: 'declined', reason: 'Not about TiXL' });
  });

  test('is refused of the author, and of a tutorial that is not there', async () => {
    const author = newMember();
    const tutorial = await addTutorial(em(), guildId, author);
    expect(await approve(tutorial, author)).toEqual({ kind: 'own tutorial' });
    expect(await findTutorial(em(), tutorial)).toMatchObject({ state: 'waiting' });
    expect(await approve(newTutorial(guildId, author))).toEqual({ kind: 'no such tutorial' });
    expect(await approve({ ...tutorial, guildId: newGuildId() })).toEqual({ kind: 'no such tutorial' });
  });

  test('comes too late when the tutorial was given up, and is not given up after it', async () => {
    const late = await addTutorial(em(), guildId, newMember());
    await expireTutorial(em(), late, at);
    expect(await approve(late)).toEqual({ kind: 'decided before', state: 'expired', staffId: null });
    const early = await addApproved();
    await expireTutorial(em(), early, at);
    expect(await findTutorial(em(), early)).toMatchObject({ state: 'approved' });
  });

  test('is waited for by those that are found by what staff type, whatever it is', async () => {
    const guild = newGuildId();
    for (const title of ['100 % Shaders', 'Sound_1', 'Sound 21'])
      await submit(newTutorial(guild, newMember(), { title }));
    const titles = async (typed?: string) =>
      (await waitingTutorials(em(), guild, typed)).map(({ title }) => title);
    expect(await titles()).toEqual(['100 % Shaders', 'Sound_1', 'Sound 21']);
    expect(await titles('sound')).toEqual(['Sound_1', 'Sound 21']);
    expect(await titles('_')).toEqual(['Sound_1']);
    expect(await titles('%')).toEqual(['100 % Shaders']);
  });
});

describe('taking a tutorial off the list', () => {
  const remove = (tutorial: TutorialRef, staffId = newMember()) =>
    removeTutorial(em(), tutorial, staffId, at + 1, 'The link is dead');
  const ordersFor = async ({ tutorialId }: TutorialRef) => {
    const rows: { kind: string }[] = await em().execute(
      `select "order"->>'kind' as kind from outbox where "order"->'tutorial'->>'tutorialId' = ? order by id`,
      [tutorialId],
    );
    return rows.map(({ kind }) => kind).filter((kind) => kind === 'tutorial removed');
  };

  test('is done once, with who did it and why, and ordered to be said', async () => {
    const tutorial = await addApproved();
    const [first, second] = [newMember(), newMember()];
    expect(await remove(tutorial, first)).toBe('removed');
    expect(await remove(tutorial, second)).toBe('not in the list');
    expect(await findTutorial(em(), tutorial)).toMatchObject({
      ...{ state: 'removed', staffId: first, decidedAt: at + 1, reason: 'The link is dead' },
    });
    expect(await ordersFor(tutorial)).toEqual(['tutorial removed']);
  });

  test('keeps it from being listed, offered and done; its link can be added again', async () => {
    const guild = newGuildId();
    const tutorial = await addApproved(newMember(), guild);
    const { link } = (await findTutorial(em(), tutorial)) ?? { link: '' };
    const listed = async () => (await listTutorials(em(), guild, 1, at)).tutorials.length;
    const offered = async () => (await listedTutorials(em(), guild)).length;
    expect([await listed(), await offered()]).toEqual([1, 1]);
    await remove(tutorial);
    expect([await listed(), await offered()]).toEqual([0, 0]);
    expect(await completeTutorial(em(), tutorial, newMember(), at)).toBe('no such tutorial');
    const again = newTutorial(guild, newMember(), { address: link });
    expect(await submit(again)).toEqual({ kind: 'submitted' });
  });

  test('is not for what waits, nor for what is not there', async () => {
    const waiting = await addTutorial(em(), guildId, newMember());
    expect(await remove(waiting)).toBe('not in the list');
    expect(await findTutorial(em(), waiting)).toMatchObject({ state: 'waiting' });
    expect(await remove(newTutorial(guildId, newMember()))).toBe('no such tutorial');
  });
});

describe('having done a tutorial', () => {
  test('is noted once for a member, and can be taken back', async () => {
    const tutorial = await addApproved();
    const member = newMember();
    const all = await Promise.all(
      Array.from({ length: 5 }, () => completeTutorial(em(), tutorial, member, at)),
    );
    expect(all.sort()).toEqual(['noted', ...Array(4).fill('noted already')]);
    expect(await takeDueCount(em(), tutorial)).toBe(1);
    expect(await takeBackCompletion(em(), tutorial, member)).toBe('taken back');
    expect(await takeBackCompletion(em(), tutorial, member)).toBe('taken back');
    expect(await takeDueCount(em(), tutorial)).toBe(0);
    expect(await completeTutorial(em(), tutorial, member, at)).toBe('noted');
  });

  test('is refused of the author, and of what was not approved', async () => {
    const author = newMember();
    expect(await completeTutorial(em(), await addApproved(author), author, at)).toBe('own tutorial');
    const waiting = await addTutorial(em(), guildId, author);
    expect(await completeTutorial(em(), waiting, newMember(), at)).toBe('no such tutorial');
    expect(await takeBackCompletion(em(), newTutorial(guildId, author), author)).toBe('no such tutorial');
  });

  test('of many at once orders one change of the message, and the next after that was read', async () => {
    const tutorial = await addApproved();
    const before = (await ordersFor(tutorial)).length;
    const done = (count: number) =>
      Promise.all(Array.from({ length: count }, () => completeTutorial(em(), tutorial, newMember(), at)));
    await done(20);
    expect((await ordersFor(tutorial)).slice(before)).toEqual(['count completions']);
    expect(await takeDueCount(em(), tutorial)).toBe(20);
    await done(3);
    expect((await ordersFor(tutorial)).slice(before)).toEqual(['count completions', 'count completions']);
  });

  test('is in the count that is read, or orders another, however close they come', async () => {
    const tutorial = await addApproved();
    for (let round = 1; round <= 20; round += 1) {
      const [, count] = await Promise.all([
        completeTutorial(em(), tutorial, newMember(), at),
        takeDueCount(em(), tutorial),
      ]);
      const [row]: { due: boolean }[] = await em().execute(
        'select is_count_due as due from tutorials where id = ?',
        [tutorial.tutorialId],
      );
      expect([count, row?.due]).toEqual(count === round ? [round, false] : [round - 1, true]);
    }
  });
});

describe('the list', () => {
  test('has the approved ones, from the newest on, page by page', async () => {
    const guild = newGuildId();
    const added = [];
    for (let count = 0; count <= TUTORIALS_PER_PAGE; count += 1)
      added.push(await addApproved(newMember(), guild));
    await addTutorial(em(), guild, newMember());
    const list = (page: number) => listTutorials(em(), guild, page, at);
    const newest = added.map(({ title }) => title).reverse();
    const titles = async (page: number) => (await list(page)).tutorials.map(({ title }) => title);
    expect(await titles(1)).toEqual(newest.slice(0, TUTORIALS_PER_PAGE));
    expect(await titles(2)).toEqual(newest.slice(TUTORIALS_PER_PAGE));
    expect(await list(99)).toMatchObject({ page: 2, pages: 2 });
    expect(await list(-1)).toMatchObject({ page: 1, pages: 2 });
    expect(await listTutorials(em(), newGuildId(), 1, at)).toEqual({
      ...{ tutorials: [], page: 1, pages: 1, activeMembers: 0 },
    });
  });

  test('says how many have done each, and how many of those who were active within 30 days', async () => {
    const guild = newGuildId();
    const tutorial = await addApproved(newMember(), guild);
    const [active, idle, gone, none] = [newMember(), newMember(), newMember(), newMember()];
    const day = 86_400_000;
    await database.orm.em.fork().transactional((transaction) =>
      award(
        transaction,
        { guildId: guild, settings },
        [
          { memberId: active, at: at - day },
          { memberId: idle, at: at - 31 * day },
          { memberId: gone, at },
          { memberId: none, at },
        ].map((one) => ({ ...one, action: 'tested', cause: `tested/${one.memberId}` })),
      ),
    );
    await em().execute('update recognised_members set has_left = true where member_id = ?', [gone]);
    for (const member of [active, gone, newMember()]) await completeTutorial(em(), tutorial, member, at);
    await completeTutorial(em(), tutorial, idle, at - 31 * day);
    expect(await listTutorials(em(), guild, 1, at)).toMatchObject({
      activeMembers: 3,
      tutorials: [{ title: tutorial.title, completions: 4, byActive: 2 }],
    });
    expect(await tutorialStatistics(em(), guild)).toEqual({
      counts: { waiting: 0, approved: 1, declined: 0, expired: 0, removed: 0 },
      ...{ completions: 4, membersWhoDidOne: 4, waiting: [] },
    });
  });
});
