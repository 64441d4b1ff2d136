/** Links of our own: where they lead, and how often they were followed. Nothing is kept of who did. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { isOwnLink } from '../domain/post-links.ts';
import type { DeliveryRef } from '../domain/posts.ts';

/**
 * A post with `link` is about to be sent, in the transaction that `transaction` is in: if that is a link of ours, clicks on it are
 * counted from now on. An earlier attempt may have been sent with the other kind.
 */
export async function beginCounting(
  transaction: EntityManager,
  delivery: DeliveryRef,
  link: string | null,
): Promise<void> {
  const statement = isOwnLink(delivery, link)
    ? `insert into post_clicks (guild_id, post_id, platform, clicks) values (?, ?, ?, 0) on conflict do nothing`
    : `delete from post_clicks where guild_id = ? and post_id = ? and platform = ?`;
  await transaction.execute(statement, keyOf(delivery));
}

/**
 * Where the link of a post leads, or undefined if there is no such post, or none that was sent to that platform with a link of ours.
 * Before it is sent it leads nowhere: else whoever may write a draft could lead people from our address wherever they like, approved or not.
 *
 * @param isCounted whether somebody follows it: one click
 */
export async function followLink(
  em: EntityManager,
  delivery: DeliveryRef,
  isCounted: boolean,
): Promise<string | undefined> {
  const rows: { link: string | null }[] = await em.execute(
    `with click as (
       update post_clicks set clicks = clicks + 1 where guild_id = ? and post_id = ? and platform = ? and ?)
     select posts.link from posts
     join post_clicks as sent on (sent.guild_id, sent.post_id) = (posts.guild_id, posts.id)
     where sent.guild_id = ? and sent.post_id = ? and sent.platform = ?`,
    [...keyOf(delivery), isCounted, ...keyOf(delivery)],
  );
  const link = rows[0]?.link ?? null;
  // Whoever copies it from the preview into the post would be led round in a circle.
  return link === null || isOwnLink(delivery, link) ? undefined : link;
}

function keyOf({ guildId, postId, platform }: DeliveryRef): [string, string, string] {
  return [guildId, postId, platform];
}
