/**
 * The value that the share `q` of `values` does not exceed: 0.5 is the median, 0.99 the slowest but one in a hundred.
 *
 * @throws RangeError if there are no values
 */
export function quantile(values: readonly number[], q: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * q) - 1)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** The arithmetic mean. @throws RangeError if there are no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
