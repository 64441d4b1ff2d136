import type { GuildId } from './ids.ts';
import type { Platform } from './platforms.ts';

/**
 * The task queues of a guild's deployment. What shares a rate limit that is much narrower than Discord's global one
 * has a queue of its own, so that waiting there never fills the slots of the rest (design: "Rates").
 */
export function taskQueues(guildId: GuildId) {
  return {
    /** Workflows, and activities that only need the database. Any worker. */
    community: `community/${guildId}`,
    /** Requests to Discord under no narrower limit than the global one. The sender alone. */
    discord: `discord/${guildId}`,
    /** Messages in the guild's channels: about 5 in 5 s in each. The sender alone. */
    discordChannels: `discord-channels/${guildId}`,
    /** Opening channels for direct messages: about 10 in 10 s. The sender alone. */
    discordOpenings: `discord-openings/${guildId}`,
    /** Discord's own events: read 10 times in 10 s, changed 5 times in 10 s. The sender alone. */
    discordScheduledEvents: `discord-scheduled-events/${guildId}`,
    /** Notices that go to thousands by direct message. They must not fill the slots of the rest. The sender alone. */
    discordNotices: `discord-notices/${guildId}`,
    /** Role changes: about 10 in 10 s in a guild. The sender alone. */
    discordRoles: `discord-roles/${guildId}`,
    /** Requests to GitHub. Any worker. */
    github: `github/${guildId}`,
  } as const;
}

/** The queue of what is published on a platform: what one holds up keeps no other waiting. On Discord the sender alone polls it. */
export function platformQueue(guildId: GuildId, platform: Platform): string {
  return `post-${platform}/${guildId}`;
}

/** How urgent an activity is; 1 goes first (design: "Rates"). Temporal's own default is 3. */
export const PRIORITY = { staff: 1, reminder: 2, welcome: 3, bulkMessage: 4, catchUp: 5 } as const;
