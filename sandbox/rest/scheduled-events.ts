/** Scheduled events of the guild. */

import {
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { changeEvent, createEvent, deleteEvent, findEvent } from '../actions/scheduled-events.ts';
import { isoTime, optional, queryBoolean, queryInt, snowflake, text } from '../rules/scalars.ts';
import { compareIds } from '../state/snowflake.ts';
import { viewEvent } from '../views/guild.ts';
import { viewMember, viewUser } from '../views/users.ts';
import { type Route, route } from './route.ts';

const oneOf = <T extends number>(values: readonly T[]) => z.union(values.map((value) => z.literal(value)));

const recurrence = z.looseObject({
  start: isoTime,
  frequency: oneOf([0, 1, 2, 3]),
  interval: z.int().min(1),
});

const fields = {
  channel_id: snowflake.nullish(),
  entity_metadata: z.object({ location: optional(text(1, 100)) }).nullish(),
  scheduled_end_time: isoTime.nullish(),
  description: text(0, 1000).nullish(),
  image: z
    .string()
    .regex(/^data:image\/(png|jpeg|jpg|gif|webp);base64,/)
    .nullish(),
  recurrence_rule: recurrence.nullish(),
};
const entityType = oneOf([EntityType.StageInstance, EntityType.Voice, EntityType.External]);
const createForm = z.object({
  ...fields,
  name: text(1, 100),
  privacy_level: z.literal(2),
  scheduled_start_time: isoTime,
  entity_type: entityType,
});
const changeForm = z.object({
  ...fields,
  name: optional(text(1, 100)),
  privacy_level: optional(z.literal(2)),
  scheduled_start_time: optional(isoTime),
  entity_type: optional(entityType),
  status: optional(oneOf([Status.Scheduled, Status.Active, Status.Completed, Status.Canceled])),
});

function fromForm(form: Partial<z.output<typeof changeForm>>) {
  return {
    name: form.name,
    description: form.description,
    channelId: form.channel_id,
    location: form.entity_metadata?.location,
    startsAt: form.scheduled_start_time,
    endsAt: form.scheduled_end_time,
    status: form.status,
    entityType: form.entity_type,
    image: form.image,
    recurrence: form.recurrence_rule as never,
  };
}

export const scheduledEventRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId/scheduled-events',
    bucket: 'read-events',
    query: z.object({ with_user_count: optional(queryBoolean) }),
    handle: ({ query, world }) =>
      [...world.scheduledEvents.values()].map((event) => viewEvent(world, event, query.with_user_count)),
  }),
  route({
    method: 'POST',
    path: '/guilds/:guildId/scheduled-events',
    bucket: 'change-events',
    body: createForm,
    handle: ({ body, world, actor }) => {
      const form = { ...fromForm(body), name: body.name, startsAt: body.scheduled_start_time };
      return viewEvent(world, createEvent(world, actor, form));
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/scheduled-events/:eventId',
    bucket: 'read-events',
    query: z.object({ with_user_count: optional(queryBoolean) }),
    handle: ({ params, query, world }) =>
      viewEvent(world, findEvent(world, params.eventId), query.with_user_count),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/scheduled-events/:eventId',
    bucket: 'change-events',
    body: changeForm,
    handle: ({ params, body, world, actor }) =>
      viewEvent(world, changeEvent(world, actor, findEvent(world, params.eventId), fromForm(body))),
  }),
  route({
    method: 'DELETE',
    path: '/guilds/:guildId/scheduled-events/:eventId',
    bucket: 'change-events',
    handle: ({ params, world, actor }) => deleteEvent(world, actor, findEvent(world, params.eventId)),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/scheduled-events/:eventId/users',
    bucket: 'read-events',
    query: z.object({
      limit: optional(queryInt(1, 100)),
      with_member: optional(queryBoolean),
      before: optional(snowflake),
      after: optional(snowflake),
    }),
    handle: ({ params, query, world }) => {
      const event = findEvent(world, params.eventId);
      return event.interested
        .filter((id) => compareIds(id, query.after ?? '0') > 0)
        .filter((id) => query.before === undefined || compareIds(id, query.before) < 0)
        .sort(compareIds)
        .slice(0, query.limit ?? 100)
        .map((id) => {
          const member = world.members.get(id);
          return {
            guild_scheduled_event_id: event.id,
            user_id: id,
            // Interested.
            response: 1,
            user: viewUser(world, id),
            ...(query.with_member && member !== undefined ? { member: viewMember(world, member) } : {}),
          };
        });
    },
  }),
];
