/** What a measurement gives: tables, which people read on the terminal and machines as JSON. */

/** What a value should be. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** A line: what was measured, for each column that has it. */
export interface Row {
  readonly what: string;
  readonly values: Readonly<Record<string, number>>;
  /** What the value in the first column should be. */
  readonly aim?: Aim;
}

/** Figures side by side. Units stand in the names of columns or rows. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What one has to know to read the figures: sizes, conditions, what was left out. */
  readonly notes?: readonly string[];
}

const NO_VALUE = '–';
const GAP = '  ';

/** A table as text of fixed width. */
export function toText({ title, columns, rows, notes = [] }: Table): string {
  const header = ['', ...columns, ''];
  const cells = rows.map((row) => [
    row.what,
    ...columns.map((column) => toCell(row.values[column])),
    verdict(row, columns[0]),
  ]);
  const widths = header.map((_, index) =>
    Math.max(...[header, ...cells].map((line) => line[index]?.length ?? 0)),
  );
  const toLine = (line: readonly string[]) =>
    line
      .map((cell, index) =>
        index === 0 || index === line.length - 1
          ? cell.padEnd(widths[index] ?? 0)
          : cell.padStart(widths[index] ?? 0),
      )
      .join(GAP)
      .trimEnd();
  return [title, '', ...[header, ...cells].map(toLine), ...notes.map((note) => `  ${note}`), ''].join('\n');
}

function toCell(value: number | undefined): string {
  if (value === undefined) return NO_VALUE;
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function verdict({ aim, values }: Row, column = ''): string {
  if (aim === undefined) return '';
  const value = values[column];
  const [sign, bound] = 'atMost' in aim ? ['≤', aim.atMost] : ['≥', aim.atLeast];
  const met = value !== undefined && ('atMost' in aim ? value <= bound : value >= bound);
  return `aim ${sign} ${bound.toLocaleString('en')}: ${met ? 'met' : 'missed'}`;
}
