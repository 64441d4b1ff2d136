import { Part, type PartPlan } from './part.ts';
import { PartReport, type Print, type SetupError } from './report.ts';

/** Parts that run together: started as they are added, stopped in the opposite order. */
export class Stack {
  readonly #print: Print;
  readonly #parts: { part: Part; title: string }[] = [];
  readonly #failed = Promise.withResolvers<SetupError>();

  constructor(print: Print) {
    this.#print = print;
  }

  /** Resolves when a part has died for good. */
  get failure(): Promise<SetupError> {
    return this.#failed.promise;
  }

  /** Reports on a part that somebody else runs, or that has to be found first. */
  report(title: string): PartReport {
    return new PartReport(this.#print, title);
  }

  /**
   * Starts a part, waits until it is ready and says so.
   *
   * @param inLineText what to say instead if it has to wait for its turn
   * @throws SetupError with what it said if it does not get there
   */
  async start(
    plan: PartPlan,
    report: PartReport,
    readyText: string,
    inLineText: string = readyText,
  ): Promise<Part> {
    const part = new Part(plan, (error) => this.#failed.resolve(error));
    this.#parts.push({ part, title: report.title });
    await part.start();
    report.ready(part.isInLine ? inLineText : readyText);
    return part;
  }

  /** Stops every part, the last started first, each after it has finished what it holds. */
  async stop(): Promise<void> {
    for (const { part, title } of this.#parts.splice(0).reverse()) {
      const report = this.report(title);
      await part.stop();
      report.ready('stopped');
    }
  }
}
