import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { messageFor, runCommand } from '../support/command.ts';
import { messagesIn } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let ann: MemberId;
let ben: MemberId;

beforeAll(async () => {
  scene = await startBotScene();
  [ann, ben] = [await newMember(), await newMember()];
});
afterAll(() => scene.stop());

async function newMember(): Promise<MemberId> {
  const { members } = await scene.discord.control.join();
  return toMemberId(members[0]?.member.user.id ?? '');
}

const thanks = (member: MemberId, reason?: string) => ({
  ...{ name: 'thanks', options: { member, ...(reason !== undefined && { reason }) } },
});

/** What is said in the channel of thanks to a member. */
async function announced(member: MemberId) {
  const messages = await messagesIn(scene, 'general');
  return messages.filter(({ content }) => content.includes(`thanks <@${member}>`));
}

async function thanksOf(member: MemberId): Promise<number> {
  const rows: unknown[] = await scene.worker.database.em
    .fork()
    .execute(`select 1 from points_ledger where member_id = ? and action = 'helpful-answer'`, [member]);
  return rows.length;
}

describe('/thanks', () => {
  test('pays for a helpful answer, and says so in the channel, notifying nobody but who was thanked', async () => {
    const command = await runCommand(scene.discord, ann, thanks(ben, 'the fix\n@everyone'));
    const { content } = await messageFor(scene.discord, command);
    expect(content).toBe(`<@${ben}> was thanked, and gets points for a helpful answer.`);
    await until(async () => (await announced(ben)).length === 1);
    const [message] = await announced(ben);
    expect(message?.content).toBe(`🙏 <@${ann}> thanks <@${ben}>\n> the fix @everyone`);
    expect([message?.mention_everyone, message?.mentions.map(({ id }) => id)]).toEqual([false, [ben]]);
    expect(await thanksOf(ben)).toBe(1);
  });

  test('counts a few times a day for a pair, and is then refused', async () => {
    const [giver, receiver] = [await newMember(), await newMember()];
    const { dailyLimit } = scene.config.recognition.thanks;
    for (let time = 0; time < dailyLimit; time += 1)
      expect(await scene.told(giver, thanks(receiver))).toMatch(/was thanked/);
    expect(await scene.told(giver, thanks(receiver))).toMatch(/as often as counts in a day/);
    expect(await thanksOf(receiver)).toBe(dailyLimit);
  });

  test('is refused for oneself, for bots, and for who has left', async () => {
    const { answers } = scene.config.recognition.thanks;
    const gone = await newMember();
    await scene.discord.control.leave({ memberId: gone });
    expect(await scene.told(ann, thanks(ann))).toBe(answers.oneself);
    expect(await scene.told(ann, thanks(toMemberId(scene.discord.applicationId)))).toBe(answers.bot);
    expect(await scene.told(ann, thanks(gone))).toBe(`<@${gone}> is not here any more.`);
    expect([await thanksOf(ann), await thanksOf(gone)]).toEqual([0, 0]);
    expect([...(await announced(ann)), ...(await announced(gone))]).toEqual([]);
  });
});
