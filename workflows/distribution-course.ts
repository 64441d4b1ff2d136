/** What is known of a post by its workflow, as its query and the Temporal UI show it. */

import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../domain/platforms.ts';
import { type DeliveryState, type PostSchedule, type PostState, UNPUBLISHED } from '../domain/posts.ts';
import type { DistributionResult, PostProgress } from './definitions/distribution.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';
import { toTime } from './ui-time.ts';

/** What is known before it is read. */
const UNREAD: PostSchedule = {
  state: 'draft',
  revision: 0,
  publishAt: null,
  deliveries: [],
  waitingMedia: [],
};

export class DistributionCourse {
  readonly #platforms = new Map<Platform, DeliveryState>();
  readonly #notes: string[] = [];
  #schedule = UNREAD;
  #changedAt: number;
  #waitsFor: PostProgress['waitsFor'];

  /** `now` in ms since 1970. */
  constructor(now: number) {
    this.#changedAt = now;
  }

  get schedule(): PostSchedule {
    return this.#schedule;
  }

  get state(): PostState {
    return this.#schedule.state;
  }

  get isUnpublished(): boolean {
    return UNPUBLISHED.includes(this.state);
  }

  /** When it was last changed, as far as is known, in ms since 1970. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Takes what was read of the post at `now` (ms since 1970). */
  take(schedule: PostSchedule, now: number): void {
    if (schedule.revision !== this.#schedule.revision) this.#changedAt = now;
    this.#platforms.clear();
    for (const { platform, state } of schedule.deliveries) this.#platforms.set(platform, state);
    this.#set(schedule);
  }

  enter(state: PostState): void {
    this.#waitsFor = undefined;
    this.#set({ ...this.#schedule, state });
  }

  noteDelivery(platform: Platform, state: DeliveryState): void {
    this.#platforms.set(platform, state);
    this.#show();
  }

  /** Says something that staff should know. */
  note(text: string): void {
    this.#notes.push(text);
    this.#show();
  }

  /** Says what is waited for, and until when (ms since 1970). */
  waitFor(what: string, until: number): void {
    this.#waitsFor = { what, until };
    this.#show();
  }

  /** What `getPostProgress` answers. */
  describe(): PostProgress {
    return { ...this.result(), revision: this.#schedule.revision, waitsFor: this.#waitsFor };
  }

  /** What the post leaves behind. */
  result(): DistributionResult {
    const known = PLATFORMS.filter((platform) => this.#platforms.has(platform));
    const platforms = Object.fromEntries(known.map((platform) => [platform, this.#platforms.get(platform)]));
    return { state: this.state, platforms };
  }

  #set(schedule: PostSchedule): void {
    if (schedule.state !== this.state)
      upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: schedule.state }]);
    this.#schedule = schedule;
    this.#show();
  }

  #show(): void {
    const { publishAt, revision } = this.#schedule;
    const waits = this.#waitsFor;
    const waitsFor = waits === undefined ? '' : `, waits ${waits.what} (${toTime(waits.until)})`;
    const time = publishAt === null ? 'as soon as it is approved' : `at ${toTime(publishAt)}`;
    setCurrentDetails(
      [
        `**${this.state}**${waitsFor}`,
        `- to be published ${time}, revision ${revision}`,
        ...[...this.#platforms].map(([platform, state]) => `- ${PLATFORM_LABELS[platform]}: ${state}`),
        ...this.#notes.map((note) => `- ${note}`),
      ].join('\n'),
    );
  }
}
