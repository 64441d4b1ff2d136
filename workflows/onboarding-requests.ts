/** What an onboarding asks of Discord: which activity, on which queue, and how urgently. It decides nothing. */

import type { Delivery, RoleChange } from '../domain/delivery.ts';
import type {
  Deed,
  OnboardingPlan,
  PlannedStep,
  StepDelivery,
  StepOrder,
  Visit,
} from '../domain/onboarding.ts';
import type { RolesApplied } from '../domain/roles.ts';
import { discord } from './activities.ts';
import type { OnboardingInput } from './definitions/onboarding.ts';

export class OnboardingRequests {
  readonly #plan: OnboardingPlan;
  readonly #greeting: ReturnType<typeof discord>;
  readonly #guiding: ReturnType<typeof discord>;
  readonly #staff: ReturnType<typeof discord>;
  #visit: Visit;
  #isOpen = false;
  #repetitions = 0;

  constructor({ stay, plan, urgency = 'welcome' }: OnboardingInput) {
    this.#plan = plan;
    this.#visit = { ...stay, visitBegan: stay.joinedAt };
    this.#greeting = discord(stay.guildId, urgency);
    this.#guiding = discord(stay.guildId, urgency === 'welcome' ? 'bulkMessage' : 'catchUp');
    this.#staff = discord(stay.guildId, 'staff');
  }

  /** The stay belongs to the visit that began at `visitBegan`, in ms since 1970. */
  belongTo(visitBegan: number): void {
    this.#visit = { ...this.#visit, visitBegan };
  }

  /** Sends the message of a step. The channel for direct messages is opened before the first of them. */
  async send(step: PlannedStep): Promise<StepDelivery> {
    const summary = `${step.name} (${step.to})`;
    if (step.to === 'channel') {
      return this.#greeting.channels.sendStep.executeWithOptions({ summary }, [this.#order(step)]);
    }
    if (!this.#isOpen) {
      const opening = { summary: 'open direct messages' };
      const opened = await this.#guiding.openings.openDirectMessages.executeWithOptions(opening, [
        this.#order(step),
      ]);
      if (opened.kind === 'held' || opened.kind === 'gone') return opened;
      this.#isOpen = true;
    }
    return this.#guiding.general.sendStep.executeWithOptions({ summary }, [this.#order(step)]);
  }

  /** Says all of `tips` in one message, where the configuration wants that for closed direct messages. */
  sendInChannel(tips: readonly PlannedStep[]): Promise<Delivery> {
    const names = tips.map(({ name }) => name);
    const summary = 'all tips in one message';
    return this.#guiding.channels.sendGuidance.executeWithOptions({ summary }, [
      { visit: this.#visit, variant: this.#plan.variant },
      names,
    ]);
  }

  /** Sends a tip once more, ahead of what waits. */
  resend(tip: PlannedStep): Promise<Delivery> {
    this.#repetitions += 1;
    // Digits that no other stay of the visit can have.
    const again = `${this.#visit.joinedAt}${String(this.#repetitions).padStart(3, '0')}`;
    const summary = `${tip.name} again`;
    return this.#staff.general.resendStep.executeWithOptions({ summary }, [this.#order(tip), again]);
  }

  giveRole(step: PlannedStep): Promise<RoleChange> {
    const summary = `role for ${step.name}`;
    return this.#greeting.roles.giveStepRole.executeWithOptions({ summary }, [this.#order(step)]);
  }

  /** Gives the roles that the member has chosen before. */
  giveChosenRoles(): Promise<RolesApplied> {
    const { guildId, memberId } = this.#visit;
    const summary = 'roles that were chosen before';
    return this.#greeting.roles.applyRoleChoice.executeWithOptions({ summary }, [guildId, memberId]);
  }

  /** Which of `wanted` the member has done in this visit. */
  findDeeds(wanted: readonly Deed[]): Promise<Deed[]> {
    const summary = 'what the member has done';
    return this.#guiding.general.findDeeds.executeWithOptions({ summary }, [this.#visit, wanted]);
  }

  #order({ name }: PlannedStep): StepOrder {
    return { visit: this.#visit, variant: this.#plan.variant, step: name, now: Date.now() };
  }
}
