/** What posts are published with and on: a worker of ours, a local Discord, and local platforms whose accounts are connected. */

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { connectToLocalGithub, type GithubControl } from '../../sandbox/github/control.ts';
import { connectToLocalPlatforms, type SocialControl } from '../../sandbox/social/control.ts';
import { planLocalGithub } from '../../scripts/stack/local-github.ts';
import { planLocalPlatforms } from '../../scripts/stack/local-platforms.ts';
import { connectLocalAccounts } from '../../scripts/stack/platform-accounts.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { untilSender } from '../support/processes.ts';
import { type BenchDiscord, type Scene, startDiscord, startOurs, withScene } from '../support/scene.ts';
import { VIDEO } from './video.ts';

/**
 * The video goes to YouTube alone, where nothing can be published without one. Elsewhere a post would wait for what the platform
 * makes of the video, which takes as long for whoever publishes it.
 */
const PICTURES_ONLY = { media: ['image'] };
const OVERLAY = {
  distribution: { platforms: { discord: PICTURES_ONLY, x: PICTURES_ONLY, linkedin: PICTURES_ONLY } },
};

export interface Stage {
  readonly scene: Scene;
  readonly discord: BenchDiscord;
  readonly platforms: SocialControl;
  readonly github: GithubControl;
  readonly database: Database;
  /** The files that the community is configured by. */
  readonly files: readonly string[];
  /** Where the video lies on the local Discord. */
  readonly videoUrl: string;
}

/**
 * Does `work` on a stage of its own. No limit of a local platform holds anything back there, Discord's neither.
 *
 * @param sections of the configuration that are to be different beside that
 */
export function onStage<Result>(
  work: (stage: Stage) => Promise<Result>,
  sections: Readonly<Record<string, unknown>> = {},
): Promise<Result> {
  return withScene(async (bare) => {
    const discord = await startDiscord(bare, 'distribution');
    await discord.control.setLimits({ enforced: false });
    const { scene, ...controls } = await startPlatforms(bare);
    const files = [COMMUNITY_FILE, join(scene.folder, 'distribution.yaml')];
    await writeFile(files[1] ?? '', stringify({ ...OVERLAY, ...sections }));
    await connectAccounts(scene, discord, files);
    await untilSender(await startOurs('worker', scene, discord, files));
    const database = openDatabase(scene.environment.DATABASE_URL ?? '');
    try {
      const videoUrl = await uploadVideo(discord);
      return await work({ scene, discord, ...controls, database, files, videoUrl });
    } finally {
      await database.close();
    }
  });
}

/** Gives the scene with what a worker has to know of the platforms. */
async function startPlatforms(scene: Scene) {
  const { stack, folder, environment } = scene;
  const social = planLocalPlatforms(folder, await freePort());
  await stack.start(social, stack.report('platforms'), 'local ones');
  const github = planLocalGithub(folder, await freePort());
  await stack.start(github, stack.report('GitHub'), 'a local one');
  const controls = {
    platforms: connectToLocalPlatforms(social.forWorker.PLATFORMS_URL ?? ''),
    github: connectToLocalGithub(new URL(github.forWorker.GITHUB_API_URL).origin),
  };
  await controls.platforms.setLimits({ kept: false });
  await controls.github.setLimits({ kept: false });
  const TOKENS_KEY = randomBytes(32).toString('base64');
  const known: Scene['environment'] = {
    ...environment,
    ...social.forWorker,
    ...github.forWorker,
    TOKENS_KEY,
  };
  return { scene: { ...scene, environment: known }, ...controls };
}

async function connectAccounts(
  { environment }: Scene,
  discord: BenchDiscord,
  files: readonly string[],
): Promise<void> {
  const { problems } = await connectLocalAccounts(
    { usesLocalGithub: true, usesLocalPlatforms: true },
    { ...environment, ...discord.environment, COMMUNITY_CONFIG: files.join(',') },
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** As a member does who writes a post. */
async function uploadVideo({ control }: BenchDiscord): Promise<string> {
  const { channels, members } = await control.getState();
  const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
  const memberId = members.find(({ member }) => member.user.bot !== true)?.member.user.id ?? '';
  const files = [{ filename: 'clip.mp4', contentType: 'video/mp4', base64: VIDEO.toString('base64') }];
  const { message } = await control.write({ memberId, channelId, content: 'Here:', files });
  const [attachment] = message.attachments;
  if (attachment === undefined) throw new Error('the local Discord has not taken the video');
  return attachment.url;
}
