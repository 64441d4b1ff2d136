import { parseDraftButtonId } from '../domain/event-drafts.ts';
import { parseAttendeesId, parseCancelButtonId, parseEventListId } from '../domain/event-lists.ts';
import { EVENT_COMMAND } from '../views/commands/events.ts';
import { update } from './answer.ts';
import { cancelConfirmed } from './event-changes.ts';
import { eventCommand, showAttendees, showEvents } from './event-commands.ts';
import { pressDraftButton, submitDraftForm } from './event-drafts.ts';
import type { BotFeature } from './feature.ts';

/** Organisers plan events and change them; everybody looks them up. Who goes is in `event-registrations.ts`. */
export const events: BotFeature = {
  use(interaction, context) {
    if (!interaction.isButton()) return undefined;
    const { customId } = interaction;
    const ofDraft = parseDraftButtonId(customId);
    if (ofDraft !== undefined) return pressDraftButton(interaction, ofDraft.button, ofDraft.draftId, context);
    const page = parseEventListId(customId);
    if (page !== undefined) return update(interaction, context, () => showEvents(page, context));
    const attendees = parseAttendeesId(customId);
    if (attendees !== undefined)
      return update(interaction, context, () =>
        showAttendees(interaction, attendees.eventId, attendees.page, context),
      );
    const cancelled = parseCancelButtonId(customId);
    if (cancelled === undefined) return undefined;
    return update(interaction, context, () => cancelConfirmed(interaction, cancelled, context));
  },

  submit(interaction, context) {
    const form = parseDraftButtonId(interaction.customId);
    return form?.button === 'event-draft' ? submitDraftForm(interaction, form.draftId, context) : undefined;
  },

  commands: { [EVENT_COMMAND.name]: eventCommand },
};
