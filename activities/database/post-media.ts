import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import {
  CHUNK_BYTES,
  findWaitingMedium,
  type MediumRef,
  refuseMedium,
  storeMedium,
} from '../../database/post-media.ts';
import { mediaName } from '../../domain/platform-media.ts';
import type { MediaId, MediaProblem, PostRef } from '../../domain/posts.ts';
import { type FetchOutcome, fetchGuarded } from '../../runtime/guarded-fetch.ts';
import { readMediaType } from '../../runtime/media-type.ts';
import { isThisMachine } from '../../runtime/public-address.ts';
import { createSlots } from '../../runtime/slots.ts';
import { whileBeating } from '../heartbeat.ts';
import type { DatabaseContext } from './context.ts';

/** So often it is tried where what hinders it may pass: whoever writes a post waits for it. */
const MOST_ATTEMPTS = 3;
const RETRY_AFTER = '5s';
const BYTES_OF_MB = 1_000_000;
/** So much may lie in the folder for temporary files at a time, if one alone is not more: in containers it takes memory. */
const TEMPORARY_BYTES = 400 * BYTES_OF_MB;

/** How the media of posts come into the database. */
export function postMediaInDatabase({ database, config, environment }: DatabaseContext) {
  const mostBytes = config.distribution.largestMediaMb * BYTES_OF_MB;
  const trustedOrigins = originsOfLocalDiscord(environment.DISCORD_API_URL);
  const inSlot = createSlots(Math.max(1, Math.floor(TEMPORARY_BYTES / mostBytes)));

  return {
    /**
     * Fetches a medium, looks into it and stores it, or writes down why it cannot be used. What is stored already stays. If the process
     * dies, nothing is stored, and it is fetched anew.
     */
    async fetchMedia(post: PostRef, mediaId: MediaId): Promise<void> {
      const medium = { ...post, mediaId };
      const source = await findWaitingMedium(database.em.fork(), medium);
      if (source === undefined) return;
      await whileBeating(() =>
        inSlot(() => inFolder((folder) => bring(medium, source, join(folder, 'medium')))),
      );
    },
  };

  /** Fetches what is at `source` into `file`, and from there into the database. */
  async function bring(medium: MediumRef, source: string, file: string): Promise<void> {
    const { cancellationSignal: signal } = Context.current();
    const outcome = await fetchGuarded(source, file, { mostBytes, trustedOrigins, signal });
    const problem =
      outcome.kind === 'fetched' ? await store(medium, source, file, outcome) : problemOf(outcome);
    if (problem !== undefined) await refuseMedium(database.em.fork(), medium, problem);
  }

  /** Gives why it is not stored. */
  async function store(
    medium: MediumRef,
    source: string,
    file: string,
    { bytes, digest }: Extract<FetchOutcome, { kind: 'fetched' }>,
  ): Promise<MediaProblem | undefined> {
    const found = await readMediaType(file);
    if (found.kind === 'other') return { kind: 'wrong type', type: found.type ?? 'of an unknown type' };
    const { medium: kind, type, width, height, ending } = found;
    const info = {
      mediaId: medium.mediaId,
      kind,
      type,
      bytes,
      width,
      height,
      name: mediaName(source, ending),
    };
    await storeMedium(database.em, medium, { info, digest }, partsOf(file));
    return undefined;
  }

  /** @throws ApplicationFailure if it may pass, so that it is tried again */
  function problemOf(outcome: Exclude<FetchOutcome, { kind: 'fetched' }>): MediaProblem {
    if (outcome.kind === 'too large') return { kind: 'too large', mostBytes };
    if (outcome.kind === 'own network') return outcome;
    const { reason, isPassing } = outcome;
    if (isPassing && Context.current().info.attempt < MOST_ATTEMPTS) {
      throw ApplicationFailure.create({
        message: reason,
        type: 'MediaUnreachable',
        nextRetryDelay: RETRY_AFTER,
      });
    }
    return { kind: 'unreachable', reason };
  }
}

/** Files that people give to the local Discord are on this machine. Of a Discord anywhere else nothing is believed. */
function originsOfLocalDiscord(apiUrl: string): string[] {
  const { origin, hostname } = new URL(apiUrl);
  return isThisMachine(hostname) ? [origin] : [];
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tixl-media-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* partsOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    for (;;) {
      const part = await readPart(handle);
      if (part.length === 0) return;
      yield part;
    }
  } finally {
    await handle.close();
  }
}

/** All parts but the last are full: they are found by their numbers. */
async function readPart(handle: FileHandle): Promise<Buffer> {
  const part = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  while (filled < CHUNK_BYTES) {
    const { bytesRead } = await handle.read(part, filled, CHUNK_BYTES - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return part.subarray(0, filled);
}
