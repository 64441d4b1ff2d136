/** Reads JSON without losing the last digits of ids: some clients send them as numbers. */

/** Beyond 15 digits a number may lose some. */
const longNumber = /[[:,]\s*\d{16,}/;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^\d+$/.test(source)
    ? source
    : value;

/**
 * The value that the text stands for; whole numbers too large for a number become text.
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(text: string): unknown {
  return longNumber.test(text)
    ? JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1])
    : JSON.parse(text);
}
