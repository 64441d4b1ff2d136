import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, ApplicationCommandOptionType, MessageFlags } from 'discord-api-types/v10';
import { reverse } from '../../database/points.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { historyButtonId } from '../../domain/standing.ts';
import { COMMAND_CHANGED } from '../../views/command-changed.ts';
import { POINTS_COMMAND } from '../../views/commands/standing.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { answerTo, press, sendButton, updatedMessage } from '../support/button.ts';
import { memberNamed, replaceCommand } from '../support/command.ts';
import { give, ledgerOf } from '../support/recognition.ts';
import { until } from '../support/wait.ts';

const now = Date.now();

let scene: BotScene;
let tom: MemberId;
let ivo: MemberId;
let newcomer: MemberId;

beforeAll(async () => {
  scene = await startBotScene();
  tom = await memberNamed(scene.discord, 'Tom Becker');
  ivo = await memberNamed(scene.discord, 'Ivo Petrov');
  const { members } = await scene.discord.control.join();
  newcomer = toMemberId(members[0]?.member.user.id ?? '');
  await give(
    scene.worker,
    { memberId: tom, action: 'tutorial-created', cause: 'tutorial/1', at: now },
    { memberId: ivo, action: 'by-staff', cause: 'staff/1', at: now, points: 125.5 },
    { memberId: scene.staff, action: 'by-staff', cause: 'staff/2', at: now, points: 125 },
  );
});
afterAll(() => scene.stop());

const show = (member: MemberId) => ({ name: 'points', subcommand: 'show', options: { member } });

describe('/points show', () => {
  test('says how many and which place, to whoever asked alone; the same points are the same place', async () => {
    const message = await scene.ask(tom, { name: 'points', subcommand: 'show' });
    expect((message.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(textOf(message).split('\n')).toEqual([
      'Points',
      `<@${tom}>: **125** points`,
      '',
      'All time: **125** · place **2** of 3',
      'This month: **125** · place **2** of 3',
      'This week: **125** · place **2** of 3',
    ]);
    expect(await scene.told(tom, show(scene.staff))).toContain('All time: **125** · place **2** of 3');
    expect(await scene.told(tom, show(ivo))).toContain('All time: **125.5** · place **1** of 3');
  });

  test('says of whoever has none that there are none', async () => {
    expect(await scene.told(tom, show(newcomer))).toContain('All time: **0** · no place');
  });
});

describe('/rank, /badges and /achievements', () => {
  test('show what somebody has, and what comes next', async () => {
    const rank = await scene.told(ivo, { name: 'rank', options: { member: tom } });
    expect(rank).toContain(`<@${tom}> · ⭐ **Contributor**`);
    expect(rank).toContain('▰▱▱▱▱▱▱▱▱▱\n125 points to 🤝 **Helper** (250)');
    expect(rank).toContain('__Achievements__\n📝 **Content Creator**');
    const badges = await scene.told(tom, { name: 'badges' });
    expect(badges).toContain(`<@${tom}> has 2 of 6`);
    expect(badges).toMatch(/⭐ \*\*Contributor\*\*: Active community participant · from 100 points \(since/);
    const achievements = await scene.told(tom, { name: 'achievements' });
    expect(achievements).toContain(`<@${tom}> has 1 of 5`);
    expect(achievements).toContain(
      '__Still to get__\n👋 **First Steps**: Posted your first message · 10 points',
    );
  });
});

describe('the picture of /rank', () => {
  test('is a card, with its words for who cannot see it', async () => {
    const { attachments } = await scene.ask(ivo, { name: 'rank', options: { member: tom } });
    expect(attachments).toMatchObject([
      {
        filename: 'rank.png',
        content_type: 'image/png',
        description:
          'Tom Becker: 125 points, place 2 of 3; badge: Contributor; achievements: Content Creator',
      },
    ]);
    const picture = await fetch(attachments[0]?.url ?? '');
    const signature = Buffer.from(await picture.arrayBuffer()).subarray(1, 4);
    expect(signature.toString()).toBe('PNG');
  });

  test('is not there for who has no place', async () => {
    const { attachments } = await scene.ask(ivo, { name: 'rank', options: { member: newcomer } });
    expect(attachments).toEqual([]);
  });
});

describe('/points privacy', () => {
  const privacy = (leaderboards: string) => ({
    ...{ name: 'points', subcommand: 'privacy', options: { leaderboards } },
  });

  test('takes a member off the leaderboards, also before they have points, and puts them back', async () => {
    const { members } = await scene.discord.control.join();
    const member = toMemberId(members[0]?.member.user.id ?? '');
    expect(await scene.told(member, privacy('hidden'))).toBe(scene.config.recognition.privacy.hidden);
    await give(scene.worker, { memberId: member, action: 'tested', cause: 'test/1', at: now, points: 900 });
    expect(await scene.told(member, show(member))).toContain('All time: **900** · no place');
    expect(await scene.told(member, privacy('shown'))).toBe(scene.config.recognition.privacy.shown);
    expect(await scene.told(ivo, show(member))).toContain('All time: **900** · place **1** of 4');
    await scene.told(member, privacy('hidden'));
    expect(await scene.told(ivo, show(member))).toContain('All time: **900** · no place');
  });
});

describe('/points history', () => {
  const history = { name: 'points', subcommand: 'history' };

  test('says what for, with what was taken back', async () => {
    const [entry] = await give(scene.worker, {
      ...{ memberId: newcomer, action: 'helpful-answer', cause: 'thanks/1', at: now },
    });
    const byStaff = { staffId: scene.staff, reason: 'a very secret reason', at: now };
    await scene.worker.database.em
      .fork()
      .transactional((transaction) => reverse(transaction, ledgerOf(scene.worker), entry?.id ?? '', byStaff));
    const text = await scene.told(newcomer, history);
    expect(text).toMatch(/`#\d+` \*\*-5\*\* takes back `#\d+` \(by staff\) · <t:\d+:f>/);
    expect(text).toMatch(/`#\d+` \*\*\+25\*\* achievement: Helpful Hand · /);
    expect(text).toMatch(/`#\d+` \*\*\+5\*\* helpful answer \(taken back since\) · /);
    expect(text).not.toContain('secret');
  });

  test('leads to the message that brought points', async () => {
    const { channels } = await scene.discord.control.getState();
    const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
    const member = toMemberId((await scene.discord.control.join()).members[0]?.member.user.id ?? '');
    await scene.discord.control.write({ memberId: member, channelId, content: 'Long enough to count' });
    const link = `[message](https://discord.com/channels/${scene.discord.guildId}/${channelId}/`;
    await until(async () => (await scene.told(member, history)).includes(link));
  });

  test('has pages, and buttons that turn them', async () => {
    const deeds = Array.from({ length: 25 }, (_, number) => ({
      ...{ memberId: ivo, action: `deed-${number}`, cause: `deed/${number}`, at: now },
    }));
    await give(scene.worker, ...deeds);
    const first = await scene.ask(ivo, history);
    expect(textOf(first)).toMatch(/deed 24.*deed 15/s);
    expect(footerOf(first)).toBe('Page 1 of 3');
    const last = await scene.ask(ivo, { ...history, options: { page: 100 } });
    expect(footerOf(last)).toBe('Page 3 of 3');
    const before = await press(scene.discord, ivo, last);
    expect(footerOf(await updatedMessage(scene.discord, before))).toBe('Page 2 of 3');
  });

  test('of others is shown to nobody but staff, also by a button that was made up', async () => {
    const forged = await sendButton(scene.discord, tom, historyButtonId(ivo, 1));
    const pressed = await press(scene.discord, tom, forged);
    expect(await answerTo(scene.discord, pressed)).toBe(scene.config.answers.staffOnly);
  });
});

describe('/points as Discord was told of it before', () => {
  test('is answered', async () => {
    const text = { type: ApplicationCommandOptionType.String, name: 'member', description: 'x' } as const;
    const show = { type: ApplicationCommandOptionType.Subcommand, name: 'show', description: 'x' } as const;
    await replaceCommand(scene.discord, { ...POINTS_COMMAND, options: [{ ...show, options: [text] }] });
    const typed = { name: 'points', subcommand: 'show', options: { member: 'somebody' } };
    expect(await scene.told(tom, typed)).toBe(COMMAND_CHANGED);
    await scene.setUp();
  });
});

function footerOf({ embeds }: APIMessage): string | undefined {
  return embeds[0]?.footer?.text;
}
