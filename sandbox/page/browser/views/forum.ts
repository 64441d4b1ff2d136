// Forum channels: a list of posts, each of which is a thread.
import type { APIThreadChannel, Snowflake } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { goTo } from '../store/columns.ts';
import { isNewer } from '../store/histories.ts';
import { nameOf } from '../text/names.ts';
import { relativeTime } from '../text/times.ts';
import { icon } from './icons.ts';
import { openDialog } from './overlay.ts';
import type { View } from './view.ts';

/**
 * Draws a forum.
 * @param view the column
 * @param channelId the forum's channel
 * @returns its posts, newest first, and a button that opens another
 */
export function forumView(view: View, channelId: Snowflake): TemplateResult {
  const posts = [...view.guild.threads.values()]
    .filter((thread) => thread.parent_id === channelId)
    .sort((a, b) => (isNewer(a.id, b.id) ? -1 : 1));
  const open = () => openDialog({ kind: 'new-thread', columnId: view.column.id, channelId, messageId: null });
  return html`
    <div class="forum">
      <div class="forum-bar">
        <p>${posts.length === 1 ? '1 post' : `${posts.length} posts`}</p>
        <button type="button" class="button primary" @click=${open}>${icon('plus')} New post</button>
      </div>
      ${posts.length === 0 ? html`<p class="notice big">${icon('forum')} Nobody has posted here yet.</p>` : ''}
      <ul>${posts.map((post) => postView(post, view))}</ul>
    </div>
  `;
}

function postView(post: APIThreadChannel, view: View): TemplateResult {
  const parent = view.guild.channels.get(post.parent_id ?? '');
  const tags = parent && 'available_tags' in parent ? parent.available_tags : [];
  const names = (post.applied_tags ?? [])
    .map((id) => tags.find((tag) => tag.id === id)?.name)
    .filter(Boolean);
  const created = post.thread_metadata?.create_timestamp;
  return html`
    <li>
      <button type="button" class="forum-post" @click=${() => goTo(view.column.id, { kind: 'channel', channelId: post.id })}>
        <span class="forum-tags">${names.map((name) => html`<span class="chip">${name}</span>`)}</span>
        <b>${post.name}</b>
        <small>${post.owner_id ? nameOf(view.guild, post.owner_id) : ''} • ${icon('dm')} ${post.message_count ?? 0}
          ${created ? html`• ${relativeTime(Date.parse(created), view.state.now)}` : ''}</small>
      </button>
    </li>
  `;
}
