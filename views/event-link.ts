import type { CommunityEvent } from '../domain/events.ts';

const DISCORD = 'https://discord.com';

/** The address at which Discord shows an event, or what was announced of it. Undefined while it is not there. */
export function eventLink({
  guildId,
  scheduledEventId,
  channelId,
  announcementId,
}: CommunityEvent): string | undefined {
  if (scheduledEventId !== null) return `${DISCORD}/events/${guildId}/${scheduledEventId}`;
  if (channelId === null || announcementId === null) return undefined;
  return `${DISCORD}/channels/${guildId}/${channelId}/${announcementId}`;
}
