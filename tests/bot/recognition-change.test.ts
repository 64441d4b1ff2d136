import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findRequest } from '../../database/recognition-requests.ts';
import { type MemberId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { recognitionChangeId } from '../../domain/recognition-change.ts';
import { RECOGNITION_COMMAND } from '../../views/commands/recognition.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { memberNamed, messageFor, offersFor, replaceCommand, runCommand } from '../support/command.ts';
import { messagesIn } from '../support/on-discord.ts';
import { give } from '../support/recognition.ts';

const QUIZ_MASTER = `
recognition:
  badges:
    - { name: quiz-master, label: Quiz Master, emoji: 🧠, description: Has won a quiz }
`;
const { default_member_permissions: _permissions, ...OPEN_TO_ALL } = RECOGNITION_COMMAND;

let scene: BotScene;
let tom: MemberId;

beforeAll(async () => {
  scene = await startBotScene({ overlay: QUIZ_MASTER });
  tom = await memberNamed(scene.discord, 'Tom Becker');
});
afterAll(() => scene.stop());

type Options = Record<string, string | number>;
const typed = (subcommand: string, options: Options) => ({ name: 'recognition', subcommand, options });
const told = (subcommand: string, options: Options) => scene.told(scene.staff, typed(subcommand, options));

async function newMember(): Promise<MemberId> {
  const { members } = await scene.discord.control.join();
  return toMemberId(members[0]?.member.user.id ?? '');
}

/** What the audit channel shows of a member. */
async function auditOf(member: MemberId) {
  const messages = await messagesIn(scene, scene.config.recognition.auditChannel);
  return messages.filter((message) => textOf(message).includes(`→ <@${member}>`));
}

async function pointsOf(member: MemberId): Promise<number> {
  const rows: { tenths: number }[] = await scene.worker.database.em
    .fork()
    .execute('select tenths from points_ledger where member_id = ?', [member]);
  return rows.reduce((sum, { tenths }) => sum + tenths, 0) / 10;
}

/** The number of the entry that an answer names. */
const entryIn = (answer: string) => Number(/entry (\d+)/.exec(answer)?.[1]);

describe('/recognition award', () => {
  test('gives points, keeps the reason, and shows it in the audit channel once', async () => {
    const member = await newMember();
    const options = { member, points: 12.5, reason: 'helped {guide} with @everyone' };
    const command = await runCommand(scene.discord, scene.staff, typed('award', options));
    const answer = (await messageFor(scene.discord, command)).content;
    expect(answer).toMatch(
      new RegExp(
        `^<@${member}>: \\*\\*\\+12.5\\*\\* points \\(entry \\d+\\)\\. All points now: \\*\\*12.5\\*\\*\\.$`,
      ),
    );
    const [shown, ...others] = await auditOf(member);
    expect(others).toEqual([]);
    expect(shown?.embeds[0]).toMatchObject({
      title: 'Points awarded',
      color: 0xf1c40f,
      description: `<@${scene.staff}> → <@${member}>\n**+12.5** points (entry ${entryIn(answer)})\n> helped {guide} with @everyone`,
      footer: { text: `Entry ${entryIn(answer)}` },
    });
    expect(shown?.mentions).toEqual([]);
    const [entry]: unknown[] = await scene.worker.database.em
      .fork()
      .execute('select staff_id, reason from points_ledger where id = ?', [entryIn(answer)]);
    expect(entry).toEqual({ staff_id: scene.staff, reason: options.reason });
    await expectNoWordsInHistory(command, 'helped');
  });

  test('gives what an action is worth, more for a high quality, with what comes with it', async () => {
    const member = await newMember();
    const action = { member, action: 'bug-reported', reason: 'a good one' };
    expect(await told('award', action)).toMatch(/\*\*\+10\*\* points.*All points now: \*\*60\*\*/);
    expect(await told('award', { ...action, quality: 5 })).toMatch(
      /\*\*\+15\*\* points.*quality 5.*: \*\*75\*\*/,
    );
    const earned = await scene.told(scene.staff, { name: 'achievements', options: { member } });
    expect(earned).toContain('has 1 of 5');
  });

  test.each<[string, Options, RegExp]>([
    ['neither points nor an action', {}, /either how many points/],
    ['both', { points: 1, action: 'message' }, /either how many points/],
    ['no points', { points: 0 }, /above 0/],
    ['negative points', { points: -1 }, /above 0/],
    ['two decimals', { points: 1.25 }, /one decimal/],
    ['more than the most', { points: 1000.1 }, /at most 1000/],
    ['a quality with points', { points: 1, quality: 3 }, /quality goes with an action/],
    ['an unknown action', { action: 'no-such-action' }, /no such action.*`bug-reported`/],
    ['an action that is not for staff', { action: 'achievement' }, /no such action/],
    ['an empty reason', { points: 1, reason: '   ' }, /the reason is empty/],
  ])('refuses %s, and nothing changes', async (_, options, answer) => {
    expect(await told('award', { member: tom, reason: 'x', ...options })).toMatch(answer);
    expect(await pointsOf(tom)).toBe(0);
    expect(await auditOf(tom)).toEqual([]);
  });

  test('refuses oneself, bots, and who has left', async () => {
    const gone = await newMember();
    await scene.discord.control.leave({ memberId: gone });
    const bot = toMemberId(scene.discord.applicationId);
    const refusals: [MemberId, RegExp][] = [
      [scene.staff, /nobody changes their own points/],
      [bot, /bots get no points/],
      [gone, /not in the guild/],
    ];
    for (const [member, answer] of refusals) {
      expect(await told('award', { member, points: 1, reason: 'x' })).toMatch(answer);
      expect([await pointsOf(member), await auditOf(member)]).toEqual([0, []]);
    }
  });

  test('offers the actions that there are, by what is typed', async () => {
    const award = { name: 'recognition', subcommand: 'award', focused: 'action' };
    expect(await offersFor(scene.discord, scene.staff, { ...award, options: { action: 'event' } })).toEqual([
      'event-attended',
      'event-hosted',
    ]);
    expect(await offersFor(scene.discord, scene.staff, award)).not.toContain('achievement');
  });
});

describe('/recognition revoke and reverse', () => {
  test('take points away, in red, but not more than there are', async () => {
    const member = await newMember();
    await told('award', { member, points: 10, reason: 'x' });
    const revoked = await told('revoke', { member, points: 4, reason: 'too many' });
    expect(revoked).toMatch(/\*\*-4\*\* points.*All points now: \*\*6\*\*/);
    expect((await auditOf(member)).at(-1)?.embeds[0]).toMatchObject({
      title: 'Points revoked',
      color: 0xe74c3c,
    });
    expect(await told('revoke', { member, points: 6.1, reason: 'x' })).toMatch(/fewer points than that/);
    expect(await pointsOf(member)).toBe(6);
  });

  test('take an entry back once; neither what takes back nor what is not there', async () => {
    const member = await newMember();
    const entry = entryIn(await told('award', { member, points: 10, reason: 'x' }));
    const reversed = await told('reverse', { entry, reason: 'a mistake' });
    expect(reversed).toMatch(
      /\*\*-10\*\* points \(entry \d+\), which reverses entry \d+\. All points now: \*\*0\*\*/,
    );
    expect(await told('reverse', { entry, reason: 'x' })).toMatch(/was reversed already/);
    expect(await told('reverse', { entry: entryIn(reversed), reason: 'x' })).toMatch(
      /cannot be reversed itself/,
    );
    expect(await told('reverse', { entry: 999_999_999, reason: 'x' })).toMatch(/no such entry/);
    expect(await pointsOf(member)).toBe(0);
    expect(await told('history', { member })).toContain(`takes back \`#${entry}\` (by staff)`);
  });

  test('offer the latest entries that can be taken back, by number, and of one member', async () => {
    const [member, other] = [await newMember(), await newMember()];
    const add = async (who: MemberId) =>
      entryIn(await told('award', { member: who, points: 1, reason: 'x' }));
    const [first, second, others] = [await add(member), await add(member), await add(other)];
    const offered = (options: Options) =>
      offersFor(scene.discord, scene.staff, { ...typed('reverse', options), focused: 'entry' });
    expect((await offered({})).slice(0, 3)).toEqual([others, second, first]);
    expect(await offered({ member })).toEqual([second, first]);
    expect(await offered({ member, entry: String(first) })).toContain(first);
    expect(await offered({ entry: 'x' })).toEqual([]);
    await told('reverse', { entry: second, reason: 'a mistake' });
    expect(await offered({ member })).toEqual([first]);
  });

  test('do not give back to oneself what was taken', async () => {
    const [entry] = await give(scene.worker, {
      ...{ memberId: scene.staff, action: 'by-staff', cause: 'staff/taken', at: Date.now(), points: -5 },
    });
    expect(await told('reverse', { entry: Number(entry?.id), reason: 'x' })).toMatch(/their own points/);
    expect(await pointsOf(scene.staff)).toBe(-5);
  });
});

describe('/recognition give-badge and give-achievement', () => {
  test('give what is not had yet', async () => {
    const member = await newMember();
    const badge = { member, badge: 'quiz-master', reason: 'won' };
    expect(await told('give-badge', badge)).toMatch(/the badge 🧠 \*\*Quiz Master\*\*/);
    expect(await told('give-badge', badge)).toMatch(/have it already/);
    const achievement = { member, achievement: 'bug-hunter', reason: 'by mail' };
    expect(await told('give-achievement', achievement)).toMatch(
      /Bug Hunter.*\*\*\+50\*\* points.*: \*\*50\*\*/,
    );
    expect(await told('give-achievement', achievement)).toMatch(/have it already/);
    expect(await pointsOf(member)).toBe(50);
    expect((await auditOf(member)).map(({ embeds }) => embeds[0]?.title)).toEqual([
      'Badge given',
      'Achievement given',
    ]);
  });

  test.each<[string, Options, RegExp]>([
    ['give-badge', { badge: 'no-such-badge' }, /no such badge.*`quiz-master`/],
    ['give-badge', { badge: 'legend' }, /comes with points/],
    ['give-achievement', { achievement: 'no-such-one' }, /no such achievement.*`bug-hunter`/],
  ])('/recognition %s refuses %p', async (subcommand, options, answer) => {
    expect(await told(subcommand, { member: tom, reason: 'x', ...options })).toMatch(answer);
    expect(await auditOf(tom)).toEqual([]);
  });
});

describe('a member who is not staff', () => {
  test('is refused, also where the command was opened to everybody, and nothing is changed', async () => {
    const award = typed('award', { member: tom, points: 1, reason: 'x' });
    const member = await newMember();
    await expect(scene.told(member, award)).rejects.toMatchObject({ error: 'not-allowed' });
    await replaceCommand(scene.discord, OPEN_TO_ALL);
    for (const one of [
      award,
      typed('revoke', { member: tom, points: 1, reason: 'x' }),
      typed('history', { member: tom }),
    ])
      expect(await scene.told(member, one)).toBe(scene.config.answers.staffOnly);
    expect(await pointsOf(tom)).toBe(0);
    await scene.setUp();
  });
});

/** What people have written is in the database, and not in what Temporal keeps. */
async function expectNoWordsInHistory(command: string, word: string): Promise<void> {
  const key = { guildId: scene.worker.environment.DISCORD_GUILD_ID, interactionId: toInteractionId(command) };
  const handle = scene.worker.client.workflow.getHandle(recognitionChangeId(key));
  const history = Buffer.from(JSON.stringify(await handle.fetchHistory()));
  const payloads = [...history.toString().matchAll(/"data":"([\w+/=]+)"/g)];
  expect(payloads.length).toBeGreaterThan(0);
  expect(payloads.map(([, data = '']) => Buffer.from(data, 'base64').toString()).join('\n')).not.toContain(
    word,
  );
  expect((await findRequest(scene.worker.database.em.fork(), key))?.reason).toContain(word);
}
