import { setTimeout as pause } from 'node:timers/promises';
import {
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayVoiceStateUpdateDispatchData,
} from 'discord.js';
import { recordMove, recordPresence } from '../database/voice-sessions.ts';
import { type ChannelId, type MemberId, toChannelId, toMemberId } from '../domain/ids.ts';
import type { PresentInVoice } from '../domain/voice-sessions.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { lastHeartbeatOf } from './gateway-client.ts';

/** How often everybody who is there is compared with what is written down. */
const COMPARE_EVERY_MS = 10_000;

/**
 * Writes down who is in the channels in which events take place. Each move is written at once. A comparison with everybody who is
 * there mends what could not be written, begins sessions of those who were there before an event was made, and says how long
 * each was seen: if the bot dies, that is until when who has left meanwhile was there.
 */
export const voiceSessions: BotFeature = {
  async work(client, context, over) {
    const watch = new VoiceWatch(context);
    const { DISCORD_GUILD_ID: guildId } = context.environment;
    client.ws.on(GatewayDispatchEvents.GuildCreate, (guild) => {
      if (guild.id === guildId) watch.begin(guild, Date.now());
    });
    client.ws.on(GatewayDispatchEvents.VoiceStateUpdate, (state) => {
      if (state.guild_id === guildId) watch.move(state, Date.now());
    });
    while (!over.aborted) {
      await pause(COMPARE_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
      // What the gateway tells is known to be true up to the last heartbeat that it has answered: the connection may be dead.
      const seenAt = over.aborted ? undefined : lastHeartbeatOf(client);
      if (seenAt !== undefined) watch.compare(seenAt);
    }
    await watch.finish();
  },
};

type VoiceState = Pick<GatewayVoiceStateUpdateDispatchData, 'user_id' | 'channel_id' | 'member'>;

/** Who is in which voice or stage channel by what the gateway tells, and what of it is still to be written down. Bots do not count. */
class VoiceWatch {
  readonly #context: BotContext;
  readonly #present = new Map<MemberId, PresentInVoice>();
  /** Writes go one after the other, in the order in which things were told. */
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #hasBegun = false;

  constructor(context: BotContext) {
    this.#context = context;
  }

  /** A session of the gateway tells who is there: nothing is known of what was before. `now` in ms since 1970. */
  begin({ voice_states, members, unavailable }: GatewayGuildCreateDispatchData, now: number): void {
    if (unavailable === true) return;
    // Of those who are in a voice channel, it has the members too.
    const bots = new Set(members.filter(({ user }) => user.bot === true).map(({ user }) => user.id));
    this.#present.clear();
    for (const { user_id, channel_id } of voice_states) {
      if (channel_id !== null && !bots.has(user_id))
        this.#enter(toMemberId(user_id), toChannelId(channel_id), now);
    }
    this.#hasBegun = true;
    this.#compareAt(now);
  }

  /** Somebody has moved, or has muted themselves or the like. `now` in ms since 1970. */
  move({ user_id, channel_id, member }: VoiceState, now: number): void {
    if (member?.user.bot === true) return;
    const memberId = toMemberId(user_id);
    const channelId = channel_id === null ? null : toChannelId(channel_id);
    if (channelId === (this.#present.get(memberId)?.channelId ?? null)) return;
    if (channelId === null) this.#present.delete(memberId);
    else this.#enter(memberId, channelId, now);
    const { database, environment } = this.#context;
    const move = { memberId, channelId, at: now };
    this.#write(() => recordMove(database.em, environment.DISCORD_GUILD_ID, move));
  }

  /** Compares with what is written down, unless that is behind. `seenAt`: up to when all is known to be so, in ms since 1970. */
  compare(seenAt: number): void {
    if (this.#hasBegun && this.#waiting === 0) this.#compareAt(seenAt);
  }

  /** Waits until all is written, or was tried. */
  finish(): Promise<void> {
    return this.#writing;
  }

  #enter(memberId: MemberId, channelId: ChannelId, since: number): void {
    this.#present.set(memberId, { memberId, channelId, since });
  }

  #compareAt(at: number): void {
    const { database, environment } = this.#context;
    const present = [...this.#present.values()];
    this.#write(() => recordPresence(database.em, environment.DISCORD_GUILD_ID, present, at));
  }

  #write(work: () => Promise<void>): void {
    this.#waiting += 1;
    this.#writing = this.#writing.then(work).then(
      () => this.#noteWritten(),
      (error: Error) => {
        this.#noteWritten();
        this.#context.logger.warn(
          { reason: error.message },
          'who is in a voice channel could not be written down; it is compared again',
        );
      },
    );
  }

  #noteWritten(): void {
    this.#waiting -= 1;
  }
}
