/** How Rest.li 2.0 writes lists into addresses: `ids=List(…,…)`, of which only the members are encoded. */

import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../stand-in.ts';
import { INVALID_QUERY, TOO_LONG } from './errors.ts';

/** How long what follows the question mark may be ("Query tunneling" in LinkedIn's docs). */
const LONGEST_QUERY = 4_096;

/** The members of a list in the query of a request; undefined where there is no such list. */
export function listIn({ url }: FastifyRequest, name: string): string[] | undefined | Refusal {
  const query = url.slice(url.indexOf('?') + 1);
  if (query.length > LONGEST_QUERY) return TOO_LONG;
  const value = query.split('&').find((part) => part.startsWith(`${name}=`));
  if (value === undefined) return undefined;
  // Read before anything is decoded: an encoded comma belongs to a member.
  const members = /^List\((?<members>[^()]+)\)$/.exec(value.slice(name.length + 1))?.groups?.members;
  return members === undefined ? INVALID_QUERY : members.split(',').map(decodeURIComponent);
}
