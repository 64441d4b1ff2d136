import { DiscordAPIError, RateLimitError } from '@discordjs/rest';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';

const UNAUTHORISED = 401;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Refusals that pass by themselves ("JSON Error Codes" in Discord's reference), and how long to wait before the next try. */
const PASSING_MS: Readonly<Record<number, number>> = {
  [RESTJSONErrorCodes.ActionCannotBePerformedDueToSlowmodeRateLimit]: 10_000,
  [RESTJSONErrorCodes.ChannelSendRateLimit]: 10_000,
  [RESTJSONErrorCodes.ServerSendRateLimit]: 10_000,
  [RESTJSONErrorCodes.OpeningDirectMessagesTooFast]: 60_000,
  [RESTJSONErrorCodes.ServiceResourceIsBeingRateLimited]: 10_000,
  [RESTJSONErrorCodes.CloudflareIsBlockingYourRequest]: 60_000,
  [RESTJSONErrorCodes.APIResourceOverloaded]: 10_000,
};
/** A token that Discord refuses is not mended by asking often, and 10,000 refusals in ten minutes ban the address. */
const UNAUTHORISED_RETRY_MS = 300_000;

/** A refusal by Discord that will not change by trying again. */
export interface Refusal {
  readonly code: number;
  /** What to tell staff. */
  readonly reason: string;
}

/** What staff can do about the refusals that they are likely to see. */
const ADVICE: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.MissingAccess]: 'the bot cannot see the channel: give it access',
  [RESTJSONErrorCodes.MissingPermissions]:
    'the bot lacks a permission, or the role stands above its own: give it the permission, or move its role up',
  [RESTJSONErrorCodes.UnknownChannel]:
    'the channel was deleted: create it again, or name another in community.yaml',
  [RESTJSONErrorCodes.UnknownRole]:
    'the role was deleted: create it again, or name another in community.yaml',
};

/**
 * Makes a request to Discord. Gives its answer, or the refusal where Discord will never take it. Everything else is
 * thrown as a failure that Temporal tries again: after a rate limit exactly when Discord said.
 */
export async function ask<Answer>(
  request: () => Promise<Answer>,
): Promise<{ answer: Answer } | { refusal: Refusal }> {
  try {
    return { answer: await request() };
  } catch (error) {
    if (error instanceof RateLimitError) throw rateLimited(error.retryAfter);
    if (error instanceof DiscordAPIError && isFinal(error)) return { refusal: toRefusal(error) };
    throw toFailure(error as Error);
  }
}

/** Refusals that say it. Whoever shares no guild with the bot is in none of ours. */
const GONE = new Set<number>([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
]);

/** Whether Discord refuses because the member is not in the guild (any more), or has no account (any more). */
export function saysGone({ code }: Refusal): boolean {
  return GONE.has(code);
}

/** What stands between us and Discord, a proxy for example, refuses without one of Discord's codes: that passes. */
function isFinal({ status, code }: DiscordAPIError): boolean {
  const passes = status >= FIRST_SERVER_ERROR || status === UNAUTHORISED || status === TOO_MANY_REQUESTS;
  return !passes && typeof code === 'number' && !(code in PASSING_MS);
}

function toRefusal({ code, message }: DiscordAPIError): Refusal {
  return { code: Number(code), reason: ADVICE[Number(code)] ?? `Discord answered ${code}: ${message}` };
}

function rateLimited(retryAfterMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'RateLimited',
    message: "Discord's rate limit is reached",
    nextRetryDelay: Math.max(1, Math.ceil(retryAfterMs)),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** A failure that says what happened, without the request: that may hold a member's words. */
function toFailure(error: Error): ApplicationFailure {
  if (error instanceof DiscordAPIError && error.status === UNAUTHORISED) {
    return ApplicationFailure.create({
      type: 'Unauthorised',
      message: 'Discord refuses the token: set a valid DISCORD_BOT_TOKEN and restart',
      nextRetryDelay: UNAUTHORISED_RETRY_MS,
    });
  }
  if (error instanceof DiscordAPIError && Number(error.code) in PASSING_MS) {
    return rateLimited(PASSING_MS[Number(error.code)] ?? 0);
  }
  return ApplicationFailure.create({
    type: 'DiscordUnavailable',
    message: `Discord: ${error.name}: ${error.message}`,
  });
}
