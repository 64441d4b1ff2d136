/**
 * The contract of the control API: everything that one can do to the local Discord which is not Discord's own
 * API, above all acting as a member. The page, the tests and the benchmarks use nothing else.
 *
 * `controlRoutes` says method and path of each call, `ControlCalls` (control/calls.ts) its input and answer.
 * Shapes are Discord's own (discord-api-types) wherever Discord has one.
 */

import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIDMChannel,
  APIGuild,
  APIGuildMember,
  APIGuildScheduledEvent,
  APIInvite,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIThreadChannel,
  APIUser,
  APIVoiceState,
  GatewayDispatchPayload,
  InteractionType,
  Snowflake,
} from 'discord-api-types/v10';
import type { FaultState, Limits, ReplayState, RequestEntry } from './observed.ts';

export type * from './observed.ts';

/**
 * Method and path of every call. A name in the path (`:memberId`) is taken from the call's input; the rest of the
 * input is the query of a GET or DELETE, and the JSON body of everything else.
 * `GET /control/live` is no call but a WebSocket that sends `LiveMessage`s.
 */
export const controlRoutes = {
  // What there is.
  getSettings: 'GET /control/settings',
  getState: 'GET /control/state',
  getMember: 'GET /control/members/:memberId',
  getMemberChannels: 'GET /control/members/:memberId/channels',
  getMessages: 'GET /control/channels/:channelId/messages',
  getMessage: 'GET /control/channels/:channelId/messages/:messageId',
  getDirectMessages: 'GET /control/members/:memberId/direct-messages',
  getPings: 'GET /control/members/:memberId/pings',
  getReactionUsers: 'GET /control/channels/:channelId/messages/:messageId/reactions/:emoji',

  // Coming and going.
  join: 'POST /control/members',
  leave: 'POST /control/members/:memberId/leave',
  kick: 'POST /control/members/:memberId/kick',
  ban: 'POST /control/members/:memberId/ban',
  unban: 'POST /control/members/:memberId/unban',
  passScreening: 'POST /control/members/:memberId/screening',
  setDirectMessages: 'PUT /control/members/:memberId/direct-messages',

  // Being somebody in the guild.
  setNickname: 'PUT /control/members/:memberId/nickname',
  giveRole: 'PUT /control/members/:memberId/roles/:roleId',
  takeRole: 'DELETE /control/members/:memberId/roles/:roleId',
  setTimeout: 'PUT /control/members/:memberId/timeout',
  setVoice: 'PUT /control/members/:memberId/voice',

  // Writing.
  openDirectMessage: 'POST /control/members/:memberId/direct-messages',
  write: 'POST /control/members/:memberId/messages',
  editMessage: 'PATCH /control/members/:memberId/channels/:channelId/messages/:messageId',
  deleteMessage: 'DELETE /control/members/:memberId/channels/:channelId/messages/:messageId',
  startTyping: 'POST /control/members/:memberId/channels/:channelId/typing',
  react: 'PUT /control/members/:memberId/channels/:channelId/messages/:messageId/reactions/:emoji',
  unreact: 'DELETE /control/members/:memberId/channels/:channelId/messages/:messageId/reactions/:emoji',
  pin: 'PUT /control/members/:memberId/channels/:channelId/messages/:messageId/pin',
  unpin: 'DELETE /control/members/:memberId/channels/:channelId/messages/:messageId/pin',
  vote: 'PUT /control/members/:memberId/channels/:channelId/messages/:messageId/votes',
  openThread: 'POST /control/members/:memberId/threads',

  // Interactions. Each answers with the interaction's id; what comes of it is `getInteraction`.
  press: 'POST /control/members/:memberId/press',
  choose: 'POST /control/members/:memberId/choose',
  runCommand: 'POST /control/members/:memberId/run',
  autocomplete: 'POST /control/members/:memberId/autocomplete',
  submitModal: 'POST /control/members/:memberId/submit',
  getInteraction: 'GET /control/interactions/:interactionId',
  listInteractions: 'GET /control/interactions',

  // Events and invites.
  createEvent: 'POST /control/members/:memberId/events',
  editEvent: 'PATCH /control/members/:memberId/events/:eventId',
  deleteEvent: 'DELETE /control/members/:memberId/events/:eventId',
  markInterested: 'PUT /control/members/:memberId/events/:eventId/interest',
  unmarkInterested: 'DELETE /control/members/:memberId/events/:eventId/interest',
  createInvite: 'POST /control/members/:memberId/invites',

  // What staff do in Discord's settings.
  createChannel: 'POST /control/channels',
  deleteChannel: 'DELETE /control/channels/:channelId',
  setPermissions: 'PUT /control/channels/:channelId/permissions/:targetId',
  clearPermissions: 'DELETE /control/channels/:channelId/permissions/:targetId',
  createRole: 'POST /control/roles',
  deleteRole: 'DELETE /control/roles/:roleId',

  // Crowds and days.
  fill: 'POST /control/fill',
  replay: 'POST /control/replay',
  getReplay: 'GET /control/replay',
  stopReplay: 'DELETE /control/replay',
  reset: 'POST /control/reset',

  // Faults, limits, and what happened.
  getFaults: 'GET /control/faults',
  setFaults: 'PUT /control/faults',
  actOnGateway: 'POST /control/gateway',
  getSessions: 'GET /control/gateway',
  getAway: 'GET /control/away',
  setAway: 'PUT /control/away',
  getLimits: 'GET /control/limits',
  setLimits: 'PUT /control/limits',
  getRequests: 'GET /control/requests',
  clearRequests: 'DELETE /control/requests',
  countRequests: 'GET /control/requests/counts',
  getExchanges: 'GET /control/exchanges',
  clearExchanges: 'DELETE /control/exchanges',
} as const;

/** The path of the WebSocket that sends `LiveMessage`s, the first of them a `snapshot`. */
export const livePath = '/control/live';

/** What a refused call answers, with status 400 (invalid), 403 (not-allowed), 404 (not-found) or 409 (conflict). */
export interface ControlError {
  error: 'invalid' | 'not-allowed' | 'not-found' | 'conflict';
  /** One sentence that can be shown to the person who tried. */
  message: string;
}

/** What the page needs to know of the surroundings. */
export interface Settings {
  /** An address with `{member}`, `{event}` or `{id}` in it, for links to the open workflow; null when not set. */
  workflowUrl: string | null;
  guildId: Snowflake;
  applicationId: Snowflake;
  /** The bot's user id. */
  botId: Snowflake;
}

/** A member with what only the local Discord knows of them. */
export interface MemberState {
  member: APIGuildMember;
  /** Whether direct messages from the bot are accepted. */
  dmsOpen: boolean;
  /** The member's direct-message channel with the bot, when there is one. */
  dmChannelId: Snowflake | null;
  /** The code of the invite by which the member joined, when known. */
  inviteCode: string | null;
  /** Guild-wide permissions, as Discord's decimal string. */
  permissions: string;
}

/** A scheduled event with the ids of those who pressed Interested. */
export interface EventState {
  event: APIGuildScheduledEvent;
  interested: Snowflake[];
}

/** The whole guild from a viewpoint that sees everything. */
export interface GuildState {
  guild: APIGuild;
  /** All channels but threads and direct messages. */
  channels: APIChannel[];
  threads: APIThreadChannel[];
  members: MemberState[];
  /** Users who are not in the guild (any more) but have been. */
  formerUsers: APIUser[];
  commands: APIApplicationCommand[];
  events: EventState[];
  voiceStates: APIVoiceState[];
  invites: APIInvite[];
  dmChannels: APIDMChannel[];
  /** Whether a bot is connected to the gateway. */
  botOnline: boolean;
}

/** What a member may do in a channel that they can see. */
export interface MemberChannel {
  channelId: Snowflake;
  /** Permissions in this channel, as Discord's decimal string. */
  permissions: string;
  canWrite: boolean;
}

/** A file that a member sends: at most 10 MiB. */
export interface FileUpload {
  filename: string;
  contentType: string;
  /** The content in Base64. */
  base64: string;
}

/** A message as one viewer gets it. */
export interface ViewedMessage {
  message: APIMessage;
  /** The one member who sees this message (an ephemeral one), or null when everyone in the channel does. */
  visibleTo: Snowflake | null;
  /** The members who were notified by a mention or a reply in this message. */
  pinged: Snowflake[];
}

export type InteractionOutcome =
  /** Nobody answered yet. */
  | { state: 'waiting' }
  /** "Thinking..." (with `update`: of the message that the component is on, where nothing is to be seen). */
  | { state: 'deferred'; update: boolean; ephemeral: boolean }
  /** Answered by a message. */
  | { state: 'answered'; message: ViewedMessage }
  /** Answered by changing the message that the component is on. */
  | { state: 'updated'; message: ViewedMessage }
  | { state: 'modal'; modal: APIModalInteractionResponseCallbackData }
  | { state: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  /** "The application did not respond": in 3 s, or in 15 min after "thinking". */
  | { state: 'failed'; reason: 'no-answer' | 'no-answer-after-deferring' | 'bot-offline' };

/** An interaction and what came of it. */
export interface InteractionState {
  id: Snowflake;
  type: InteractionType;
  memberId: Snowflake;
  channelId: Snowflake;
  /** The message that the component is on. */
  messageId: Snowflake | null;
  /** The name of the command, or the custom id of the component or modal. */
  name: string;
  /** ISO time. */
  createdAt: string;
  /** Milliseconds from the press to the first answer. */
  answeredAfterMs: number | null;
  outcome: InteractionOutcome;
  followUps: ViewedMessage[];
  /** A modal that was submitted or superseded is not open any more. */
  modalOpen: boolean;
}

type OfDispatch<P> = P extends { t: infer T; d: infer D } ? { t: T; d: D } : never;
/** `t` and `d` of any gateway dispatch. */
export type Dispatch = OfDispatch<GatewayDispatchPayload>;

/** What the WebSocket `GET /control/live` sends. */
export type LiveMessage =
  | { kind: 'snapshot'; state: GuildState; faults: FaultState; limits: Limits }
  /**
   * A gateway dispatch as somebody would get it who sees everything: direct messages of all members (`guild_id` is
   * absent) and ephemeral messages (`visibleTo` is set) too.
   */
  | { kind: 'dispatch'; dispatch: Dispatch; visibleTo: Snowflake | null; pinged: Snowflake[] }
  /** What Discord does not tell by the gateway but the page shows: closed DMs, invite used, permissions. */
  | { kind: 'member'; member: MemberState }
  | { kind: 'invite'; invite: APIInvite }
  | { kind: 'commands'; commands: APIApplicationCommand[] }
  | { kind: 'interaction'; interaction: InteractionState }
  /** Requests to the bot's API, collected for a tenth of a second. */
  | { kind: 'requests'; entries: RequestEntry[]; skipped: number }
  | { kind: 'faults'; faults: FaultState }
  | { kind: 'limits'; limits: Limits }
  | { kind: 'bot'; online: boolean }
  | { kind: 'replay'; replay: ReplayState };
