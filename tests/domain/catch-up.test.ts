import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareMembers, type KnownStay, type PresentMember } from '../../domain/catch-up.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';

const WATCHED_SINCE = 1_000;
const ada = toMemberId('1300000000000000002');

const present = (joinedAt: number, isBot = false): PresentMember => ({
  memberId: ada,
  joinedAt,
  isBot,
  awaitsScreening: false,
});
const known = (joinedAt: number, onboarding: KnownStay['onboarding'] = 'begun'): KnownStay => ({
  memberId: ada,
  joinedAt,
  onboarding,
  awaitsScreening: false,
});

describe('a comparison of the guild with what we know', () => {
  test('waits for those who have not passed the screening, and welcomes them when they have', () => {
    const waiting = { ...present(2_000), awaitsScreening: true };
    expect(compareMembers([waiting], [], WATCHED_SINCE)).toMatchObject({
      toWelcome: [],
      toRecord: [waiting],
    });
    const noted = { ...known(2_000, 'none'), awaitsScreening: true };
    expect(compareMembers([waiting], [noted], WATCHED_SINCE)).toMatchObject({ toWelcome: [], toRecord: [] });
    expect(compareMembers([present(2_000)], [noted], WATCHED_SINCE).toWelcome).toEqual([present(2_000)]);
  });

  test('welcomes who has passed the screening after we began to watch, however long ago they joined', () => {
    const noted = { ...known(500, 'none'), awaitsScreening: true };
    expect(compareMembers([present(500)], [noted], WATCHED_SINCE).toWelcome).toEqual([present(500)]);
    expect(compareMembers([present(500)], [known(500, 'none')], WATCHED_SINCE).toWelcome).toEqual([]);
  });

  test('finds nothing where both agree', () => {
    expect(compareMembers([present(2_000)], [known(2_000)], WATCHED_SINCE)).toEqual({
      toWelcome: [],
      toRecord: [],
      toEnd: [],
    });
  });

  test('welcomes who joined unseen', () => {
    expect(compareMembers([present(2_000)], [], WATCHED_SINCE).toWelcome).toEqual([present(2_000)]);
  });

  test('welcomes who was noted, but whose onboarding never began', () => {
    expect(compareMembers([present(2_000)], [known(2_000, 'none')], WATCHED_SINCE).toWelcome).toEqual([
      present(2_000),
    ]);
  });

  test('only notes who was there before we began to watch, and bots', () => {
    const differences = compareMembers([present(500), present(2_000, true)], [], WATCHED_SINCE);
    expect(differences.toWelcome).toEqual([]);
    expect(differences.toRecord).toEqual([present(500), present(2_000, true)]);
  });

  test('ends the stay of who has left', () => {
    expect(compareMembers([], [known(2_000)], WATCHED_SINCE).toEnd).toEqual([known(2_000)]);
  });

  test('takes who left and came back for two stays', () => {
    const differences = compareMembers([present(3_000)], [known(2_000)], WATCHED_SINCE);
    expect(differences.toEnd).toEqual([known(2_000)]);
    expect(differences.toWelcome).toEqual([present(3_000)]);
  });

  test('settles: once its findings are written down, a second one finds nothing', () => {
    const stayed = {
      memberId: fc.constantFrom(ada, toMemberId('1300000000000000003'), toMemberId('1300000000000000004')),
      joinedAt: fc.constantFrom(500, 2_000, 3_000),
    };
    const members = fc.uniqueArray(
      fc.record({ ...stayed, isBot: fc.boolean(), awaitsScreening: fc.boolean() }),
      {
        selector: ({ memberId }) => memberId,
      },
    );
    const stays = fc.uniqueArray(
      fc.record({
        ...stayed,
        onboarding: fc.constantFrom<KnownStay['onboarding']>('none', 'begun'),
        awaitsScreening: fc.boolean(),
      }),
      { selector: ({ memberId, joinedAt }) => `${memberId}/${joinedAt}` },
    );
    fc.assert(
      fc.property(members, stays, (there, before) => {
        const found = compareMembers(there, before, WATCHED_SINCE);
        const after = writeDown(before, found);
        expect(compareMembers(there, after, WATCHED_SINCE)).toEqual({
          toWelcome: [],
          toRecord: [],
          toEnd: [],
        });
      }),
    );
  });
});

function writeDown(before: readonly KnownStay[], found: ReturnType<typeof compareMembers>): KnownStay[] {
  const touched = [...found.toEnd, ...found.toWelcome, ...found.toRecord].map(keyOf);
  return [
    ...before.filter((stay) => !touched.includes(keyOf(stay))),
    ...found.toWelcome.map((member) => ({ ...member, onboarding: 'begun' as const })),
    ...found.toRecord.map((member) => ({ ...member, onboarding: 'none' as const })),
  ];
}

function keyOf({ memberId, joinedAt }: { memberId: MemberId; joinedAt: number }): string {
  return `${memberId}/${joinedAt}`;
}
