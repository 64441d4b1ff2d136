/** The control API of the local GitHub: acting as anybody, faults, what was asked. A call is `POST /control/<name>`. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Deeds, NotPossible } from './deeds.ts';
import { pathOf } from './posts.ts';
import type { LocalGithubServices } from './services.ts';
import type { PullRequest, Repository, User } from './state.ts';

const repository = z.string();
/** In ms since 1970; now when absent. */
const at = z.int().optional();
const ofPull = z.strictObject({ repository, number: z.int(), at });
const none = z.strictObject({});

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    status: z.int(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('drop-before') }),
  z.strictObject({ kind: z.literal('drop-after') }),
  z.strictObject({ kind: z.literal('time-out-before') }),
  z.strictObject({ kind: z.literal('time-out-after') }),
]);

const faultRule = z.strictObject({
  path: z.string(),
  method: z.string().optional(),
  operation: z.string().optional(),
  times: z.int(),
  every: z.int().min(1).optional(),
  fault,
});

const count = z.int().min(0).exactOptional();
/** Those that are left out stay as they are. */
const figures = z.strictObject({ upvotes: count, reactions: count, comments: count, replies: count });

/** What each call takes. */
const INPUTS = {
  createUser: z.strictObject({ login: z.string().regex(/^[\w-]{1,39}$/) }),
  createRepository: z.strictObject({ fullName: z.string() }),
  deleteRepository: z.strictObject({ fullName: z.string() }),
  openPull: z.strictObject({
    repository,
    author: z.string().nullable(),
    title: z.string().default('A change'),
    at,
  }),
  mergePull: ofPull,
  closePull: ofPull,
  touchPull: ofPull,
  switchFeatures: z.strictObject({
    repository,
    issues: z.boolean().optional(),
    discussions: z.boolean().optional(),
  }),
  getPosts: none,
  deletePost: z.strictObject({ id: z.string() }),
  setFigures: z.strictObject({ id: z.string(), figures }),
  decide: z.strictObject({ userCode: z.string(), login: z.string(), decision: z.enum(['approve', 'deny']) }),
  expire: z.strictObject({ userCode: z.string() }),
  revokeTokens: none,
  holdToInterval: z.strictObject({ held: z.boolean() }),
  setLimits: z.strictObject({ kept: z.boolean() }),
  setToken: z.strictObject({ token: z.string() }),
  setFaults: z.strictObject({ rules: z.array(faultRule) }),
  getRequests: none,
} as const;
type CallName = keyof typeof INPUTS;
type Input<Name extends CallName> = z.input<(typeof INPUTS)[Name]>;

/** What was published. `at` in ms since 1970; `edits`: how often it was changed. */
export interface PublishedPost {
  id: string;
  url: string;
  title: string;
  text: string;
  at: number;
  edits: number;
}

/** What calls answer that answer something. */
interface Answers {
  createUser: User;
  createRepository: Repository;
  openPull: PullRequest;
  mergePull: PullRequest;
  closePull: PullRequest;
  touchPull: PullRequest;
  getPosts: { posts: PublishedPost[] };
  getRequests: { requests: { method: string; path: string; status: number }[] };
}
type Answer<Name> = Name extends keyof Answers ? Answers[Name] : Record<string, never>;

/** The calls as functions. */
export type GithubControl = { [Name in CallName]: (input: Input<Name>) => Promise<Answer<Name>> };

type Handlers = { [Name in CallName]: (input: z.output<(typeof INPUTS)[Name]>) => unknown };

/** Adds all calls. */
export async function githubControlApi(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
  const handlers = createHandlers(services);
  app.setErrorHandler((error, _, reply) => {
    const status = error instanceof NotPossible ? 409 : error instanceof z.ZodError ? 400 : 500;
    return reply.code(status).send({ message: (error as Error).message });
  });
  for (const name of Object.keys(INPUTS) as CallName[]) {
    const handler = handlers[name] as (input: unknown) => unknown;
    app.post(`/control/${name}`, async ({ body }) => handler(INPUTS[name].parse(body)) ?? {});
  }
}

function createHandlers(services: LocalGithubServices): Handlers {
  const deeds = new Deeds(services);
  return {
    createUser: ({ login }) => deeds.createUser(login),
    createRepository: ({ fullName }) => deeds.createRepository(fullName),
    deleteRepository: ({ fullName }) => deeds.deleteRepository(fullName),
    openPull: ({ repository, author, title, at }) => deeds.openPull(repository, author, title, at),
    mergePull: ({ repository, number, at }) => deeds.mergePull(repository, number, at),
    closePull: ({ repository, number, at }) => deeds.closePull(repository, number, at),
    touchPull: ({ repository, number, at }) => deeds.touchPull(repository, number, at),
    switchFeatures: ({ repository, ...features }) => deeds.switchFeatures(repository, features),
    getPosts: () => ({ posts: publishedPosts(services) }),
    deletePost: ({ id }) => deeds.deletePost(Number(id)),
    setFigures: ({ id, figures }) => deeds.setFigures(Number(id), figures),
    decide: ({ userCode, login, decision }) => deeds.decide(userCode, login, decision),
    expire: ({ userCode }) => deeds.expire(userCode),
    revokeTokens: () => deeds.revokeTokens(),
    holdToInterval: ({ held }) => {
      services.holdsToInterval = held;
    },
    setLimits: ({ kept }) => {
      services.keepsLimits = kept;
    },
    setToken: ({ token }) => {
      services.token = token;
    },
    setFaults: ({ rules }) => services.faults.set(rules),
    getRequests: () => ({ requests: services.requests }),
  };
}

/** Everything that was published, oldest first. */
function publishedPosts({ state, addresses }: LocalGithubServices): PublishedPost[] {
  const posts = state.repositories.flatMap((repository) =>
    repository.posts.map((post) => ({ post, url: `${addresses.pages}${pathOf(repository, post)}` })),
  );
  return posts
    .sort((one, other) => one.post.id - other.post.id)
    .map(({ post: { id, title, body, createdAt, edits }, url }) => ({
      ...{ id: String(id), url, title, text: body, at: Date.parse(createdAt), edits },
    }));
}

/** Connects to a local GitHub at `url` (`http://127.0.0.1:PORT`). A call that is refused throws with the reason. */
export function connectToLocalGithub(url: string): GithubControl {
  const names = Object.keys(INPUTS) as CallName[];
  return Object.fromEntries(
    names.map((name) => [name, (input: object) => send(url, name, input)]),
  ) as unknown as GithubControl;
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
