/** Plays a list of steps faster than real time. */

import type { Snowflake } from 'discord-api-types/v10';
import { createUser, joinGuild, removeFromGuild } from '../actions/members.ts';
import { sendMessage } from '../actions/messages.ts';
import { addReaction } from '../actions/reactions.ts';
import { joinVoice, leaveVoice } from '../actions/voice.ts';
import type { ReplayState, ReplayStep } from '../control/api.ts';
import { DiscordError, found } from '../rules/errors.ts';
import { checkForm } from '../rules/form.ts';
import { messageForm } from '../rules/message-form.ts';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** Steps that are due are done in pieces, so that requests are answered in between. */
const stepsAtOnce = 200;

export class ReplayPlayer {
  readonly #world: World;
  readonly #onChange: (state: ReplayState) => void;
  #state: ReplayState = { running: false, stepsDone: 0, stepsAll: 0, stepsRefused: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(world: World, onChange: (state: ReplayState) => void) {
    this.#world = world;
    this.#onChange = onChange;
  }

  get state(): ReplayState {
    return { ...this.#state };
  }

  /** Begins; what was playing before ends. Steps are in the order of their times. */
  start(steps: ReplayStep[], speed: number): ReplayState {
    this.stop();
    this.#state = { running: true, stepsDone: 0, stepsAll: steps.length, stepsRefused: 0 };
    const startedAt = performance.now();
    this.#continue(steps, speed, startedAt);
    return this.state;
  }

  stop(): ReplayState {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#state.running) this.#change({ running: false });
    return this.state;
  }

  #continue(steps: ReplayStep[], speed: number, startedAt: number): void {
    const dueMs = (performance.now() - startedAt) * speed;
    for (let count = 0; count < stepsAtOnce; count++) {
      const step = steps[this.#state.stepsDone];
      if (step === undefined || step.atMs > dueMs) break;
      this.#play(step);
    }
    const next = steps[this.#state.stepsDone];
    if (next === undefined) {
      this.#timer = null;
      this.#change({ running: false });
      return;
    }
    this.#change({});
    const waitMs = Math.max(0, next.atMs / speed - (performance.now() - startedAt));
    this.#timer = setTimeout(() => this.#continue(steps, speed, startedAt), Math.min(waitMs, 1000));
    this.#timer.unref();
  }

  #play(step: ReplayStep): void {
    this.#state.stepsDone++;
    try {
      play(this.#world, step);
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      this.#state.stepsRefused++;
    }
  }

  #change(changes: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#onChange(this.state);
  }
}

function play(world: World, step: ReplayStep): void {
  switch (step.do) {
    case 'join':
      joinGuild(world, createUser(world, step.name));
      return;
    case 'leave':
      removeFromGuild(world, userNamed(world, step.name));
      return;
    case 'write':
      sendMessage(
        world,
        { userId: userNamed(world, step.name) },
        channelNamed(world, step.channel),
        checkForm(messageForm, { content: step.content }),
      );
      return;
    case 'react': {
      const channel = channelNamed(world, step.channel);
      const [message] = world.messages.newestFirst(channel.id);
      addReaction(world, userNamed(world, step.name), channel, found(message, 'unknownMessage'), step.emoji);
      return;
    }
    case 'voice':
      if (step.channel === null) leaveVoice(world, userNamed(world, step.name));
      else joinVoice(world, userNamed(world, step.name), channelNamed(world, step.channel).id);
      return;
  }
}

/** By user name, or else by display name among the members. */
function userNamed(world: World, name: string): Snowflake {
  const known = world.usernames.get(name.toLowerCase());
  if (known !== undefined) return known;
  for (const { id } of world.members.values()) if (world.users.get(id)?.globalName === name) return id;
  throw new DiscordError('unknownMember');
}

function channelNamed(world: World, name: string): ChannelRecord {
  for (const channel of world.channels.values())
    if (channel.kind !== 'dm' && channel.name === name) return channel;
  throw new DiscordError('unknownChannel');
}
