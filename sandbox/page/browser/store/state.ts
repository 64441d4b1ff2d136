// Everything that the page knows, as one object. Entities in the maps are replaced, never changed, so that what
// is drawn can be compared by identity.
import type {
  APIApplicationCommand,
  APIChannel,
  APIDMChannel,
  APIGuild,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIThreadChannel,
  APIUser,
  APIVoiceState,
  Snowflake,
} from 'discord-api-types/v10';
import type {
  EventState,
  FaultState,
  InteractionState,
  Limits,
  MemberChannel,
  MemberState,
  RequestEntry,
  Settings,
  ViewedMessage,
} from '../../../control/api.ts';
import type { CommandEntry } from './command-entry.ts';

/** The guild as the local Discord told it. */
export interface Guild {
  guild: APIGuild;
  channels: Map<Snowflake, APIChannel>;
  threads: Map<Snowflake, APIThreadChannel>;
  roles: Map<Snowflake, APIRole>;
  members: Map<Snowflake, MemberState>;
  /** Everybody who is or was a member, or who wrote a message. */
  users: Map<Snowflake, APIUser>;
  commands: APIApplicationCommand[];
  events: Map<Snowflake, EventState>;
  /** By user. */
  voiceStates: Map<Snowflake, APIVoiceState>;
  dmChannels: Map<Snowflake, APIDMChannel>;
  botOnline: boolean;
  /** Grows with each change to names, roles or channels: what shows them is drawn anew. */
  revision: number;
}

/** Where in Discord a column is. */
export type Place = { kind: 'channel'; channelId: Snowflake } | { kind: 'dms' } | { kind: 'events' };

/** Text that is being written, for one place. */
export interface Draft {
  text: string;
  files: File[];
  replyTo: Snowflake | null;
  command: CommandEntry | null;
  sending: boolean;
}

/** One member's view: a whole Discord of its own. */
export interface Column {
  id: number;
  memberId: Snowflake;
  place: Place;
  /** What slides in where there is no room for it beside the messages. */
  drawer: 'channels' | 'members' | null;
  membersShown: boolean;
  memberSearch: string;
  /** By place. */
  drafts: Map<string, Draft>;
  editing: { messageId: Snowflake; text: string } | null;
  /** The message that a jump leads to, for a moment. */
  highlighted: Snowflake | null;
}

/** The messages of a channel as one member sees them, oldest first. */
export interface History {
  memberId: Snowflake;
  channelId: Snowflake;
  messages: ViewedMessage[];
  loaded: boolean;
  loading: boolean;
  /** Whether there is nothing older. */
  complete: boolean;
  /** Whether somebody scrolled up for more: then nothing is dropped from under their eyes. */
  scrolledUp: boolean;
  error: string | null;
}

/** What the page keeps for a member whom somebody acts as. */
export interface Viewer {
  memberId: Snowflake;
  /** The channels that the member sees; null until known. */
  channels: Map<Snowflake, MemberChannel> | null;
  /** The last message read, by channel. */
  read: Map<Snowflake, Snowflake>;
  /** Messages that mention the member and are not read, by channel. In the DM: every unread message. */
  pings: Map<Snowflake, Set<Snowflake>>;
}

/** A point on the page that a menu opens at, in CSS pixels of the window. */
export interface Anchor {
  left: number;
  top: number;
  bottom: number;
  right: number;
}

/** What lies over the page: at most one at a time. */
export type Overlay =
  | { kind: 'switch-member'; columnId: number | 'new'; anchor: Anchor; search: string }
  | { kind: 'message-menu'; columnId: number; channelId: Snowflake; messageId: Snowflake; anchor: Anchor }
  | { kind: 'react'; columnId: number; channelId: Snowflake; messageId: Snowflake; anchor: Anchor }
  | { kind: 'insert-emoji'; columnId: number; anchor: Anchor }
  | { kind: 'member-menu'; columnId: number; userId: Snowflake; anchor: Anchor };

/** A dialog that asks for something: at most one at a time. */
export type Dialog =
  | { kind: 'join'; error: string | null }
  | { kind: 'delete-message'; columnId: number; channelId: Snowflake; messageId: Snowflake }
  | { kind: 'new-thread'; columnId: number; channelId: Snowflake; messageId: Snowflake | null }
  | { kind: 'new-event'; columnId: number }
  | { kind: 'invite'; columnId: number; code: string | null }
  | { kind: 'nickname'; columnId: number; userId: Snowflake }
  | { kind: 'roles'; columnId: number; userId: Snowflake }
  | { kind: 'pins'; columnId: number; channelId: Snowflake; messages: ViewedMessage[] | null };

/** A modal that the bot opened. */
export interface OpenModal {
  columnId: number;
  memberId: Snowflake;
  interactionId: Snowflake;
  modal: APIModalInteractionResponseCallbackData;
  error: string | null;
  sending: boolean;
}

/** A select menu whose options are shown. */
interface OpenSelect {
  key: string;
  search: string;
  active: number;
  chosen: string[];
}

/** A short notice that goes away by itself. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
}

/** An interaction that was started from this page. */
export interface StartedInteraction {
  columnId: number;
  /** `messageId/custom_id` of the component, or null for a command. */
  component: string | null;
  state: InteractionState;
}

export type Theme = 'system' | 'dark' | 'light';

export interface State {
  connection: 'connecting' | 'live' | 'away';
  settings: Settings | null;
  guild: Guild | null;
  columns: Column[];
  /** The column that new-message announcements and shortcuts refer to. */
  activeColumn: number;
  histories: Map<string, History>;
  viewers: Map<Snowflake, Viewer>;
  interactions: Map<Snowflake, StartedInteraction>;
  /** The names of commands that were run, by interaction. */
  commandNames: Map<Snowflake, string>;
  /** Who is typing, by channel and user, and until when (ms since 1970). */
  typing: Map<string, number>;
  overlay: Overlay | null;
  dialog: Dialog | null;
  modals: OpenModal[];
  openSelect: OpenSelect | null;
  toasts: Toast[];
  theme: Theme;
  firstStep: number | null;
  staffPanel: {
    open: boolean;
    tab: 'workflows' | 'faults' | 'requests';
    search: string;
    failedOnly: boolean;
  };
  requests: RequestEntry[];
  faults: FaultState;
  limits: Limits | null;
  /** The time that is shown times are relative to (ms since 1970). */
  now: number;
  /** What a screen reader is told. */
  announcement: string;
}

/**
 * Names a place, to keep drafts by.
 * @param place the place
 * @returns a key, the same for the same place
 */
export function placeKey(place: Place): string {
  return place.kind === 'channel' ? place.channelId : place.kind;
}

/**
 * Names a history.
 * @param memberId who looks
 * @param channelId at what
 * @returns the key in `State.histories`
 */
export function historyKey(memberId: Snowflake, channelId: Snowflake): string {
  return `${memberId}/${channelId}`;
}
