import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstIdAt } from '../../domain/ids.ts';
import { drawShare } from '../../domain/shares.ts';

const shares = [
  { name: 'a', share: 50 },
  { name: 'b', share: 20 },
];

describe('a share', () => {
  test('is as large as it says, also among members who joined one after the other', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => firstIdAt(1_763_800_000_000 + index * 7));
    const drawn = ids.map((id) => drawShare(shares, id)?.name ?? 'rest');
    const percent = (name: string) => (drawn.filter((one) => one === name).length / ids.length) * 100;
    expect(percent('a')).toBeCloseTo(50, -0.3);
    expect(percent('b')).toBeCloseTo(20, -0.3);
    expect(percent('rest')).toBeCloseTo(30, -0.3);
  });

  test('is everything or nothing at its ends', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(drawShare([{ share: 100 }], id)).toEqual({ share: 100 });
        expect(drawShare([{ share: 0 }], id)).toBeUndefined();
        expect(drawShare([], id)).toBeUndefined();
      }),
    );
  });
});
