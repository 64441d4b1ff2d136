import type { ParseArgsOptionsConfig } from 'node:util';
import type { Table } from './table.ts';

/** What `parseArgs` gives for the options of a benchmark. */
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** A benchmark: what one can ask of it, and how it is run. */
export interface Bench {
  readonly options: ParseArgsOptionsConfig;
  run(values: Values): Promise<readonly Table[]>;
}

/** A part of a benchmark that can be run by itself. */
export type Measurement = (values: Values) => Promise<Table[]>;

/**
 * A benchmark of several measurements, each with servers of its own. `--only NAME` runs one of them.
 *
 * @param options what else can be asked of it
 */
export function benchOf(
  measurements: Readonly<Record<string, Measurement>>,
  options: ParseArgsOptionsConfig,
): Bench {
  const names = Object.keys(measurements);
  function measurementOf(name: unknown): Measurement {
    const measurement = measurements[String(name)];
    if (measurement !== undefined) return measurement;
    throw new RangeError(`--only ${name}: expected one of ${names.join(', ')}`);
  }
  return {
    options: { only: { type: 'string', multiple: true, default: names }, ...options },
    async run(values) {
      const wanted = [values.only ?? []].flat().map(measurementOf);
      const tables: Table[] = [];
      for (const measure of wanted) tables.push(...(await measure(values)));
      return tables;
    },
  };
}

/** What long runs say while they go on. Not on stdout, where the results stand. */
export function progress(text: string): void {
  process.stderr.write(text);
}

/** An option that is a number of things. @throws RangeError if it is not a whole number above 0 */
export function countFrom(values: Values, name: string): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`--${name} ${values[name]}: expected a whole number above 0`);
  return count;
}
