/** In whose name a request is made, and what that token may do. */

import type { FastifyRequest } from 'fastify';
import type { LocalGithubServices } from './services.ts';
import type { User } from './state.ts';

/** Scopes with which a token may write in public repositories ("Scopes for OAuth apps"). */
const WRITING_SCOPES = ['repo', 'public_repo'];

export interface Caller {
  readonly token: string;
  /** Null: the application to which `services.token` belongs. */
  readonly user: User | null;
  readonly mayWrite: boolean;
}

/** Who asks; undefined without a token that is valid. */
export function callerOf(request: FastifyRequest, services: LocalGithubServices): Caller | undefined {
  const token = tokenOf(request);
  if (token === undefined) return undefined;
  if (token === services.token) return { token, user: null, mayWrite: true };
  const user = services.state.user(services.state.tokens[token] ?? null);
  if (user === undefined) return undefined;
  const scopes = (services.state.scopes[token] ?? '').split(/[ ,]+/);
  return { token, user, mayWrite: scopes.some((scope) => WRITING_SCOPES.includes(scope)) };
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^(?:token|bearer) (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
