import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where and when something was measured. Load is the mean number of processes that ran or waited in the minute before. */
export interface Machine {
  readonly at: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly loadBefore: number;
}

/** This machine, now. */
export function describeMachine(): Machine {
  return {
    at: new Date().toISOString(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  };
}

/** The machine in one line. */
export function machineLine(machine: Machine): string {
  const { at, processor, cores, memoryGb, system, node, loadBefore } = machine;
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, load before ${loadBefore.toFixed(1)}, ${at}`;
}
