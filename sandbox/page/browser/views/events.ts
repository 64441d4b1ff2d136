// The guild's scheduled events.
import { GuildScheduledEventStatus } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { EventState } from '../../../control/api.ts';
import { setInterested } from '../actions/members.ts';
import { mayInGuild } from '../actions/permissions.ts';
import { markdown } from '../text/markdown.ts';
import { channelName, nameOf } from '../text/names.ts';
import { fullDate, relativeTime } from '../text/times.ts';
import { icon } from './icons.ts';
import { openDialog } from './overlay.ts';
import { contextOf, type View } from './view.ts';
import { workflowLink } from './workflow-link.ts';

/**
 * Draws the events that are to come or under way.
 * @param view the column
 * @returns a card for each
 */
export function eventsView(view: View): TemplateResult {
  const events = [...view.guild.events.values()]
    .filter(({ event }) => event.status < GuildScheduledEventStatus.Completed)
    .sort((a, b) => Date.parse(a.event.scheduled_start_time) - Date.parse(b.event.scheduled_start_time));
  const mayCreate = mayInGuild(view.guild, view.column.memberId, 'ManageEvents');
  return html`
    <div class="events">
      <div class="forum-bar">
        <p>${events.length === 1 ? '1 event' : `${events.length} events`}</p>
        ${mayCreate ? html`<button type="button" class="button primary" @click=${() => openDialog({ kind: 'new-event', columnId: view.column.id })}>${icon('plus')} Create event</button>` : nothing}
      </div>
      ${events.length === 0 ? html`<p class="notice big">${icon('calendar')} There are no upcoming events.</p>` : nothing}
      <ul>${events.map((state) => eventCard(state, view))}</ul>
    </div>
  `;
}

function eventCard({ event, interested }: EventState, view: View): TemplateResult {
  const { memberId } = view.column;
  const mine = interested.includes(memberId);
  const active = event.status === GuildScheduledEventStatus.Active;
  const place = event.channel_id
    ? channelName(view.guild, event.channel_id)
    : event.entity_metadata?.location;
  const time = Date.parse(event.scheduled_start_time);
  return html`
    <li class="event-card" aria-label=${event.name}>
      <p class="event-time ${active ? 'active' : ''}">
        ${icon('calendar')} ${active ? 'Happening now' : fullDate(event.scheduled_start_time)}
        <small>${active ? nothing : relativeTime(time, view.state.now)}</small>
        <span class="spring"></span>
        <span title="Interested" aria-label="${interested.length} interested">${icon('members')} ${interested.length}</span>
      </p>
      <h3>${event.name}</h3>
      ${event.description ? html`<div class="event-text">${markdown(event.description, contextOf(view))}</div>` : nothing}
      <p class="event-foot">
        <span>${icon(event.channel_id ? 'voice' : 'link')} ${place ?? 'Somewhere'}${event.creator_id ? html` • by ${nameOf(view.guild, event.creator_id)}` : nothing}</span>
        <span class="spring"></span>
        ${workflowLink(view.state.settings, { event: event.id })}
        <button type="button" class="button ${mine ? 'success' : 'secondary'}" aria-pressed=${mine}
          @click=${() => void setInterested(memberId, event.id, !mine)}>${mine ? icon('check') : icon('plus')} Interested</button>
      </p>
    </li>
  `;
}
