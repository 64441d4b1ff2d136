/** Pictures that people have given to Discord. */

/** Longer than this nobody waits for a picture. */
const WITHIN_MS = 10_000;
/** Discord takes no larger cover of a scheduled event. */
const MOST_BYTES = 8 * 1024 * 1024;
const TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * Reads a picture as Discord takes it again, as a data URI. Undefined if it is not there any more, is no picture, or is too
 * large: addresses of attachments expire after a day.
 */
export async function readPicture(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    const size = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || !TYPES.includes(type) || size > MOST_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    return bytes.length > MOST_BYTES ? undefined : `data:${type};base64,${bytes.toString('base64')}`;
  } catch {
    return undefined;
  }
}
