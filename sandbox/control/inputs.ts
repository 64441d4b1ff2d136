/** What each call of the control API takes, as schemas that say clearly what is wrong. */

import { z } from 'zod';
import { isSnowflake } from '../state/snowflake.ts';
import type { ControlCallName, ControlCalls } from './calls.ts';

const id = z.string().refine(isSnowflake, 'is no id');
/** A number that may come in a query, as text. */
const number = z.coerce.number<unknown>();
const isoTime = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no ISO time');
const decimal = z.string().regex(/^\d{1,19}$/, 'is no decimal text of permissions');
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'is no Base64');
const file = z.object({
  filename: z.string().min(1).max(260),
  contentType: z.string().min(1).max(200),
  base64: base64.max(14_000_000),
});

const ofMember = { memberId: id };
const ofMessage = { channelId: id, messageId: id };
const byStaff = { by: id.exactOptional(), reason: z.string().max(512).exactOptional() };
const nothing = z.object({});
const memberOnly = z.object(ofMember);
const memberByStaff = z.object({ ...ofMember, ...byStaff });
const memberAndMessage = z.object({ ...ofMember, ...ofMessage });
const memberAndEvent = z.object({ ...ofMember, eventId: id });
const withEmoji = z.object({ ...ofMember, ...ofMessage, emoji: z.string().min(1).max(100) });

const optionValue = z.union([z.string().max(6000), z.number(), z.boolean(), file]);
const modalValue = z.union([z.string().max(4000), z.array(z.string()), z.boolean(), z.array(file)]);
const command = {
  ...ofMember,
  channelId: id,
  commandId: id,
  subcommand: z.array(z.string()).max(2).exactOptional(),
  options: z.record(z.string(), optionValue).exactOptional(),
};

const eventFields = {
  name: z.string(),
  description: z.string().exactOptional(),
  entityType: z.int().min(1).max(3),
  channelId: id.exactOptional(),
  location: z.string().exactOptional(),
  startsAt: isoTime,
  endsAt: isoTime.exactOptional(),
};

type ExactPartial<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodExactOptional<Shape[Key]> };

/** The same fields, each of which may be absent. */
function exactPartial<Shape extends Record<string, z.ZodType>>(shape: Shape): ExactPartial<Shape> {
  const fields = Object.entries(shape).map(([key, field]) => [key, field.exactOptional()]);
  return Object.fromEntries(fields) as ExactPartial<Shape>;
}

const bucket = z.object({ limit: z.int().min(0), perMs: z.number().min(1) });
const milliseconds = z.number().min(0);
const limits = z.strictObject(
  exactPartial({
    enforced: z.boolean(),
    global: bucket,
    invalidRequests: bucket,
    buckets: z.record(z.string(), bucket),
    identify: bucket,
    identifiesPerDay: z.int().min(0),
    gatewaySends: bucket,
    memberRequests: bucket,
    firstAnswerMs: milliseconds,
    interactionTokenMs: milliseconds,
    nonceMs: milliseconds,
    resumeMs: milliseconds,
    resumeEvents: z.int().min(0),
    heartbeatMs: z.number().min(100),
  }),
);

const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    code: z.int().exactOptional(),
    message: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('delay'), ms: z.number().min(0).max(600_000) }),
  z.object({ kind: z.literal('drop-before') }),
  z.object({ kind: z.literal('drop-after') }),
]);
const faultRule = z.strictObject({
  match: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).exactOptional(),
    route: z.string().min(1),
  }),
  times: z.int().min(1).exactOptional(),
  every: z.int().min(1).exactOptional(),
  fault,
});

const atMs = { atMs: z.number().min(0) };
const replayStep = z.discriminatedUnion('do', [
  z.object({ ...atMs, do: z.literal('join'), name: z.string() }),
  z.object({ ...atMs, do: z.literal('leave'), name: z.string() }),
  z.object({ ...atMs, do: z.literal('write'), name: z.string(), channel: z.string(), content: z.string() }),
  z.object({ ...atMs, do: z.literal('react'), name: z.string(), channel: z.string(), emoji: z.string() }),
  z.object({ ...atMs, do: z.literal('voice'), name: z.string(), channel: z.string().nullable() }),
]);

const gatewayAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('disconnect'), code: z.int().min(1000).max(4999).exactOptional() }),
  z.object({ action: z.literal('invalidate') }),
  z.object({ action: z.literal('reconnect') }),
]);

/** The most members that can be added at once. */
const maximumCrowd = 20_000;

/** The schema of each call's input. */
export const inputs = {
  getSettings: nothing,
  getState: nothing,
  getMember: memberOnly,
  getMemberChannels: memberOnly,
  getMessages: z.object({
    channelId: id,
    as: id.exactOptional(),
    before: id.exactOptional(),
    after: id.exactOptional(),
    around: id.exactOptional(),
    limit: number.pipe(z.int().min(1).max(100)).exactOptional(),
  }),
  getMessage: z.object({ ...ofMessage, as: id.exactOptional() }),
  getDirectMessages: z.object({
    ...ofMember,
    before: id.exactOptional(),
    limit: number.pipe(z.int().min(1).max(100)).exactOptional(),
  }),
  getPings: memberOnly,
  getReactionUsers: z.object({ ...ofMessage, emoji: z.string().min(1) }),

  join: z.object({
    names: z.array(z.string().trim().min(1).max(32)).max(maximumCrowd).exactOptional(),
    count: z.int().min(1).max(maximumCrowd).exactOptional(),
    userId: id.exactOptional(),
    bot: z.boolean().exactOptional(),
    pending: z.boolean().exactOptional(),
    inviteCode: z.string().exactOptional(),
    dmsClosed: z.boolean().exactOptional(),
  }),
  leave: memberOnly,
  kick: memberByStaff,
  ban: z.object({
    ...ofMember,
    ...byStaff,
    deleteMessageSeconds: z.int().min(0).max(604_800).exactOptional(),
  }),
  unban: memberByStaff,
  passScreening: memberOnly,
  setDirectMessages: z.object({ ...ofMember, open: z.boolean() }),

  setNickname: z.object({ ...ofMember, ...byStaff, nickname: z.string().max(32).nullable() }),
  giveRole: z.object({ ...ofMember, ...byStaff, roleId: id }),
  takeRole: z.object({ ...ofMember, ...byStaff, roleId: id }),
  setTimeout: z.object({ ...ofMember, ...byStaff, until: isoTime.nullable() }),
  setVoice: z.object({
    ...ofMember,
    channelId: id.nullable(),
    selfMute: z.boolean().exactOptional(),
    selfDeaf: z.boolean().exactOptional(),
  }),

  openDirectMessage: memberOnly,
  write: z.object({
    ...ofMember,
    channelId: id,
    content: z.string().exactOptional(),
    files: z.array(file).max(10).exactOptional(),
    replyTo: id.exactOptional(),
  }),
  editMessage: z.object({ ...ofMember, ...ofMessage, content: z.string() }),
  deleteMessage: memberAndMessage,
  startTyping: z.object({ ...ofMember, channelId: id }),
  react: withEmoji,
  unreact: withEmoji,
  pin: memberAndMessage,
  unpin: memberAndMessage,
  vote: z.object({ ...ofMember, ...ofMessage, answerIds: z.array(z.int()).max(10) }),
  openThread: z.object({
    ...ofMember,
    channelId: id,
    name: z.string().trim().min(1).max(100),
    messageId: id.exactOptional(),
    content: z.string().exactOptional(),
    tags: z.array(id).max(5).exactOptional(),
    private: z.boolean().exactOptional(),
  }),

  press: z.object({ ...ofMember, ...ofMessage, customId: z.string() }),
  choose: z.object({ ...ofMember, ...ofMessage, customId: z.string(), values: z.array(z.string()).max(25) }),
  runCommand: z.object({ ...command, targetId: id.exactOptional() }),
  autocomplete: z.object({ ...command, focused: z.string() }),
  submitModal: z.object({ ...ofMember, interactionId: id, values: z.record(z.string(), modalValue) }),
  getInteraction: z.object({
    interactionId: id,
    wait: number.pipe(z.number().min(0).max(60_000)).exactOptional(),
    until: z.enum(['first', 'final']).exactOptional(),
  }),
  listInteractions: z.object({ memberId: id.exactOptional() }),

  createEvent: z.object({ ...ofMember, ...eventFields }),
  editEvent: z.object({
    ...ofMember,
    eventId: id,
    status: z.int().min(1).max(4).exactOptional(),
    ...exactPartial(eventFields),
  }),
  deleteEvent: memberAndEvent,
  markInterested: memberAndEvent,
  unmarkInterested: memberAndEvent,
  createInvite: z.object({
    ...ofMember,
    channelId: id,
    maxAge: z.int().min(0).max(604_800).exactOptional(),
    maxUses: z.int().min(0).max(100).exactOptional(),
  }),

  createChannel: z.object({
    ...byStaff,
    name: z.string().trim().min(1).max(100),
    type: z.int(),
    parentId: id.exactOptional(),
    topic: z.string().max(1024).exactOptional(),
  }),
  deleteChannel: z.object({ ...byStaff, channelId: id }),
  setPermissions: z.object({
    ...byStaff,
    channelId: id,
    targetId: id,
    type: z.union([z.literal(0), z.literal(1)]),
    allow: decimal,
    deny: decimal,
  }),
  clearPermissions: z.object({ ...byStaff, channelId: id, targetId: id }),
  createRole: z.object({
    ...byStaff,
    name: z.string().trim().min(1).max(100),
    color: z.int().min(0).max(0xffffff).exactOptional(),
    permissions: decimal.exactOptional(),
    position: z.int().min(1).exactOptional(),
  }),
  deleteRole: z.object({ ...byStaff, roleId: id }),

  fill: z.object({
    members: z.int().min(1).max(maximumCrowd),
    seed: z.int().exactOptional(),
    announce: z.boolean().exactOptional(),
  }),
  replay: z.object({
    steps: z.array(replayStep).max(200_000).exactOptional(),
    seed: z.int().exactOptional(),
    members: z.int().min(1).max(maximumCrowd).exactOptional(),
    messages: z.int().min(0).max(200_000).exactOptional(),
    speed: z.number().min(0.001).exactOptional(),
  }),
  getReplay: nothing,
  stopReplay: nothing,
  reset: nothing,

  getFaults: nothing,
  setFaults: z.object({ rules: z.array(faultRule).max(1000) }),
  actOnGateway: gatewayAction,
  getSessions: nothing,
  getAway: nothing,
  setAway: z.object({
    away: z.union([z.number().min(0).max(86_400_000), z.literal('until-cleared'), z.null()]),
  }),
  getLimits: nothing,
  setLimits: limits,
  getRequests: z.object({
    since: number.pipe(z.int().min(0)).exactOptional(),
    route: z.string().exactOptional(),
    method: z.string().exactOptional(),
    status: number.pipe(z.int()).exactOptional(),
    limit: number.pipe(z.int().min(1).max(200_000)).exactOptional(),
  }),
  clearRequests: nothing,
  countRequests: nothing,
  getExchanges: nothing,
  clearExchanges: nothing,
} satisfies { [Name in ControlCallName]: z.ZodType<ControlCalls[Name]['input']> };
