import type { Stage } from './stage.ts';

/** How many requests each platform has had, by its name. */
export type RequestCounts = Readonly<Record<string, number>>;

/** Those so far. On Discord and GitHub only those that make something: what else is read there has nothing to do with posts. */
export async function countRequests({ discord, platforms, github }: Stage): Promise<RequestCounts> {
  const { counts } = await discord.control.countRequests();
  const { requests: social } = await platforms.getRequests({});
  const { requests: onGithub } = await github.getRequests({});
  const made = counts.filter(({ method }) => method === 'POST');
  return {
    discord: made.reduce((sum, { count }) => sum + count, 0),
    x: social.filter(({ platform }) => platform === 'x').length,
    linkedin: social.filter(({ platform }) => platform === 'linkedin').length,
    youtube: social.filter(({ platform }) => platform === 'youtube').length,
    github: onGithub.filter(({ method }) => method === 'POST').length,
  };
}
