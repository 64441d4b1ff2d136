/** Discord's errors: each with its HTTP status, code and message (Discord docs, "JSON error codes"). */

import type { FormErrors } from './form.ts';

const errors = {
  generic: [400, 0, '400: Bad Request'],
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownInvite: [404, 10006, 'Unknown Invite'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownOverwrite: [404, 10009, 'Unknown Overwrite'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownBan: [404, 10026, 'Unknown Ban'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  unknownVoiceState: [404, 10065, 'Unknown Voice State'],
  unknownStage: [404, 10067, 'Unknown Stage Instance'],
  unknownEvent: [404, 10070, 'Unknown Guild Scheduled Event'],
  slowmode: [429, 20016, 'This action cannot be performed due to slowmode rate limit'],
  maximumPins: [400, 30003, 'Maximum number of pins reached (250)'],
  maximumRoles: [400, 30005, 'Maximum number of guild roles reached (250)'],
  maximumReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  maximumChannels: [400, 30013, 'Maximum number of guild channels reached (500)'],
  maximumInvites: [400, 30016, 'Maximum number of invites reached (1000)'],
  maximumCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  maximumEvents: [400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'],
  stageAlreadyOpen: [400, 150006, 'The Stage is already open'],
  entityTooLarge: [413, 40005, 'Request entity too large'],
  userBanned: [403, 40007, 'The user is banned from this guild'],
  userNotInVoice: [400, 40032, 'Target user is not connected to voice.'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notInDm: [400, 50003, 'Cannot execute action on a DM channel'],
  notYourMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotSendToUser: [403, 50007, 'Cannot send messages to this user'],
  nonTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  badBulkDeleteCount: [400, 50016, 'You can only bulk delete between 2 and 100 messages.'],
  systemMessage: [403, 50021, 'Cannot execute action on a system message'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidRole: [400, 50028, 'Invalid Role'],
  invalidRecipient: [400, 50033, 'Invalid Recipient(s)'],
  bulkDeleteTooOld: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  invalidFormBody: [400, 50035, 'Invalid Form Body'],
  communityChannel: [400, 50074, 'Cannot delete a channel required for Community servers'],
  archivedThread: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  noMutualGuild: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  invitesPaused: [403, 60005, 'Invites are paused in this guild'],
  threadAlreadyCreated: [400, 160004, 'A thread has already been created for this message'],
  threadLocked: [400, 160005, 'Thread is locked'],
  messageHasNoReply: [400, 160002, 'Cannot reply without permission to read message history'],
  eventsOver: [400, 180000, 'Cannot update a finished event'],
  pollVoteBlocked: [403, 520000, 'Poll voting is blocked'],
  pollExpired: [400, 520001, 'Poll expired'],
  invalidPollAuthor: [400, 520003, 'Cannot expire a poll of another user'],
  notAPoll: [400, 520006, 'Cannot perform this action on a message without a poll'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

/** The name of one of Discord's errors. */
export type DiscordErrorName = keyof typeof errors;

/** A request that Discord refuses. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly reason: DiscordErrorName;
  readonly status: number;
  readonly code: number;
  /** The nested errors of an invalid form body. */
  readonly formErrors: FormErrors | undefined;
  /** Seconds, with a 429. */
  readonly retryAfter: number | undefined;

  constructor(reason: DiscordErrorName, details: { formErrors?: FormErrors; retryAfter?: number } = {}) {
    const [status, code, message] = errors[reason];
    super(message);
    this.reason = reason;
    this.status = status;
    this.code = code;
    this.formErrors = details.formErrors;
    this.retryAfter = details.retryAfter;
  }

  /** The body of the answer. */
  body(): object {
    const body = { message: this.message, code: this.code };
    if (this.formErrors !== undefined) return { ...body, errors: this.formErrors };
    if (this.retryAfter !== undefined) return { ...body, retry_after: this.retryAfter, global: false };
    return body;
  }
}

/** Refuses with the error unless the condition holds. */
export function ensure(condition: boolean, reason: DiscordErrorName): asserts condition {
  if (!condition) throw new DiscordError(reason);
}

/** Gives the thing, or refuses when there is none. */
export function found<T>(thing: T | null | undefined, reason: DiscordErrorName): T {
  if (thing === null || thing === undefined) throw new DiscordError(reason);
  return thing;
}
