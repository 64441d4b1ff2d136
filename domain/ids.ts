/** Discord's ids as types that cannot be mistaken for each other, and the time that an id holds. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type GuildId = Branded<'guild'>;
export type MemberId = Branded<'member'>;
export type ChannelId = Branded<'channel'>;
export type RoleId = Branded<'role'>;
export type MessageId = Branded<'message'>;
export type InteractionId = Branded<'interaction'>;
/** The number by which GitHub knows an account, whatever it is called at the moment. */
export type GithubUserId = Branded<'github user'>;

const SNOWFLAKE = /^\d{15,20}$/;
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIMESTAMP_SHIFT = 22n;

function toSnowflake<Id extends string>(kind: string, text: string): Id {
  if (!SNOWFLAKE.test(text)) {
    throw new TypeError(`"${text}" is not the id of a ${kind}: Discord's ids have 15 to 20 digits`);
  }
  return text as Id;
}

/** Checks that `text` is a Discord id and says that it is a guild's. @throws TypeError if it is none. */
export const toGuildId = (text: string): GuildId => toSnowflake('guild', text);

/** Checks that `text` is a Discord id and says that it is a member's. @throws TypeError if it is none. */
export const toMemberId = (text: string): MemberId => toSnowflake('member', text);

/** Checks that `text` is a Discord id and says that it is a channel's. @throws TypeError if it is none. */
export const toChannelId = (text: string): ChannelId => toSnowflake('channel', text);

/** Checks that `text` is a Discord id and says that it is a role's. @throws TypeError if it is none. */
export const toRoleId = (text: string): RoleId => toSnowflake('role', text);

/** Checks that `text` is a Discord id and says that it is a message's. @throws TypeError if it is none. */
export const toMessageId = (text: string): MessageId => toSnowflake('message', text);

/** Checks that `text` is a Discord id and says that it is an interaction's. @throws TypeError if it is none. */
export const toInteractionId = (text: string): InteractionId => toSnowflake('interaction', text);

/** GitHub's number of an account as an id. @throws TypeError if it is no whole number above 0 */
export function toGithubUserId(number: number): GithubUserId {
  if (!Number.isSafeInteger(number) || number <= 0)
    throw new TypeError(`${number} is not the id of a GitHub account`);
  return String(number) as GithubUserId;
}

/** The smallest id that Discord can have given at `milliseconds` since 1970: what is newer has a greater one. */
export function firstIdAt(milliseconds: number): string {
  return String((BigInt(Math.floor(milliseconds)) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT);
}

/**
 * The moment at which Discord made the thing that `id` names, in milliseconds since 1970.
 * Rule: "Snowflakes" in Discord's reference.
 */
export function createdAt(id: string): number {
  return Number((BigInt(id) >> TIMESTAMP_SHIFT) + DISCORD_EPOCH_MS);
}

/** Whether Discord gave `id` later than `other`: ids grow with time. */
export function isNewer(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}
