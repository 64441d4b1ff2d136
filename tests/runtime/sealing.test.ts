import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSealer, SealError } from '../../runtime/sealing.ts';

const KEY = randomBytes(32).toString('base64');
const sealer = createSealer(KEY);

describe('sealing', () => {
  test('gives back what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        expect(sealer.open(sealer.seal(text, context), context)).toBe(text);
      }),
    );
  });

  test('shows nothing of a text, and the same text looks different each time', () => {
    const [first, second] = [sealer.seal('very-secret', 'row'), sealer.seal('very-secret', 'row')];
    expect(first.includes('very-secret')).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  test('opens after a restart with the same key, and never with another', () => {
    const sealed = sealer.seal('very-secret', 'row');
    expect(createSealer(KEY).open(sealed, 'row')).toBe('very-secret');
    const other = createSealer(randomBytes(32).toString('base64'));
    expect(() => other.open(sealed, 'row')).toThrow(SealError);
  });

  test('opens in its own place alone', () => {
    expect(() => sealer.open(sealer.seal('very-secret', 'row 1'), 'row 2')).toThrow(SealError);
  });

  test('notices the change of any byte, and what is cut off', () => {
    const sealed = sealer.seal('very-secret', 'row');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => sealer.open(changed, 'row')).toThrow(SealError);
      expect(() => sealer.open(sealed.subarray(0, index), 'row')).toThrow(SealError);
    }
  });

  test.each([
    ['too short', randomBytes(16).toString('base64')],
    ['too long', randomBytes(33).toString('base64')],
    ['not base64', 'very-secret-password-of-some-length-that-is-no-key'],
    ['without its end', KEY.replace(/=+$/, '')],
    ['empty', ''],
  ])('takes no key that is %s, says how to make one, and does not show it', (_, key) => {
    let message = '';
    try {
      createSealer(key);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('openssl rand -base64 32');
    if (key !== '') expect(message).not.toContain(key);
  });
});
