/** Tutorials as tests add them, without Discord. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { submitTutorial } from '../../database/tutorials.ts';
import { firstIdAt, type GuildId, type MemberId, toInteractionId } from '../../domain/ids.ts';
import { type NewTutorial, readLink } from '../../domain/tutorials.ts';

const FIRST = BigInt(firstIdAt(Date.now()));
let commands = 0n;

/** A tutorial of a member that nobody has added yet, with a link of its own. */
export function newTutorial(
  guildId: GuildId,
  authorId: MemberId,
  { address, ...rest }: Partial<Omit<NewTutorial, 'link'>> & { readonly address?: string } = {},
): NewTutorial {
  commands += 1n;
  const link = readLink(address ?? `https://tutorials.example/${commands}`);
  if (link === undefined) throw new Error(`${address} is no link`);
  return {
    ...{ guildId, authorId, tutorialId: toInteractionId(String(FIRST + commands)), link },
    ...{ title: `Tutorial ${commands}`, description: null, ...rest },
  };
}

/** Adds a tutorial that nobody has added yet. */
export async function addTutorial(
  em: EntityManager,
  guildId: GuildId,
  authorId: MemberId,
): Promise<NewTutorial> {
  const tutorial = newTutorial(guildId, authorId);
  const { kind } = await submitTutorial(em, tutorial, 100);
  if (kind !== 'submitted') throw new Error(`the tutorial was not added: ${kind}`);
  return tutorial;
}
