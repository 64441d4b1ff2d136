/** All interactions: hands them to the bot, watches the time, and knows what came of them. */

import { randomBytes } from 'node:crypto';
import { type APIInteraction, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import type { InteractionOutcome, InteractionState, ViewedMessage } from '../control/api.ts';
import { ensure, found } from '../rules/errors.ts';
import type { World } from '../state/world.ts';
import { viewForControl } from '../views/messages.ts';
import type { InteractionRecord, Progress } from './records.ts';

/** Interactions whose outcome is remembered. */
const remembered = 2000;

type Waiter = () => void;

export class InteractionDesk {
  readonly #world: World;
  readonly #botOnline: () => boolean;
  readonly #byId = new Map<Snowflake, InteractionRecord>();
  readonly #byToken = new Map<string, InteractionRecord>();
  readonly #waiters = new Map<Snowflake, Set<Waiter>>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(world: World, botOnline: () => boolean) {
    this.#world = world;
    this.#botOnline = botOnline;
  }

  newToken(): string {
    return randomBytes(48).toString('base64url');
  }

  /** Hands an interaction to the bot and begins to watch the time. */
  start(record: InteractionRecord, payload: APIInteraction): void {
    this.#closeModals(record.userId);
    this.#byId.set(record.id, record);
    this.#byToken.set(record.token, record);
    this.#forgetOldest();
    this.#later(this.#world.limits.firstAnswerMs, () => {
      if (record.progress.state !== 'waiting') return;
      this.fail(record, this.#botOnline() ? 'no-answer' : 'bot-offline');
    });
    this.#world.events.dispatch(
      { t: GatewayDispatchEvents.InteractionCreate, d: payload },
      { botOnly: true },
    );
    this.tell(record);
  }

  /** @throws DiscordError 10062 when there is none with this id and token, or its 3 s are over */
  forCallback(id: Snowflake, token: string): InteractionRecord {
    const record = this.#byId.get(id);
    ensure(record !== undefined && record.token === token, 'unknownInteraction');
    ensure(record.answeredAt === null, 'alreadyAcknowledged');
    const inTime = this.#world.now() - record.createdAt <= this.#world.limits.firstAnswerMs;
    ensure(inTime && record.progress.state !== 'failed', 'unknownInteraction');
    return record;
  }

  /** @throws DiscordError 10015 for an unknown or unanswered one, 50027 when its 15 min are over */
  forFollowUp(applicationId: Snowflake, token: string): InteractionRecord {
    ensure(applicationId === this.#world.identity.applicationId, 'unknownWebhook');
    const record = found(this.#byToken.get(token), 'unknownWebhook');
    ensure(
      this.#world.now() - record.createdAt <= this.#world.limits.interactionTokenMs,
      'invalidWebhookToken',
    );
    ensure(record.answeredAt !== null, 'unknownWebhook');
    return record;
  }

  /** Whether there was an interaction with this token: then its follow-ups need no other authorisation. */
  knowsToken(token: string): boolean {
    return this.#byToken.has(token);
  }

  /** Notes the first answer. */
  answer(record: InteractionRecord, progress: Progress, originalId: Snowflake | null): void {
    record.answeredAt = this.#world.now();
    record.originalId = originalId;
    record.modalOpen = progress.state === 'modal';
    this.advance(record, progress);
    if (progress.state !== 'deferred' || progress.update) return;
    this.#later(this.#world.limits.interactionTokenMs, () => {
      if (record.progress.state === 'deferred') this.fail(record, 'no-answer-after-deferring');
    });
  }

  advance(record: InteractionRecord, progress: Progress): void {
    record.progress = progress;
    this.tell(record);
  }

  fail(record: InteractionRecord, reason: Extract<Progress, { state: 'failed' }>['reason']): void {
    this.advance(record, { state: 'failed', reason });
  }

  /** The interaction whose modal a member has open, when they have. */
  openModal(id: Snowflake, userId: Snowflake): InteractionRecord | undefined {
    const record = this.#byId.get(id);
    return record?.userId === userId && record.modalOpen ? record : undefined;
  }

  closeModal(record: InteractionRecord): void {
    record.modalOpen = false;
    this.tell(record);
  }

  /** The interactions, newest first. */
  list(userId: Snowflake | undefined, limit: number): InteractionState[] {
    const all = [...this.#byId.values()].reverse();
    const own = userId === undefined ? all : all.filter((record) => record.userId === userId);
    return own.slice(0, limit).map((record) => this.view(record));
  }

  find(id: Snowflake): InteractionRecord | undefined {
    return this.#byId.get(id);
  }

  /** Resolves when the progress is as wanted or the time is over. */
  async wait(record: InteractionRecord, until: 'first' | 'final', ms: number): Promise<void> {
    const isOver = () =>
      record.progress.state !== 'waiting' && (until === 'first' || record.progress.state !== 'deferred');
    if (isOver()) return;
    await new Promise<void>((resolve) => {
      const waiters = this.#waiters.get(record.id) ?? new Set();
      this.#waiters.set(record.id, waiters);
      const end = () => {
        waiters.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const check = () => {
        if (isOver()) end();
      };
      const timer = setTimeout(end, ms);
      waiters.add(check);
    });
  }

  tell(record: InteractionRecord): void {
    this.#world.events.side({ kind: 'interaction', interaction: this.view(record) });
    for (const waiter of [...(this.#waiters.get(record.id) ?? [])]) waiter();
  }

  view(record: InteractionRecord): InteractionState {
    return {
      id: record.id,
      type: record.type,
      memberId: record.userId,
      channelId: record.channelId,
      messageId: record.sourceMessageId,
      name: record.name,
      createdAt: new Date(record.createdAt).toISOString(),
      answeredAfterMs: record.answeredAt === null ? null : record.answeredAt - record.createdAt,
      outcome: this.#outcome(record),
      followUps: record.followUpIds.flatMap((id) => this.#message(record, id) ?? []),
      modalOpen: record.modalOpen,
    };
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#byId.clear();
    this.#byToken.clear();
    this.#waiters.clear();
  }

  #outcome(record: InteractionRecord): InteractionOutcome {
    const { progress } = record;
    if (progress.state === 'modal')
      return {
        state: 'modal',
        modal: progress.modal as unknown as Extract<InteractionOutcome, { state: 'modal' }>['modal'],
      };
    if (progress.state !== 'answered' && progress.state !== 'updated') return progress;
    const message = this.#message(record, record.originalId);
    // Answered by a message that is deleted by now.
    if (message === null) return { state: 'deferred', update: true, ephemeral: false };
    return { state: progress.state, message };
  }

  #message(record: InteractionRecord, id: Snowflake | null): ViewedMessage | null {
    const message = id === null ? undefined : this.#world.messages.records.get(id);
    return message === undefined ? null : viewForControl(this.#world, message, record.userId);
  }

  /** Whoever does something else has closed the modal that was open. */
  #closeModals(userId: Snowflake): void {
    for (const record of this.#openModals(userId)) this.closeModal(record);
  }

  #openModals(userId: Snowflake): InteractionRecord[] {
    return [...this.#byId.values()].filter((record) => record.userId === userId && record.modalOpen);
  }

  #forgetOldest(): void {
    if (this.#byId.size <= remembered) return;
    const oldest = this.#byId.values().next().value;
    if (oldest === undefined) return;
    this.#byId.delete(oldest.id);
    this.#byToken.delete(oldest.token);
    this.#waiters.delete(oldest.id);
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
