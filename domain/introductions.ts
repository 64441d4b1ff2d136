/** Introductions: what members write of themselves in the channel for it. */

/** Types of messages that somebody has written, by itself or as a reply (Discord: "Message Types"). */
const WRITTEN: readonly number[] = [0, 19];

/**
 * Whether somebody has written a message of this type. Discord's own ones also have a member as author: whoever has joined,
 * boosted the server or pinned something.
 */
export function isWritten(type: number): boolean {
  return WRITTEN.includes(type);
}
