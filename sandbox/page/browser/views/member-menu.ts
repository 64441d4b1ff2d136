// What there is to see and do about somebody.
import type { Snowflake } from 'discord-api-types/v10';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { MemberState } from '../../../control/api.ts';
import { runOnTarget } from '../actions/commands.ts';
import { comeBack, copy, leave, sitDown } from '../actions/members.ts';
import { mayInGuild, mayUse } from '../actions/permissions.ts';
import { ban, endTimeout, kick, timeOut } from '../actions/staff.ts';
import { actAs, addColumn } from '../store/columns.ts';
import type { Overlay } from '../store/state.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelKind, cssColor, nameOf, rolesOf } from '../text/names.ts';
import { longDate } from '../text/times.ts';
import { menuItem, openDialog, popover } from './overlay.ts';
import type { View } from './view.ts';
import { workflowAddress } from './workflow-link.ts';

type MemberMenu = Extract<Overlay, { kind: 'member-menu' }>;

/**
 * Draws somebody's profile with its menu.
 * @param view the column it was asked in
 * @param overlay whose
 * @returns the menu
 */
export function memberMenu(view: View, overlay: MemberMenu): TemplateResult {
  const { guild } = view;
  const { userId } = overlay;
  const member = guild.members.get(userId);
  return popover(
    overlay.anchor,
    `Profile of ${nameOf(guild, userId)}`,
    'menu',
    html`
      ${profile(view, userId, member)}
      ${member?.member.user.bot ? nothing : actingItems(view, userId, member)} ${appItems(view, userId, member)}
      ${member && userId !== view.column.memberId ? staffItems(view, member) : nothing}
      <hr />
      ${workflowItem(view, userId)} ${menuItem('Copy user ID', () => void copy(userId, 'User ID'))}
    `,
  );
}

function profile(view: View, userId: Snowflake, member: MemberState | undefined): TemplateResult {
  const user = view.guild.users.get(userId);
  const roles = member ? rolesOf(view.guild, member) : [];
  const joined = member?.member.joined_at;
  return html`
    <div class="profile" role="presentation">
      <img class="avatar large" src=${avatarOf(user)} alt="" />
      <p class="profile-name"><bdi>${nameOf(view.guild, userId)}</bdi>${user?.bot ? html`<span class="app-tag">App</span>` : nothing}</p>
      <p class="profile-note">${user?.username}${joined ? html` • joined ${longDate(joined)}` : html` • not in this server`}</p>
      ${member && !member.dmsOpen ? html`<p class="profile-note">Direct messages are closed.</p>` : nothing}
      ${member?.inviteCode ? html`<p class="profile-note">Came by invite ${member.inviteCode}.</p>` : nothing}
      <p class="profile-roles">
        ${roles.map((role) => html`<span class="role-chip"><svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill=${role.color ? cssColor(role.color) : '#8a8f98'} /></svg>${role.name}</span>`)}
        ${member && roles.length === 0 ? html`<span class="profile-note">No roles yet</span>` : nothing}
      </p>
    </div>
  `;
}

function actingItems(view: View, userId: Snowflake, member: MemberState | undefined): TemplateResult {
  const { column } = view;
  const self = userId === column.memberId;
  return html`
    ${self ? nothing : menuItem('Act as them', () => actAs(column.id, userId))}
    ${self ? nothing : menuItem('Open side by side', () => addColumn(userId))}
    ${self && member ? menuItem('Change nickname', () => openDialog({ kind: 'nickname', columnId: column.id, userId })) : nothing}
    ${self && member ? menuItem('Leave server', () => void leave(userId), 'danger') : nothing}
    ${member ? nothing : menuItem('Join again', () => void comeBack(userId))}
  `;
}

function appItems(
  view: View,
  userId: Snowflake,
  member: MemberState | undefined,
): TemplateResult | typeof nothing {
  const { guild, column } = view;
  const commands = guild.commands.filter(
    (command) =>
      command.type === ApplicationCommandType.User &&
      mayUse(guild, column.memberId, command.default_member_permissions),
  );
  if (commands.length === 0 || !member) return nothing;
  return html`<hr /><p class="menu-title">Apps</p>
    ${commands.map((command) => menuItem(command.name, () => void runOnTarget(column, command.id, userId)))}`;
}

/** What Discord offers those who have the permission. */
function staffItems(view: View, { member }: MemberState): TemplateResult | typeof nothing {
  const { guild, column } = view;
  const by = column.memberId;
  const may = (permission: Parameters<typeof mayInGuild>[2]) => mayInGuild(guild, by, permission);
  const userId = member.user.id;
  const muted = Boolean(member.communication_disabled_until);
  const items = [
    may('ManageRoles')
      ? menuItem('Roles…', () => openDialog({ kind: 'roles', columnId: column.id, userId }))
      : nothing,
    may('ManageNicknames')
      ? menuItem('Change nickname', () => openDialog({ kind: 'nickname', columnId: column.id, userId }))
      : nothing,
    may('MoveMembers') ? moveItem(view, userId) : nothing,
    may('ModerateMembers')
      ? menuItem(
          muted ? 'End timeout' : 'Time out for 10 minutes',
          () => void (muted ? endTimeout(by, userId) : timeOut(by, userId)),
          'danger',
        )
      : nothing,
    may('KickMembers') ? menuItem('Kick', () => void kick(by, userId), 'danger') : nothing,
    may('BanMembers') ? menuItem('Ban', () => void ban(by, userId), 'danger') : nothing,
  ].filter((item) => item !== nothing);
  return items.length > 0 ? html`<hr />${items}` : nothing;
}

function moveItem(view: View, userId: Snowflake): TemplateResult | typeof nothing {
  const seat = view.guild.voiceStates.get(userId)?.channel_id;
  if (!seat) return nothing;
  const others = [...view.guild.channels.values()].filter(
    (channel) => channelKind(channel) === 'voice' && channel.id !== seat,
  );
  return html`
    ${others.map((channel) => menuItem(`Move to ${channel.name}`, () => void sitDown(userId, channel.id)))}
    ${menuItem('Disconnect from voice', () => void sitDown(userId, null))}
  `;
}

function workflowItem(view: View, userId: Snowflake): TemplateResult | typeof nothing {
  const address = workflowAddress(view.state.settings?.workflowUrl, { member: userId });
  return address
    ? html`<a class="menu-item" role="menuitem" href=${address} target="_blank" rel="noopener">Workflows in Temporal</a>`
    : nothing;
}
