// Interactions that were started from this page, and what comes of them.
import type { Snowflake } from 'discord-api-types/v10';
import { InteractionType } from 'discord-api-types/v10';
import type { InteractionState } from '../../../control/api.ts';
import type { ModalValue } from '../../../control/calls.ts';
import { call } from '../control/call.ts';
import type { Column, OpenModal, StartedInteraction, State } from './state.ts';
import { state, update } from './store.ts';
import { reportProblem } from './toasts.ts';

const KEPT = 100;

/** A component on a message. */
export interface ComponentPlace {
  channelId: Snowflake;
  messageId: Snowflake;
  customId: string;
}

/**
 * Presses a button.
 * @param column the column of the member who presses
 * @param place the button
 */
export async function pressButton(column: Column, place: ComponentPlace): Promise<void> {
  await start(column, componentKey(place), place, () =>
    call('press', { memberId: column.memberId, ...place }),
  );
}

/**
 * Chooses in a select menu.
 * @param column the column of the member who chooses
 * @param place the select menu
 * @param values the values; ids of users, roles or channels
 */
export async function chooseInSelect(column: Column, place: ComponentPlace, values: string[]): Promise<void> {
  await start(column, componentKey(place), place, () =>
    call('choose', { memberId: column.memberId, ...place, values }),
  );
}

/**
 * Follows an interaction from its start to its outcome.
 * @param column the column that it was started in
 * @param component what names the component, or null for a command
 * @param place where it happens
 * @param begin starts it
 * @returns whether it could be started
 */
export async function start(
  column: Column,
  component: string | null,
  place: { channelId: Snowflake; messageId?: Snowflake },
  begin: () => Promise<{ interactionId: Snowflake }>,
): Promise<boolean> {
  try {
    const { interactionId } = await begin();
    update(() =>
      remember(interactionId, {
        columnId: column.id,
        component,
        state: waiting(interactionId, column, place),
      }),
    );
    // The outcome may have come before the page knew the interaction's id.
    const known = await call('getInteraction', { interactionId });
    update((current) => {
      if (current.interactions.get(interactionId)?.state.outcome.state === 'waiting')
        applyInteraction(current, known);
    });
    return true;
  } catch (error) {
    reportProblem(error);
    return false;
  }
}

function waiting(
  id: Snowflake,
  column: Column,
  place: { channelId: Snowflake; messageId?: Snowflake },
): InteractionState {
  return {
    id,
    type: InteractionType.MessageComponent,
    memberId: column.memberId,
    channelId: place.channelId,
    messageId: place.messageId ?? null,
    name: '',
    createdAt: new Date().toISOString(),
    answeredAfterMs: null,
    outcome: { state: 'waiting' },
    followUps: [],
    modalOpen: false,
  };
}

function remember(id: Snowflake, interaction: StartedInteraction): void {
  state.interactions.set(id, interaction);
  const [oldest] = state.interactions.keys();
  if (oldest && state.interactions.size > KEPT) state.interactions.delete(oldest);
}

/**
 * Takes in what came of an interaction; opens the modal that the bot answered with.
 * @param current the state, changed in place
 * @param interaction an interaction; one that was not started here changes nothing
 */
export function applyInteraction(current: State, interaction: InteractionState): void {
  const known = current.interactions.get(interaction.id);
  if (!known) return;
  const opens = interaction.outcome.state === 'modal' && known.state.outcome.state !== 'modal';
  current.interactions.set(interaction.id, { ...known, state: interaction });
  if (!opens || interaction.outcome.state !== 'modal') return;
  current.openSelect = null;
  current.modals = [
    ...current.modals,
    {
      columnId: known.columnId,
      memberId: interaction.memberId,
      interactionId: interaction.id,
      modal: interaction.outcome.modal,
      error: null,
      sending: false,
    },
  ];
}

/**
 * Sends a modal that was filled in. It closes when the bot has answered, and stays open with Discord's words
 * when the bot has not.
 * @param modal the modal
 * @param values what was filled in, by the inputs' custom ids
 */
export async function sendModal(modal: OpenModal, values: Record<string, ModalValue>): Promise<void> {
  const { memberId, interactionId } = modal;
  change(interactionId, { sending: true, error: null });
  try {
    const submitted = await call('submitModal', { memberId, interactionId, values });
    const outcome = await call('getInteraction', {
      interactionId: submitted.interactionId,
      wait: 10_000,
      until: 'first',
    });
    if (outcome.outcome.state === 'failed') {
      change(interactionId, { sending: false, error: 'Something went wrong. Try again.' });
      return;
    }
    update(() => {
      remember(outcome.id, { columnId: modal.columnId, component: null, state: outcome });
    });
    closeModal(interactionId);
  } catch (error) {
    change(interactionId, { sending: false, error: (error as Error).message });
  }
}

/**
 * Closes a modal without sending it.
 * @param interactionId the interaction that it answered
 */
export function closeModal(interactionId: Snowflake): void {
  update(() => {
    state.modals = state.modals.filter((modal) => modal.interactionId !== interactionId);
  });
}

function change(interactionId: Snowflake, changes: Partial<OpenModal>): void {
  update(() => {
    state.modals = state.modals.map((modal) =>
      modal.interactionId === interactionId ? { ...modal, ...changes } : modal,
    );
  });
}

/**
 * Names a component on a message.
 * @param place the component
 * @returns a key, the same for the same component
 */
export function componentKey(place: { messageId: Snowflake; customId: string }): string {
  return `${place.messageId}/${place.customId}`;
}

/**
 * Finds the newest interaction with a message's components in a column.
 * @param columnId the column
 * @param messageId the message
 * @returns it, or undefined
 */
export function latestOn(columnId: number, messageId: Snowflake): StartedInteraction | undefined {
  return [...state.interactions.values()].findLast(
    (started) => started.columnId === columnId && started.component?.startsWith(`${messageId}/`),
  );
}
