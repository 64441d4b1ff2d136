/** The section `workshops` of `community.yaml`. */

import { z } from 'zod';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type { EventSettings } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { ALL_SLOTS, type WorkshopSettings, type WorkshopSlot } from '../../domain/workshops.ts';
import { duration, itemName, text, timeOfDay, timeZone, uniqueNames, voiceChannelName } from './fields.ts';

const member = z
  .string()
  .regex(/^\d{15,20}$/, 'expected the id of a member, in quotes: 15 to 20 digits')
  .transform((id): MemberId => toMemberId(id));

const slot: z.ZodType<WorkshopSlot> = z
  .strictObject({
    name: itemName
      .refine((name) => name !== ALL_SLOTS, `"${ALL_SLOTS}" stands for every workshop: choose another name`)
      .describe('How it is called in commands and in the database: do not rename it'),
    weekday: z.enum(WEEKDAYS),
    at: timeOfDay.describe('When it begins, on the clock on the wall'),
    duration: duration
      .refine((value) => toMilliseconds(value) > 0, 'expected more than nothing')
      .optional()
      .describe('How long it lasts, if not as its kind does'),
    kind: itemName.describe('Which of the kinds of events.kinds it is'),
    title: text('workshops.slots.title', 'What it is called'),
    description: text('workshops.slots.description', 'What happens there'),
    channel: voiceChannelName.optional(),
    link: z
      .url({ protocol: /^https?$/, error: 'expected an address that begins with https://' })
      .max(100, 'Discord takes at most 100 characters')
      .optional()
      .describe('Where members meet, if not in a channel'),
    capacity: z
      .int()
      .min(1, 'expected at least 1')
      .optional()
      .describe('How many can go; without it, as many as like'),
    host: member.optional().describe("The host's id, in quotes"),
  })
  .refine(({ channel, link }) => (channel === undefined) !== (link === undefined), {
    path: ['channel'],
    message: 'expected either a channel or a link, where members meet',
  });

export const workshops: z.ZodType<WorkshopSettings> = z.strictObject({
  timeZone: timeZone.describe('In which the times of day are meant, in summer and in winter'),
  openAhead: z
    .int()
    .min(1, 'expected 1 to 14 days')
    .max(14, 'expected 1 to 14 days')
    .default(6)
    .describe('How many days before its day an event opens'),
  slots: z
    .array(slot)
    .max(24, 'Discord offers at most 24 of them beside all')
    .check(uniqueNames('workshop'))
    .describe('The workshops of a week'),
});

/** Workshops of a kind that there is not, which will be a mistake in writing. */
export function problemsWithWorkshopKinds({
  events,
  workshops,
}: {
  readonly events: Pick<EventSettings, 'kinds'>;
  readonly workshops: WorkshopSettings;
}) {
  const known = events.kinds.map(({ name }) => name);
  return workshops.slots.flatMap(({ kind }, index) =>
    known.includes(kind)
      ? []
      : [
          {
            path: ['workshops', 'slots', index, 'kind'],
            kind,
            message: `"${kind}" is no kind of event: expected one of ${known.join(', ')}`,
          },
        ],
  );
}
