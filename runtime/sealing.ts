/** Secrets in the database: encrypted, so that a backup or a dump gives nobody the right to post in our name. */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MisconfiguredError } from './process.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what is sealed: how the rest of it is laid out. */
const VERSION = 1;

/** Seals and opens with one key. */
export interface Sealer {
  /**
   * @param context where it is kept, such as the key of its row: it opens there alone, so that nobody can put it into another place
   */
  seal(text: string, context: string): Buffer;
  /** @throws SealError if it was sealed with another key or for another place, or was changed since */
  open(sealed: Uint8Array, context: string): string;
}

/** Something sealed cannot be opened. The message holds nothing of it. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor() {
    super('it was sealed with another key, or for another place');
  }
}

/**
 * Makes a sealer: AES-256 in Galois/Counter Mode, with a nonce of its own for each text (NIST SP 800-38D).
 *
 * @param key 32 bytes in base64: TOKENS_KEY
 * @throws MisconfiguredError if it is something else; the message does not show it
 */
export function createSealer(key: string): Sealer {
  const bytes = toKey(key);
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, bytes, nonce).setAAD(Buffer.from(context));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), content]);
    },

    open(sealed, context) {
      const [version, nonce, tag, content] = partsOf(Buffer.from(sealed));
      if (version !== VERSION || tag.length !== TAG_BYTES) throw new SealError();
      const decipher = createDecipheriv(ALGORITHM, bytes, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
      const text = decipher.update(content);
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw new SealError();
      }
    },
  };
}

function toKey(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== key)
    throw new MisconfiguredError(
      `TOKENS_KEY: expected ${KEY_BYTES} bytes in base64. Make one with: openssl rand -base64 ${KEY_BYTES}`,
    );
  return bytes;
}

function partsOf(sealed: Buffer): [number | undefined, Buffer, Buffer, Buffer] {
  const tagAt = 1 + NONCE_BYTES;
  const contentAt = tagAt + TAG_BYTES;
  return [
    sealed[0],
    sealed.subarray(1, tagAt),
    sealed.subarray(tagAt, contentAt),
    sealed.subarray(contentAt),
  ];
}
