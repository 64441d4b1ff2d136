/** The control API of the local platforms: faults, consent, what was published and asked. A call is `POST /control/<name>`. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultRule } from './faults.ts';
import type { ConsentMode, LocalPlatformsServices, LoggedRequest } from './services.ts';
import { FIGURES, SOCIAL_PLATFORMS, type SocialPlatform, type SocialPost } from './stand-in.ts';
import type { Tokens } from './tokens.ts';

export type { Fault, FaultRule } from './faults.ts';

const none = z.strictObject({});
const platform = z.enum(SOCIAL_PLATFORMS);
const ofPlatform = z.strictObject({ platform });
const when = z.enum(['before', 'after']);

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rate limit'), resetAfterMs: z.int().min(0) }),
  z.strictObject({ kind: z.literal('server error'), status: z.int().min(500).max(599) }),
  z.strictObject({ kind: z.literal('time out'), when }),
  z.strictObject({ kind: z.literal('drop'), when }),
  z.strictObject({ kind: z.literal('expire token') }),
  z.strictObject({ kind: z.literal('duplicate') }),
]);

const rule: z.ZodType<FaultRule> = z.strictObject({
  platform,
  on: z.enum(['publish', 'upload', 'read', 'token']),
  times: z.int().min(1),
  every: z.int().min(1).optional(),
  fault,
});

/** Those that are left out stay as they are. */
const figures = z.partialRecord(z.enum(FIGURES), z.int().min(0).nullable());

/** What each call takes. */
const INPUTS = {
  setFaults: z.strictObject({ rules: z.array(rule) }),
  getFaults: none,
  getPosts: ofPlatform,
  deletePost: z.strictObject({ platform, id: z.string() }),
  setFigures: z.strictObject({ platform, id: z.string(), figures }),
  setConsent: z.strictObject({ mode: z.enum(['ask', 'given', 'refused']) }),
  getConsent: none,
  setLimits: z.strictObject({ kept: z.boolean() }),
  revoke: ofPlatform,
  expireTokens: ofPlatform,
  getRequests: none,
} as const;
type CallName = keyof typeof INPUTS;
type Input<Name extends CallName> = z.input<(typeof INPUTS)[Name]>;

/** Something published, as it is told of. */
export type PublishedPost = Pick<SocialPost, 'id' | 'url' | 'title' | 'text' | 'media' | 'at' | 'edits'>;

/** What calls answer that answer something. */
interface Answers {
  getFaults: { rules: FaultRule[] };
  getPosts: { posts: PublishedPost[] };
  getConsent: { mode: ConsentMode };
  getRequests: { requests: LoggedRequest[] };
}
type Answer<Name> = Name extends keyof Answers ? Answers[Name] : Record<string, never>;

/** The calls as functions. */
export type SocialControl = { [Name in CallName]: (input: Input<Name>) => Promise<Answer<Name>> };

type Handlers = { [Name in CallName]: (input: z.output<(typeof INPUTS)[Name]>) => unknown };

/** Something cannot be done, with a sentence for the one who tried. */
class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

/** Adds all calls. */
export async function socialControlApi(
  app: FastifyInstance,
  { services, tokens }: { services: LocalPlatformsServices; tokens: Tokens },
): Promise<void> {
  const handlers = createHandlers(services, tokens);
  app.setErrorHandler((error, _, reply) => {
    const status = error instanceof NotPossible ? 409 : error instanceof z.ZodError ? 400 : 500;
    return reply.code(status).send({ message: (error as Error).message });
  });
  for (const name of Object.keys(INPUTS) as CallName[]) {
    const handler = handlers[name] as (input: unknown) => unknown;
    app.post(`/control/${name}`, async ({ body }) => handler(INPUTS[name].parse(body)) ?? {});
  }
}

function createHandlers(services: LocalPlatformsServices, tokens: Tokens): Handlers {
  const { state, faults, requests } = services;
  return {
    setFaults: ({ rules }) => faults.set(rules),
    getFaults: () => ({ rules: faults.rules }),
    getPosts: ({ platform }) => ({ posts: publishedOn(platform).map(toPublished) }),
    deletePost: ({ platform, id }) => {
      publishedAs(platform, id).isDeleted = true;
      state.save();
    },
    setFigures: ({ platform, id, figures }) => {
      const post = publishedAs(platform, id);
      post.figures = { ...post.figures, ...figures };
      state.save();
    },
    setConsent: ({ mode }) => {
      services.consent = mode;
    },
    getConsent: () => ({ mode: services.consent }),
    setLimits: ({ kept }) => {
      services.keepsLimits = kept;
    },
    revoke: ({ platform }) => tokens.revokeAll(platform),
    expireTokens: ({ platform }) => tokens.expireAll(platform),
    getRequests: () => ({ requests }),
  };

  function publishedOn(platform: SocialPlatform): SocialPost[] {
    return state.platform(platform).posts.filter(({ isDeleted }) => !isDeleted);
  }

  function publishedAs(platform: SocialPlatform, id: string): SocialPost {
    const post = publishedOn(platform).find((one) => one.id === id);
    if (post === undefined) throw new NotPossible(`There is no post ${id}.`);
    return post;
  }
}

function toPublished({ id, url, title, text, media, at, edits }: SocialPost): PublishedPost {
  return { id, url, title, text, media, at, edits };
}

/** Connects to local platforms at `url` (`http://127.0.0.1:PORT`). A call that is refused throws with the reason. */
export function connectToLocalPlatforms(url: string): SocialControl {
  const names = Object.keys(INPUTS) as CallName[];
  return Object.fromEntries(
    names.map((name) => [name, (input: object) => send(url, name, input)]),
  ) as unknown as SocialControl;
}

async function send(url: string, name: CallName, input: object): Promise<unknown> {
  const response = await fetch(`${url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as { message?: string };
  if (!response.ok) throw new Error(`${name}: ${answer.message}`);
  return answer;
}
