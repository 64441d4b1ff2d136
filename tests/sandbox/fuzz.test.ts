/** Malformed requests in every part: each gets an answer of Discord's form, and the server goes on. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { routes } from '../../sandbox/rest/routes.ts';
import type { TestDiscord } from './support/local-discord.ts';
import { commands, componentsV2, everyField, modal } from './support/samples.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const requests = 10_000;
const seed = 20_260_801;

interface Fuzzed {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string | FormData | undefined;
}

/** Things that exist, by the name that paths give them, so that requests come further than the first look-up. */
type Known = Record<string, string[]>;

async function whatExists(discord: TestDiscord): Promise<Known> {
  await discord.control.fill({ members: 500 });
  const state = await discord.state();
  const general = await discord.channel('general');
  const send = () =>
    discord.request<{ id: string }>('POST', `/channels/${general.id}/messages`, { body: everyField });
  const messages = await Promise.all(Array.from({ length: 50 }, send));
  const webhook = await discord.request<{ id: string; token: string }>(
    'POST',
    `/channels/${general.id}/webhooks`,
    {
      body: { name: 'Fuzzed' },
    },
  );
  return {
    guildId: [discord.guildId],
    applicationId: [discord.applicationId],
    channelId: [general.id, general.id, general.id, ...state.channels.map(({ id }) => id)],
    messageId: messages.map(({ body }) => body.id),
    userId: state.members.slice(12).map(({ member }) => member.user.id),
    roleId: state.guild.roles.map(({ id }) => id),
    overwriteId: state.guild.roles.map(({ id }) => id),
    webhookId: [webhook.body.id, discord.applicationId],
    webhookToken: [webhook.body.token],
    emoji: ['🎉', '👍'],
  };
}

/** Names that the API knows, so that malformed values reach the checks behind them. */
const fieldNames = [
  ...[
    'content',
    'embeds',
    'components',
    'flags',
    'nonce',
    'enforce_nonce',
    'allowed_mentions',
    'attachments',
  ],
  ...['message_reference', 'poll', 'type', 'data', 'name', 'roles', 'nick', 'permissions', 'position', 'id'],
  ...[
    'title',
    'fields',
    'value',
    'custom_id',
    'style',
    'label',
    'options',
    'url',
    'parse',
    'users',
    'answers',
  ],
  ...[
    'question',
    'recipient_id',
    'messages',
    'channel_id',
    'entity_type',
    'scheduled_start_time',
    'max_uses',
  ],
  ...['permission_overwrites', 'allow', 'deny', 'topic', 'archived', 'communication_disabled_until'],
];

const oddText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '\u0000',
    '../../etc/passwd',
    '%',
    '%zz',
    '9'.repeat(40),
    '__proto__',
    'constructor',
    '-1',
    'NaN',
  ),
);

const oddValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: false },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, 2 ** 53),
    oddText,
    fc.constantFrom(...commands, modal),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames), oddText), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** Bodies that Discord takes, with one piece replaced. */
const validBodies = [
  everyField,
  componentsV2,
  ...commands,
  { type: 9, data: modal },
  { type: 4, data: everyField },
  {
    name: 'Name',
    type: 0,
    topic: 'Topic',
    permission_overwrites: [{ id: '1', type: 0, allow: '1', deny: '2' }],
  },
  { nick: 'Nick', roles: ['1'], communication_disabled_until: '2026-01-01T00:00:00Z', mute: false, flags: 1 },
  {
    content: 'Reply',
    message_reference: { message_id: '1' },
    allowed_mentions: { parse: ['users'], roles: ['1'] },
  },
  { poll: { question: { text: 'When?' }, answers: [{ poll_media: { text: 'Now' } }], duration: 1 } },
  {
    name: 'Event',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: '2099-01-01T00:00:00Z',
    channel_id: null,
    scheduled_end_time: '2099-01-01T01:00:00Z',
    entity_metadata: { location: 'Here' },
  },
  { max_age: 0, max_uses: 1, unique: true, role_ids: ['1'] },
];

/** The value with the piece at the place replaced; a place beyond what there is replaces the whole. */
function replaced(value: unknown, place: number[], piece: unknown): unknown {
  const [first, ...rest] = place;
  if (first === undefined || typeof value !== 'object' || value === null) return piece;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const keys = Object.keys(copy);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return piece;
  return Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, piece) });
}

const mutatedBody = fc
  .tuple(
    fc.constantFrom<object[]>(...validBodies),
    fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
    oddValue,
  )
  .map(([valid, place, piece]) => replaced(valid, place, piece));

const jsonBody = fc
  .oneof({ weight: 3, arbitrary: mutatedBody }, { weight: 2, arbitrary: oddValue })
  .map((value) => JSON.stringify(value) ?? '');
const brokenBody = fc.oneof(
  fc.tuple(jsonBody, fc.nat({ max: 40 })).map(([json, length]) => json.slice(0, length)),
  oddText,
  fc.constant('['.repeat(5000)),
);
const formBody = fc
  .array(
    fc.tuple(fc.constantFrom('payload_json', 'files[0]', 'files[x]', 'other'), fc.oneof(jsonBody, oddText)),
    {
      maxLength: 4,
    },
  )
  .map((parts) => {
    const form = new FormData();
    for (const [name, value] of parts)
      if (name.startsWith('files')) form.append(name, new Blob([value]), value.slice(0, 10));
      else form.append(name, value);
    return form;
  });

const contentTypes = [
  'application/json',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'x/y',
];
const headerValue = fc
  .string({ unit: fc.constantFrom(...'aZ09 %/;="'), maxLength: 20 })
  .map((text) => text.trim());

/** What must stay, or there is nothing left to fuzz. */
const deletesTheGround = ['DELETE /channels/:channelId', 'DELETE /webhooks/:webhookId'];

function fuzzedPath(known: Known): fc.Arbitrary<{ method: string; path: string }> {
  return fc.constantFrom(...routes).chain(({ method, path }) => {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const isKept = deletesTheGround.includes(`${method} ${path}`);
    const values = names.map((name) => {
      const existing = known[name];
      if (existing === undefined || isKept) return oddText;
      return fc.oneof(
        { weight: 15, arbitrary: fc.constantFrom(...existing) },
        { weight: 1, arbitrary: oddText },
      );
    });
    return fc.tuple(...values).map((filled) => ({
      method,
      path: filled.reduce((text, value) => text.replace(/:\w+/, encodeURIComponent(value)), path),
    }));
  });
}

function fuzzed(token: string, known: Known): fc.Arbitrary<Fuzzed> {
  const authorization = fc.oneof(
    { weight: 15, arbitrary: fc.constant({ authorization: `Bot ${token}` }) },
    { weight: 1, arbitrary: headerValue.map((value) => ({ authorization: value })) },
  );
  const cut = fc.oneof(
    { weight: 15, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat({ max: 5 }) },
  );
  return fc
    .record({
      place: fuzzedPath(known),
      query: fc.option(oddText),
      authorization,
      body: anyBody,
      method: otherMethod,
      cut,
    })
    .map(({ place, query, authorization: auth, body, method, cut: length }) => {
      const verb = method ?? place.method;
      const odd = encodeURIComponent(query ?? '');
      return {
        method: verb,
        path: length === 0 ? place.path : place.path.slice(0, -length),
        query: query === null ? '' : `?limit=${odd}&after=${odd}&before=${odd}&query=${odd}`,
        headers: { ...auth, ...body.headers },
        body: verb === 'GET' ? undefined : body.body,
      };
    });
}

const otherMethod = fc.oneof(
  { weight: 15, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
);

interface Body {
  headers: Record<string, string>;
  body: string | FormData | undefined;
}
const json = { 'content-type': 'application/json' };
const anyBody: fc.Arbitrary<Body> = fc.oneof(
  { weight: 6, arbitrary: jsonBody.map((body) => ({ headers: json, body })) },
  { weight: 2, arbitrary: brokenBody.map((body) => ({ headers: json, body })) },
  { weight: 2, arbitrary: formBody.map((body) => ({ headers: {}, body })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(jsonBody, fc.constantFrom(...contentTypes), headerValue)
      .map(([body, type, reason]) => ({
        headers: { 'content-type': type, 'x-audit-log-reason': reason },
        body,
      })),
  },
  { weight: 1, arbitrary: fc.constant({ headers: {}, body: undefined }) },
);

/** What is wrong with the answer, or null. */
async function problemOf(discord: TestDiscord, request: Fuzzed): Promise<string | null> {
  const { method, headers, body } = request;
  const response = await fetch(`${discord.apiUrl}/v10${request.path}${request.query}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(5000),
  });
  const text = await response.text();
  if (response.status >= 500) return `answers ${response.status}: ${text}`;
  if (response.status < 400) return null;
  const answer: unknown = JSON.parse(text);
  const hasForm = typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer;
  return hasForm ? null : `answers ${response.status} without code and message: ${text}`;
}

describe('Whatever a client sends', () => {
  const discord = useTestDiscord();

  test(`gets an answer of Discord's form, in ${requests} malformed requests`, async () => {
    const known = await whatExists(discord());
    const samples = fc.sample(fuzzed(discord().token, known), { numRuns: requests, seed });
    const problems: string[] = [];
    const queue = samples.values();
    const work = async () => {
      for (const request of queue) {
        const problem = await problemOf(discord(), request).catch((error: unknown) => `fails: ${error}`);
        if (problem !== null)
          problems.push(
            `${request.method} ${request.path}${request.query} ${String(request.body).slice(0, 200)}: ${problem}`,
          );
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(problems.slice(0, 10)).toEqual([]);
    const { status } = await discord().request('GET', '/users/@me');
    expect(status).toBe(200);
  });
});
