/** What a person reads in the terminal: a line for each part, with what it does and how long it took. */

/** Something went wrong in setting up, and a person has to do something about it. The message says what. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Where the lines go. */
export type Print = (text: string) => void;

const TITLE_WIDTH = 14;

/** Writes to the terminal. */
export const toTerminal: Print = (text) => void process.stdout.write(text);

/** Shows the progress of one part on one line. */
export class PartReport {
  readonly #print: Print;
  /** The part's name, as people read it. */
  readonly title: string;
  readonly #startedAt = performance.now();

  constructor(print: Print, title: string) {
    this.#print = print;
    this.title = title;
  }

  /** What takes long, and why: a download, a build. A line of its own. */
  progress(text: string): void {
    this.#print(`  … ${this.title.padEnd(TITLE_WIDTH)} ${text}\n`);
  }

  /** The part is there. */
  ready(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1_000).toFixed(1);
    this.#print(`  ✓ ${this.title.padEnd(TITLE_WIDTH)} ${text} (${seconds} s)\n`);
  }
}
