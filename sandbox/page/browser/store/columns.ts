// Columns: who is acted as, and where in Discord they are.
import { ChannelType, type Snowflake } from 'discord-api-types/v10';
import type { GuildState } from '../../../control/api.ts';
import { guildFromSnapshot } from './guild.ts';
import { openHistory } from './histories.ts';
import { readPreferences, savePreferences } from './preferences.ts';
import { type Column, type Draft, type Guild, type Place, placeKey, type State } from './state.ts';
import { state, update } from './store.ts';
import { openViewer } from './viewers.ts';

let lastId = 0;

/**
 * Shows the guild of a snapshot; at the first one, opens the columns of the last visit.
 * @param current the state, changed in place
 * @param snapshot the whole guild
 */
export function showSnapshot(current: State, snapshot: GuildState): void {
  const guild = guildFromSnapshot(snapshot, (current.guild?.revision ?? 0) + 1);
  current.guild = guild;
  current.columns = current.columns.filter((column) => guild.users.has(column.memberId));
  if (current.columns.length === 0) current.columns = rememberedColumns(guild);
  if (current.columns.length === 0) current.columns = [newColumn(guild.guild.owner_id, firstPlace(guild))];
  current.activeColumn = current.columns[0]?.id ?? 0;
  for (const column of current.columns) void openColumn(column);
}

function rememberedColumns(guild: Guild): Column[] {
  return readPreferences()
    .columns.filter((column) => guild.users.has(column.memberId))
    .map((column) => ({ ...newColumn(column.memberId, column.place), membersShown: column.membersShown }));
}

function newColumn(memberId: Snowflake, place: Place): Column {
  lastId += 1;
  return {
    id: lastId,
    memberId,
    place,
    drawer: null,
    membersShown: true,
    memberSearch: '',
    drafts: new Map(),
    editing: null,
    highlighted: null,
  };
}

/**
 * Finds where newcomers start.
 * @param guild the guild
 * @returns the channel where the guild greets them, or else its first text channel
 */
export function firstPlace(guild: Guild): Place {
  const greeting = guild.guild.system_channel_id;
  const texts = [...guild.channels.values()].filter((channel) => channel.type === ChannelType.GuildText);
  const welcome = texts.find((channel) => channel.name === 'welcome');
  const channelId = welcome?.id ?? greeting ?? texts[0]?.id;
  return channelId ? { kind: 'channel', channelId } : { kind: 'dms' };
}

async function openColumn(column: Column): Promise<void> {
  await openViewer(column.memberId);
  const channelId = channelOf(column);
  if (channelId) await openHistory(column.memberId, channelId);
}

/** Loads the direct messages of columns that wait for them: their channel is made with the first message. */
export function openDirectMessages(): void {
  for (const column of state.columns) if (column.place.kind === 'dms') void openColumn(column);
}

/**
 * Finds the channel whose messages a column shows.
 * @param column the column
 * @returns its id, or null where there are no messages
 */
export function channelOf(column: Column): Snowflake | null {
  if (column.place.kind === 'channel') return column.place.channelId;
  if (column.place.kind === 'dms') return dmChannelOf(state.guild, column.memberId);
  return null;
}

/**
 * Finds a member's direct messages with the bot.
 * @param guild the guild
 * @param memberId the member
 * @returns the channel's id, or null when they never spoke
 */
export function dmChannelOf(guild: Guild | null, memberId: Snowflake): Snowflake | null {
  const known = guild?.members.get(memberId)?.dmChannelId;
  if (known) return known;
  for (const channel of guild?.dmChannels.values() ?? []) {
    if (channel.recipients?.some((user) => user.id === memberId)) return channel.id;
  }
  return null;
}

/**
 * Finds a column.
 * @param columnId its id
 * @returns the column, or undefined when it has been closed
 */
export function columnById(columnId: number): Column | undefined {
  return state.columns.find((column) => column.id === columnId);
}

/**
 * Changes one column.
 * @param columnId which
 * @param change makes the change, on the column itself
 */
export function updateColumn(columnId: number, change: (column: Column) => void): void {
  update(() => {
    const column = columnById(columnId);
    if (column) change(column);
  });
  remember();
}

/**
 * Opens another column.
 * @param memberId who is acted as in it
 * @param place where it starts; where newcomers start when absent
 */
export function addColumn(memberId: Snowflake, place?: Place): void {
  const { guild } = state;
  if (!guild) return;
  const column = newColumn(memberId, place ?? firstPlace(guild));
  update(() => {
    state.columns = [...state.columns, column];
    state.activeColumn = column.id;
    state.overlay = null;
  });
  remember();
  void openColumn(column);
}

/**
 * Closes a column; the last one stays.
 * @param columnId which
 */
export function closeColumn(columnId: number): void {
  if (state.columns.length < 2) return;
  update(() => {
    state.columns = state.columns.filter((column) => column.id !== columnId);
    state.activeColumn = state.columns[0]?.id ?? 0;
    state.overlay = null;
  });
  remember();
}

/**
 * Acts as somebody else.
 * @param columnId in which column
 * @param memberId as whom
 * @param place where they are; where the one before was, when absent
 */
export function actAs(columnId: number, memberId: Snowflake, place?: Place): void {
  updateColumn(columnId, (column) => {
    column.memberId = memberId;
    column.place = place ?? column.place;
    column.editing = null;
    column.drafts = new Map();
    column.memberSearch = '';
    state.overlay = null;
    state.activeColumn = columnId;
  });
  const column = columnById(columnId);
  if (column) void openColumn(column);
}

/**
 * Goes somewhere in Discord.
 * @param columnId in which column
 * @param place where to
 */
export function goTo(columnId: number, place: Place): void {
  updateColumn(columnId, (column) => {
    column.place = place;
    column.drawer = null;
    column.editing = null;
    state.overlay = null;
    state.activeColumn = columnId;
  });
  const column = columnById(columnId);
  if (column) void openColumn(column);
}

/**
 * Gives what is being written in a column's place.
 * @param column the column
 * @returns the draft, an empty one when nothing was begun
 */
export function draftOf(column: Column): Draft {
  return (
    column.drafts.get(placeKey(column.place)) ?? {
      text: '',
      files: [],
      replyTo: null,
      command: null,
      sending: false,
    }
  );
}

/**
 * Changes what is being written in a column's place.
 * @param columnId which column
 * @param changes the parts that change
 */
export function updateDraft(columnId: number, changes: Partial<Draft>): void {
  update(() => {
    const column = columnById(columnId);
    column?.drafts.set(placeKey(column.place), { ...draftOf(column), ...changes });
  });
}

function remember(): void {
  const columns = state.columns.map(({ memberId, place, membersShown }) => ({
    memberId,
    place,
    membersShown,
  }));
  savePreferences({ columns });
}
