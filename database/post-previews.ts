/** Posts as they will be, with all that staff should know before they approve them. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommunityConfig } from '../config/schema.ts';
import { adaptPost, contentFor } from '../domain/adaptation.ts';
import type { DistributionSettings } from '../domain/distribution.ts';
import type { GuildId } from '../domain/ids.ts';
import { type AccountPlatform, PLATFORMS, type Platform } from '../domain/platforms.ts';
import type { AccountState, PlatformPreview, PostPreview, Spending } from '../domain/post-previews.ts';
import type { Delivery, Post, PostRef } from '../domain/posts.ts';
import { monthAround } from '../domain/wall-clock.ts';
import { spentOn } from './deliveries.ts';
import { deliveriesOf, findPost } from './posts.ts';

const MILLIONTHS = 1_000_000;

/** By what posts are adapted to platforms. */
type PreviewSettings = Pick<CommunityConfig, 'distribution' | 'engagement'>;

/**
 * A post as it will be on each of its platforms, or undefined if there is none.
 *
 * @param now in ms since 1970: in the month of it the costs are counted
 */
export async function readPostPreview(
  em: EntityManager,
  ref: PostRef,
  settings: PreviewSettings,
  now: number,
): Promise<PostPreview | undefined> {
  const post = await findPost(em, ref);
  if (post === undefined) return undefined;
  const deliveries = await deliveriesOf(em, ref);
  const accounts = await accountStates(em, ref.guildId);
  const platforms = deliveries
    .toSorted((one, other) => PLATFORMS.indexOf(one.platform) - PLATFORMS.indexOf(other.platform))
    .map((delivery) => previewOn(post, delivery, accounts, settings));
  const isOnX = deliveries.some(({ platform }) => platform === 'x');
  return {
    post,
    platforms,
    spending: isOnX ? await spendingOn(em, ref.guildId, settings.distribution, now) : undefined,
  };
}

/** The platforms that take something from us: Discord, and those with an account, of those that are configured. */
export async function usablePlatforms(
  em: EntityManager,
  guildId: GuildId,
  configured: readonly Platform[],
): Promise<Platform[]> {
  const accounts = await accountStates(em, guildId);
  return configured.filter((platform) => stateOn(platform, accounts) !== 'not connected');
}

type Accounts = ReadonlyMap<Platform, AccountState>;

function previewOn(
  post: Post,
  delivery: Delivery,
  accounts: Accounts,
  { distribution, engagement }: PreviewSettings,
): PlatformPreview {
  const { platform } = delivery;
  const adapted = adaptPost(platform, contentFor(post, delivery, engagement.links), distribution);
  return { delivery, adapted, account: stateOn(platform, accounts) };
}

function stateOn(platform: Platform, accounts: Accounts): AccountState {
  return platform === 'discord' ? 'own' : (accounts.get(platform) ?? 'not connected');
}

async function accountStates(em: EntityManager, guildId: GuildId): Promise<Accounts> {
  const rows: { platform: AccountPlatform; state: 'connected' | 'expired' }[] = await em.execute(
    `select platform, state from platform_accounts where guild_id = ?`,
    [guildId],
  );
  return new Map(rows.map(({ platform, state }) => [platform, state]));
}

async function spendingOn(
  em: EntityManager,
  guildId: GuildId,
  { platforms, timeZone }: DistributionSettings,
  now: number,
): Promise<Spending | undefined> {
  if (platforms.x === undefined) return undefined;
  const spent = await spentOn(em, guildId, 'x', monthAround(now, timeZone));
  return { spent, budget: Math.round(platforms.x.costs.monthlyBudget * MILLIONTHS) };
}
