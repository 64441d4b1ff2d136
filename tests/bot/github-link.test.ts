import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { directMessages } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';

/** A code of GitHub as it stands in an answer. */
const CODE = /\*\*([A-Z0-9]{4}-[A-Z0-9]{4})\*\*/;

let github: LocalGithub;
let scene: BotScene;

async function newMember(): Promise<MemberId> {
  const { members } = await scene.discord.control.join();
  return members[0]?.member.user.id as MemberId;
}

const use = (memberId: MemberId, subcommand: string) => scene.ask(memberId, { name: 'link', subcommand });
const say = async (memberId: MemberId, subcommand: string) => (await use(memberId, subcommand)).content;

describe('/link', () => {
  beforeAll(async () => {
    github = await startTestGithub();
    scene = await startBotScene({ variables: environmentFor(github) });
  });
  afterAll(async () => {
    await scene.stop();
    await github.stop();
  });

  test('gives a code for the member alone, links the account that enters it, shows it, and removes it', async () => {
    const memberId = await newMember();
    expect(await say(memberId, 'show')).toContain('no GitHub account');
    expect(await say(memberId, 'remove')).toContain('no GitHub account');

    const { content, flags } = await use(memberId, 'github');
    expect(Number(flags) & 64).toBe(64);
    expect(content).toContain(`${github.url}/login/device`);
    const [, userCode = ''] = CODE.exec(content) ?? [];
    await github.control.decide({ userCode, login: 'mona', decision: 'approve' });
    await until(async () => (await directMessages(scene, memberId)).length > 0);
    const [told] = await directMessages(scene, memberId);
    expect(told?.embeds[0]?.description).toContain('**mona** is linked');

    expect(await say(memberId, 'show')).toMatch(/\*\*mona\*\*, linked since <t:\d+:D>/);
    expect(await say(memberId, 'github')).toContain('You have linked the GitHub account **mona**');
    expect(await say(memberId, 'remove')).toContain('**mona** is no longer linked');
    expect(await say(memberId, 'show')).toContain('no GitHub account');
  });

  test('gives each use a code of its own', async () => {
    const memberId = await newMember();
    const [one, other] = [await say(memberId, 'github'), await say(memberId, 'github')];
    expect(CODE.exec(one)?.[1]).not.toBe(CODE.exec(other)?.[1]);
  });
});

describe('/link where GitHub is not set up', () => {
  beforeAll(async () => {
    scene = await startBotScene();
  });
  afterAll(() => scene.stop());

  test('says that accounts cannot be linked', async () => {
    expect(await say(await newMember(), 'github')).toContain('cannot be linked here');
  });
});
