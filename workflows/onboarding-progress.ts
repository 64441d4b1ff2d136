/** What an onboarding has done so far, as its query and the Temporal UI show it. */

import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Deed, OnboardingPlan, PlannedStep, StepReport, StepResult } from '../domain/onboarding.ts';
import type { OnboardingProgress, OnboardingState } from './definitions/onboarding.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';

/** A report that is still being written. */
type OpenReport = { -readonly [Key in keyof StepReport]: StepReport[Key] };

/** Results of steps whose message the member has. */
const RECEIVED: readonly StepResult[] = ['done', 'done in an earlier stay'];

export class Progress {
  readonly #plan: OnboardingPlan;
  readonly #reports: OpenReport[] = [];
  readonly #deeds = new Set<Deed>();
  #state: OnboardingState = 'greeting';
  #next: PlannedStep | undefined;

  constructor(plan: OnboardingPlan) {
    this.#plan = plan;
    this.#next = plan.steps[0];
  }

  get state(): OnboardingState {
    return this.#state;
  }

  get reports(): readonly StepReport[] {
    return this.#reports;
  }

  /** What the member has not done yet of what completes an onboarding. */
  get missingDeeds(): Deed[] {
    return this.#plan.completion.needs.filter((deed) => !this.#deeds.has(deed));
  }

  get isComplete(): boolean {
    return this.missingDeeds.length === 0;
  }

  /** The tips that the member has got, in their order. */
  get tipsReceived(): PlannedStep[] {
    const received = this.#reports.filter(({ result }) => RECEIVED.includes(result));
    return this.#plan.steps.filter(
      ({ name, to }) => to === 'dm' && received.some(({ step }) => step === name),
    );
  }

  /** What `getProgress` answers. */
  describe(): OnboardingProgress {
    return {
      state: this.#state,
      variant: this.#plan.variant,
      done: this.#reports,
      next: this.#next?.name,
      deeds: [...this.#deeds],
    };
  }

  noteDeed(deed: Deed): void {
    this.#deeds.add(deed);
  }

  /** Opens a report on a step: the result is set when it is known. */
  begin({ name }: PlannedStep, result: StepResult = 'under way'): OpenReport {
    const report: OpenReport = { step: name, result };
    this.#reports.push(report);
    return report;
  }

  /** Says what comes next, or that no step is left. */
  waitFor(step: PlannedStep | undefined): void {
    this.#next = step;
    this.#show();
  }

  enter(state: OnboardingState): void {
    if (state === this.#state) return;
    this.#state = state;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }]);
    this.#show();
  }

  #show(): void {
    const done = this.#reports.map(
      ({ step, result, role }) => `- ${step}: ${result}${role ? `, role ${role}` : ''}`,
    );
    const now =
      this.#next === undefined ? `**${this.#state}**` : `**${this.#state}**, next: **${this.#next.name}**`;
    setCurrentDetails([now, ...done].join('\n'));
  }
}
