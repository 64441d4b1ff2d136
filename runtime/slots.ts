/** Doing only so many things at a time. */

/** Does `work` when a slot is free, first come, first served. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** `count` slots. */
export function createSlots(count: number): InSlot {
  let free = count;
  const waiting: (() => void)[] = [];
  const take = async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((called) => waiting.push(called));
  };
  const giveBack = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await take();
    try {
      return await work();
    } finally {
      giveBack();
    }
  };
}
