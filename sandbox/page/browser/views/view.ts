// What the views of a column are drawn from.
import type { Snowflake } from 'discord-api-types/v10';
import type { MemberState } from '../../../control/api.ts';
import { goTo } from '../store/columns.ts';
import type { Column, Guild, State, Viewer } from '../store/state.ts';
import type { MarkdownContext } from '../text/markdown.ts';
import { anchorOf, openOverlay } from './overlay.ts';

/** A column with what it shows. */
export interface View {
  state: State;
  guild: Guild;
  column: Column;
  viewer: Viewer | undefined;
  /** The member who is acted as; undefined when they have left. */
  member: MemberState | undefined;
}

/**
 * Gathers what a column is drawn from.
 * @param state the state
 * @param guild the guild
 * @param column the column
 * @returns the view
 */
export function viewOf(state: State, guild: Guild, column: Column): View {
  const { memberId } = column;
  return { state, guild, column, viewer: state.viewers.get(memberId), member: guild.members.get(memberId) };
}

/**
 * Gives what messages of a column are drawn for.
 * @param view the column
 * @returns the context
 */
export function contextOf(view: View): MarkdownContext {
  return {
    guild: view.guild,
    memberId: view.column.memberId,
    now: view.state.now,
    onUser: (userId, event) => openMember(view, userId, event),
    onChannel: (channelId) => openChannel(view, channelId),
  };
}

/**
 * Opens what there is to see and do about somebody.
 * @param view the column it was asked in
 * @param userId who
 * @param event the click
 */
export function openMember(view: View, userId: Snowflake, event: Event): void {
  openOverlay({ kind: 'member-menu', columnId: view.column.id, userId, anchor: anchorOf(event) });
}

/** Goes to a channel, if the member sees it. */
function openChannel(view: View, channelId: Snowflake): void {
  if (view.viewer?.channels?.has(channelId)) goTo(view.column.id, { kind: 'channel', channelId });
}
