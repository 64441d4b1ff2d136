import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { confirmDraft, discardDraft, findDraft, keepDraft } from '../../database/event-drafts.ts';
import { findEvent } from '../../database/events.ts';
import type { DraftRef, NewEventDraft } from '../../domain/event-drafts.ts';
import { toEventId } from '../../domain/events.ts';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
let database: TestDatabase;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newId = () => `14000000000000${String(++ids).padStart(5, '0')}`;
const guildId = toGuildId('1180000000000000000');
const newRef = (): DraftRef => ({
  ...{ guildId, draftId: toInteractionId(newId()), memberId: toMemberId(newId()) },
});

const complete: NewEventDraft = {
  for: 'new event',
  ...{ kind: 'workshop', title: 'Noise', description: 'In depth', startsAt: NOW + DAY_MS, lengthMs: HOUR_MS },
  start: { text: 'tomorrow 13:00', at: NOW },
  ...{ timeZone: null, place: { kind: 'link', link: 'https://meet.example/' }, capacity: 3 },
  ...{ hostId: null, picture: null },
};

const confirm = (ref: DraftRef, at = NOW) => confirmDraft(database.orm.em, ref, at);
const eventOf = ({ draftId }: DraftRef) => findEvent(em(), { guildId, eventId: toEventId(draftId) });

async function ordersFor({ draftId }: DraftRef): Promise<string[]> {
  const rows: { kind: string }[] = await em().execute(
    `select "order"->>'kind' as kind from outbox where "order"->'event'->>'eventId' = ?`,
    [draftId],
  );
  return rows.map(({ kind }) => kind);
}

describe('a draft', () => {
  test('becomes the event, with the order that it begins', async () => {
    const ref = newRef();
    await keepDraft(database.orm.em, ref, complete, NOW);
    expect(await confirm(ref)).toMatchObject({
      kind: 'confirmed',
      event: { state: 'planned', title: 'Noise' },
    });
    expect(await eventOf(ref)).toMatchObject({
      ...{ startsAt: NOW + DAY_MS, endsAt: NOW + DAY_MS + HOUR_MS, createdBy: ref.memberId, capacity: 3 },
    });
    expect(await findDraft(em(), ref)).toBeUndefined();
    expect(await ordersFor(ref)).toEqual(['begin event']);
  });

  test('becomes one event, however often and at the same time it is confirmed', async () => {
    const ref = newRef();
    await keepDraft(database.orm.em, ref, complete, NOW);
    const all = await Promise.all([1, 2, 3, 4].map(() => confirm(ref)));
    expect(all.map(({ kind }) => kind)).toEqual(Array(4).fill('confirmed'));
    expect((await confirm(ref, NOW + 2 * DAY_MS)).kind).toBe('confirmed');
    expect(await ordersFor(ref)).toEqual(['begin event']);
  });

  test.each<[string, Partial<NewEventDraft>, number]>([
    ['in the past', {}, NOW + 2 * DAY_MS],
    ['not ready', { startsAt: null }, NOW],
    ['not ready', { title: '' }, NOW],
  ])('is kept if it is %s', async (kind, rest, at) => {
    const ref = newRef();
    await keepDraft(database.orm.em, ref, { ...complete, ...rest }, NOW);
    expect(await confirm(ref, at)).toEqual({ kind });
    expect(await findDraft(em(), ref)).toEqual({ ...complete, ...rest });
    expect(await eventOf(ref)).toBeUndefined();
  });

  test('is nobody else’s', async () => {
    const ref = newRef();
    const others = { ...ref, memberId: toMemberId(newId()) };
    await keepDraft(database.orm.em, ref, complete, NOW);
    await keepDraft(database.orm.em, others, { ...complete, title: 'Theirs' }, NOW);
    expect(await findDraft(em(), ref)).toEqual(complete);
    expect(await findDraft(em(), others)).toBeUndefined();
    expect(await discardDraft(em(), others)).toBe(false);
    expect(await confirm(others)).toEqual({ kind: 'draft is gone' });
    await confirm(ref);
    expect(await confirm(others)).toEqual({ kind: 'draft is gone' });
  });

  test('that was discarded makes nothing', async () => {
    const ref = newRef();
    await keepDraft(database.orm.em, ref, complete, NOW);
    expect(await discardDraft(em(), ref)).toBe(true);
    expect(await confirm(ref)).toEqual({ kind: 'draft is gone' });
  });

  test('is forgotten a day later, when somebody makes another', async () => {
    const old = newRef();
    await keepDraft(database.orm.em, old, complete, NOW);
    await keepDraft(database.orm.em, newRef(), complete, NOW + DAY_MS - 1);
    expect(await findDraft(em(), old)).toBeDefined();
    await keepDraft(database.orm.em, newRef(), complete, NOW + DAY_MS + 1);
    expect(await findDraft(em(), old)).toBeUndefined();
  });
});
