/** Input and answer of each call in `controlRoutes`. */

import type {
  APIChannel,
  APIDMChannel,
  APIGuildScheduledEvent,
  APIInvite,
  APIMessage,
  APIRole,
  APIThreadChannel,
  APIUser,
  ChannelType,
  GuildScheduledEventEntityType,
  GuildScheduledEventStatus,
  Snowflake,
} from 'discord-api-types/v10';
import type {
  controlRoutes,
  Exchange,
  FaultRule,
  FaultState,
  FileUpload,
  GatewayAction,
  GuildState,
  InteractionState,
  Limits,
  MemberChannel,
  MemberState,
  ReplayState,
  ReplayStep,
  RequestEntry,
  SessionState,
  Settings,
  ViewedMessage,
} from './api.ts';

interface Call<Input extends object, Answer> {
  input: Input;
  answer: Answer;
}

// biome-ignore lint/complexity/noBannedTypes: an input without any field, to which fields are added by `&`
type Nothing = {};
interface OfMember {
  memberId: Snowflake;
}
interface OfMessage {
  channelId: Snowflake;
  messageId: Snowflake;
}
/** The staff member who acts; their permissions and the role order are checked. Absent: the guild's owner. */
interface ByStaff {
  by?: Snowflake;
  reason?: string;
}
type Done = { done: true };
/** `getInteraction` says what came of it. */
type Started = { interactionId: Snowflake };

/** What a member fills into an option of a command: an id for users, roles and channels. */
export type OptionValue = string | number | boolean | FileUpload;
/** What a member fills into an input of a modal: text, the values of a select, or files. */
export type ModalValue = string | string[] | boolean | FileUpload[];

interface CommandInput extends OfMember {
  channelId: Snowflake;
  commandId: Snowflake;
  /** The names of the subcommand group and the subcommand, when the command has them. */
  subcommand?: string[];
  options?: Record<string, OptionValue>;
}

interface EventFields {
  name: string;
  description?: string;
  entityType: GuildScheduledEventEntityType;
  /** For voice and stage events. */
  channelId?: Snowflake;
  /** For external events. */
  location?: string;
  /** ISO times. An external event needs an end. */
  startsAt: string;
  endsAt?: string;
}

/** Input and answer of every call. */
export interface ControlCalls {
  getSettings: Call<Nothing, Settings>;
  getState: Call<Nothing, GuildState>;
  /** Also answers for a user who has left: `member` is null then. */
  getMember: Call<OfMember, { user: APIUser; member: MemberState | null }>;
  /** The channels and threads that the member sees. */
  getMemberChannels: Call<OfMember, { channels: MemberChannel[] }>;
  /** History as `as` sees it (the guild's owner when absent), oldest first; `limit` 1 to 100, 50 when absent. */
  getMessages: Call<
    {
      channelId: Snowflake;
      as?: Snowflake;
      before?: Snowflake;
      after?: Snowflake;
      around?: Snowflake;
      limit?: number;
    },
    { messages: ViewedMessage[] }
  >;
  getMessage: Call<OfMessage & { as?: Snowflake }, ViewedMessage>;
  /** The member's direct messages with the bot, oldest first; `channel` is null when they never spoke. */
  getDirectMessages: Call<
    OfMember & { before?: Snowflake; limit?: number },
    { channel: APIDMChannel | null; messages: ViewedMessage[] }
  >;
  /** The last 100 messages that notified the member, newest first. */
  getPings: Call<OfMember, { pings: { channelId: Snowflake; messageId: Snowflake; at: string }[] }>;
  getReactionUsers: Call<OfMessage & { emoji: string }, { users: APIUser[] }>;

  /** Names that are taken get a number. With `userId` a former member comes back. Without names: invented ones. */
  join: Call<
    {
      names?: string[];
      count?: number;
      userId?: Snowflake;
      bot?: boolean;
      /** Has not passed the guild's screening yet. */
      pending?: boolean;
      inviteCode?: string;
      /** Does not take direct messages from the start. */
      dmsClosed?: boolean;
    },
    { members: MemberState[] }
  >;
  leave: Call<OfMember, Done>;
  kick: Call<OfMember & ByStaff, Done>;
  ban: Call<OfMember & ByStaff & { deleteMessageSeconds?: number }, Done>;
  unban: Call<OfMember & ByStaff, Done>;
  passScreening: Call<OfMember, MemberState>;
  setDirectMessages: Call<OfMember & { open: boolean }, MemberState>;

  setNickname: Call<OfMember & { nickname: string | null } & ByStaff, MemberState>;
  giveRole: Call<OfMember & { roleId: Snowflake } & ByStaff, MemberState>;
  takeRole: Call<OfMember & { roleId: Snowflake } & ByStaff, MemberState>;
  /** `until` is an ISO time at most 28 days ahead, or null to end it. */
  setTimeout: Call<OfMember & { until: string | null } & ByStaff, MemberState>;
  /** Joins, moves, or (null) leaves a voice or stage channel. */
  setVoice: Call<OfMember & { channelId: Snowflake | null; selfMute?: boolean; selfDeaf?: boolean }, Done>;

  openDirectMessage: Call<OfMember, { channel: APIDMChannel }>;
  write: Call<
    OfMember & { channelId: Snowflake; content?: string; files?: FileUpload[]; replyTo?: Snowflake },
    ViewedMessage
  >;
  editMessage: Call<OfMember & OfMessage & { content: string }, ViewedMessage>;
  /** One's own, any with Manage Messages; an ephemeral one is dismissed. */
  deleteMessage: Call<OfMember & OfMessage, Done>;
  startTyping: Call<OfMember & { channelId: Snowflake }, Done>;
  /** `emoji` is the emoji itself, or `name:id` of a custom one. */
  react: Call<OfMember & OfMessage & { emoji: string }, Done>;
  unreact: Call<OfMember & OfMessage & { emoji: string }, Done>;
  pin: Call<OfMember & OfMessage, Done>;
  unpin: Call<OfMember & OfMessage, Done>;
  /** An empty list takes the vote back. */
  vote: Call<OfMember & OfMessage & { answerIds: number[] }, Done>;
  /** From a message, without one, or (in a forum) with its first message. */
  openThread: Call<
    OfMember & {
      channelId: Snowflake;
      name: string;
      messageId?: Snowflake;
      content?: string;
      /** Ids of the forum's tags. */
      tags?: Snowflake[];
      private?: boolean;
    },
    { thread: APIThreadChannel; message: APIMessage | null }
  >;

  press: Call<OfMember & OfMessage & { customId: string }, Started>;
  /** Values of a string select; ids of users, roles or channels for the others. */
  choose: Call<OfMember & OfMessage & { customId: string; values: string[] }, Started>;
  /** `targetId`: the user or message of a context menu. */
  runCommand: Call<CommandInput & { targetId?: Snowflake }, Started>;
  /** `focused` names the option in which the member is typing. */
  autocomplete: Call<CommandInput & { focused: string }, Started>;
  /** `interactionId` is the one that was answered by the modal; `values` by the inputs' custom ids. */
  submitModal: Call<OfMember & { interactionId: Snowflake; values: Record<string, ModalValue> }, Started>;
  /**
   * With `wait` (ms, at most 60,000) it answers when the outcome is no longer `waiting` (`until: 'first'`, as when
   * absent), or neither `waiting` nor `deferred` (`until: 'final'`), or the time is over.
   */
  getInteraction: Call<
    { interactionId: Snowflake; wait?: number; until?: 'first' | 'final' },
    InteractionState
  >;
  /** The newest 100. */
  listInteractions: Call<{ memberId?: Snowflake }, { interactions: InteractionState[] }>;

  createEvent: Call<OfMember & EventFields, APIGuildScheduledEvent>;
  editEvent: Call<
    OfMember & { eventId: Snowflake; status?: GuildScheduledEventStatus } & Partial<EventFields>,
    APIGuildScheduledEvent
  >;
  deleteEvent: Call<OfMember & { eventId: Snowflake }, Done>;
  markInterested: Call<OfMember & { eventId: Snowflake }, Done>;
  unmarkInterested: Call<OfMember & { eventId: Snowflake }, Done>;
  /** `maxAge` in seconds (0: for ever, a day when absent), `maxUses` 0: without a bound. */
  createInvite: Call<OfMember & { channelId: Snowflake; maxAge?: number; maxUses?: number }, APIInvite>;

  createChannel: Call<
    { name: string; type: ChannelType; parentId?: Snowflake; topic?: string } & ByStaff,
    APIChannel
  >;
  deleteChannel: Call<{ channelId: Snowflake } & ByStaff, Done>;
  /** `type` 0: role, 1: member. `allow` and `deny` are Discord's decimal strings. */
  setPermissions: Call<
    { channelId: Snowflake; targetId: Snowflake; type: 0 | 1; allow: string; deny: string } & ByStaff,
    Done
  >;
  clearPermissions: Call<{ channelId: Snowflake; targetId: Snowflake } & ByStaff, Done>;
  /** `permissions` is Discord's decimal string; `position` counts from the bottom. */
  createRole: Call<
    { name: string; color?: number; permissions?: string; position?: number } & ByStaff,
    APIRole
  >;
  deleteRole: Call<{ roleId: Snowflake } & ByStaff, Done>;

  /** Adds members without telling the bot (as if they had always been there), unless `announce`. */
  fill: Call<{ members: number; seed?: number; announce?: boolean }, { added: number; members: number }>;
  /** A list of steps, or a day made up from a seed; `speed` 3,600 plays an hour in a second. */
  replay: Call<
    { steps?: ReplayStep[]; seed?: number; members?: number; messages?: number; speed?: number },
    ReplayState
  >;
  getReplay: Call<Nothing, ReplayState>;
  stopReplay: Call<Nothing, ReplayState>;
  /** The guild as in its file; faults, limits and logs as at the start. Gateway sessions are invalidated. */
  reset: Call<Nothing, Done>;

  getFaults: Call<Nothing, FaultState>;
  setFaults: Call<{ rules: FaultRule[] }, FaultState>;
  actOnGateway: Call<GatewayAction, Done>;
  getSessions: Call<Nothing, { sessions: SessionState[] }>;
  getAway: Call<Nothing, FaultState>;
  /** Milliseconds, 'until-cleared', or null to be back at once. */
  setAway: Call<{ away: number | 'until-cleared' | null }, FaultState>;
  getLimits: Call<Nothing, Limits>;
  setLimits: Call<Partial<Limits>, Limits>;
  /** `since`: entries with a greater id. `limit` 1,000 when absent. Oldest first. */
  getRequests: Call<
    { since?: number; route?: string; method?: string; status?: number; limit?: number },
    { entries: RequestEntry[]; lastId: number }
  >;
  clearRequests: Call<Nothing, Done>;
  /** Counted since the start or the last `clearRequests`, however many entries are kept. */
  countRequests: Call<
    Nothing,
    { counts: { method: string; route: string; status: number; count: number }[] }
  >;
  /** Empty unless the server was started with `recordExchanges`. */
  getExchanges: Call<Nothing, { exchanges: Exchange[] }>;
  clearExchanges: Call<Nothing, Done>;
}

/** The name of a call. */
export type ControlCallName = keyof typeof controlRoutes;

type Arguments<Input> = Nothing extends Input ? [input?: Input] : [input: Input];
/** Every call as a function. */
export type ControlClient = {
  [Name in ControlCallName]: (
    ...input: Arguments<ControlCalls[Name]['input']>
  ) => Promise<ControlCalls[Name]['answer']>;
};
