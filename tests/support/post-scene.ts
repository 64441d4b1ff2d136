/** A bot and a worker that serve authors and approvers of posts, and what tests look at there. */

import type { APIMessage } from 'discord-api-types/v10';
import { findListedPost } from '../../database/post-lists.ts';
import type { PostRef } from '../../domain/posts.ts';
import { type SceneSetting, startBotScene } from './bot-scene.ts';
import { memberNamed } from './command.ts';
import { buttonsOf, type Options } from './event-forms.ts';
import { messagesIn } from './on-discord.ts';
import { postOf } from './post-forms.ts';

/** A scene with an author, an approver, and a member who is neither. */
export type PostScene = Awaited<ReturnType<typeof startPostScene>>;

export async function startPostScene(setting?: SceneSetting) {
  const scene = await startBotScene(setting);
  const { discord, worker, staff: approver } = scene;
  return {
    ...{ scene, discord, approver },
    author: await memberNamed(discord, 'Kofi Mensah'),
    member: await memberNamed(discord, 'Tom Becker'),
    database: () => worker.database.em.fork(),

    /** The post that a preview is about, as it is stored. */
    rowOf: (message: APIMessage) => findListedPost(worker.database.em.fork(), postOf(discord, message)),

    /** What of the bot's posts on Discord has these words. */
    published: async (text: string) =>
      (await messagesIn(scene, 'announcements')).filter(({ content }) => content.includes(text)),

    /** What staff are shown of a post. */
    inStaffChannel: async (title: string) =>
      (await messagesIn(scene, 'staff')).filter((message) => JSON.stringify(message).includes(title)),
  };
}

/** A subcommand of `/post` about one post. */
export function aboutPost(subcommand: string, post: Pick<PostRef, 'postId'>, more: Options = {}) {
  return { name: 'post', subcommand, options: { post: post.postId, ...more } };
}

/** What a preview says of all platforms. */
export const overview = ({ embeds }: APIMessage) => embeds[0]?.description ?? '';

/** The buttons and menus below a message, without what they are about. */
export const namesOf = (message: APIMessage) => buttonsOf(message).map((id) => id.split(':')[0]);
