import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { approvePost, beginPublishing } from '../../database/distribution.ts';
import { toMemberId } from '../../domain/ids.ts';
import type { Approval, PostRef } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';

const APPROVER = toMemberId('1300000000000000096');
const ANOTHER = toMemberId('1300000000000000095');

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('who has approved a post that is being published meanwhile gets the same answer again', async () => {
  const post = await addDraft(database, newGuildId());
  const approved = { kind: 'approved', publishAt: null };
  expect(await approve(post, APPROVER)).toEqual(approved);
  await beginPublishing(database.orm.em.fork(), post, Date.now(), async () => []);
  expect(await approve(post, APPROVER)).toEqual(approved);
  expect(await approve(post, ANOTHER)).toEqual({ kind: 'not open', state: 'publishing' });
});

function approve(post: PostRef, by: typeof APPROVER): Promise<Approval> {
  return approvePost(database.orm.em, post, { by, revision: 1 }, async () => []);
}
