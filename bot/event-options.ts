/** The options of `/event` as people have filled them in, or why they are refused. */

import {
  type APIInteractionDataResolvedChannel,
  type Attachment,
  ChannelType,
  type ChatInputCommandInteraction,
  type GuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js';
import { type EventRefusal, readPlaceLink } from '../domain/event-drafts.ts';
import { readEventTime, readLength } from '../domain/event-time.ts';
import { type EventKind, type EventPlace, type EventSettings, toEventId } from '../domain/events.ts';
import { type MemberId, toChannelId, toMemberId } from '../domain/ids.ts';
import { isTimeZone } from '../domain/time-zones.ts';

/** What Discord takes as the cover of a scheduled event ("Image Data"). */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const LARGEST_PICTURE = 10 * 1_024 * 1_024;
const LARGEST_CAPACITY = 100_000;

type Refused = { readonly refused: EventRefusal };
const refuse = (refused: EventRefusal): Refused => ({ refused });

/** What an organiser says of an event with a command. What is left out is not there. */
export interface SaidDetails {
  readonly lengthMs?: number;
  readonly place?: EventPlace;
  /** null: as many as like. */
  readonly capacity?: number | null;
  readonly hostId?: MemberId;
  readonly picture?: string;
  readonly timeZone?: string;
}

/** Reads everything but the kind and the start. */
export function readDetails(interaction: ChatInputCommandInteraction): SaidDetails | Refused {
  const parts = [readPlace, readCapacity, readHost, readPicture, readDuration, readTimeZone];
  let details: SaidDetails = {};
  for (const readPart of parts) {
    const part = readPart(interaction);
    if ('refused' in part) return part;
    details = { ...details, ...part };
  }
  return details;
}

/** The kind that a command names, by its name or as members read it. */
export function readKind(
  { options }: ChatInputCommandInteraction,
  { kinds }: EventSettings,
): EventKind | undefined {
  const typed = options.getString('kind', true).trim().toLowerCase();
  return kinds.find(({ name, label }) => name === typed || label.toLowerCase() === typed);
}

/**
 * What is wrong with a start wherever on Earth it is meant, or undefined: whoever wrote it may use a time zone that we
 * have to look up first.
 */
export function problemWithStart(
  text: string,
  timeZone: string | undefined,
  { timeZone: usual }: EventSettings,
  now: number,
): EventRefusal | undefined {
  const time = readEventTime(text, timeZone ?? usual, now);
  if (time.kind === 'moment') return undefined;
  const dependsOnZone = ['in the past', 'too far', 'missing', 'twice'].includes(time.kind);
  return dependsOnZone && timeZone === undefined ? undefined : { kind: 'time', time, text };
}

/** The event that a command names. Undefined if somebody has typed a title, and chosen none of those that are offered. */
export function readEventOption({ options }: ChatInputCommandInteraction) {
  try {
    return toEventId(options.getString('event', true));
  } catch (error) {
    if (error instanceof TypeError && !('code' in error)) return undefined;
    throw error;
  }
}

function readPlace({ options, member }: ChatInputCommandInteraction): Pick<SaidDetails, 'place'> | Refused {
  const channel = options.getChannel('channel');
  const link = options.getString('link');
  if (channel !== null && link !== null) return refuse({ kind: 'two places' });
  if (link !== null) {
    const place = readPlaceLink(link);
    return place === undefined ? refuse({ kind: 'bad link' }) : { place };
  }
  if (channel === null) return {};
  if (channel.type !== ChannelType.GuildVoice && channel.type !== ChannelType.GuildStageVoice)
    return refuse({ kind: 'wrong channel' });
  return isVisible(channel, member)
    ? { place: { kind: 'channel', channelId: toChannelId(channel.id) } }
    : refuse({ kind: 'hidden channel' });
}

/** Whoever sees a channel that others do not must not send them there, and somebody who does not see it cannot mean it. */
function isVisible(
  channel: GuildBasedChannel | APIInteractionDataResolvedChannel,
  member: ChatInputCommandInteraction['member'],
): boolean {
  if (!('permissionsFor' in channel) || member === null || !('guild' in member)) return false;
  return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
}

function readCapacity({ options }: ChatInputCommandInteraction): Pick<SaidDetails, 'capacity'> | Refused {
  const capacity = options.getInteger('capacity');
  const noLimit = options.getBoolean('no-limit') === true;
  if (capacity !== null && noLimit) return refuse({ kind: 'two capacities' });
  if (noLimit) return { capacity: null };
  if (capacity === null) return {};
  return capacity < 1 || capacity > LARGEST_CAPACITY ? refuse({ kind: 'bad capacity' }) : { capacity };
}

function readHost({ options }: ChatInputCommandInteraction): Pick<SaidDetails, 'hostId'> | Refused {
  const host = options.getUser('host');
  if (host === null) return {};
  if (host.bot) return refuse({ kind: 'host is a bot' });
  return options.getMember('host') === null
    ? refuse({ kind: 'host is not here' })
    : { hostId: toMemberId(host.id) };
}

function readPicture({ options }: ChatInputCommandInteraction): Pick<SaidDetails, 'picture'> | Refused {
  const picture = options.getAttachment('picture');
  if (picture === null) return {};
  return isPicture(picture) ? { picture: picture.url } : refuse({ kind: 'no picture' });
}

function isPicture({ contentType, size }: Attachment): boolean {
  const [type = ''] = (contentType ?? '').split(';');
  return PICTURES.includes(type) && size <= LARGEST_PICTURE;
}

function readDuration({ options }: ChatInputCommandInteraction): Pick<SaidDetails, 'lengthMs'> | Refused {
  const text = options.getString('duration');
  if (text === null) return {};
  const length = readLength(text);
  return length.kind === 'length' ? { lengthMs: length.ms } : refuse({ kind: 'length', why: length.kind });
}

function readTimeZone({ options }: ChatInputCommandInteraction): Pick<SaidDetails, 'timeZone'> | Refused {
  const timeZone = options.getString('time-zone')?.trim();
  if (timeZone === undefined) return {};
  return isTimeZone(timeZone)
    ? { timeZone }
    : refuse({ kind: 'time', time: { kind: 'no such time zone' }, text: timeZone });
}
