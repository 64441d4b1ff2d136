/** Faults on demand: errors, delays, cut connections, and Discord being away. */

import type { FaultKind, FaultRule, FaultState } from '../control/api.ts';

type CountedRule = FaultRule & { applied: number; seen: number };

export class Faults {
  readonly #now: () => number;
  #rules: CountedRule[] = [];
  #awayUntil: number | null = null;
  #onChange: () => void = () => {};

  constructor(now: () => number) {
    this.#now = now;
  }

  onChange(callback: () => void): void {
    this.#onChange = callback;
  }

  set(rules: FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule, applied: 0, seen: 0 }));
    this.#onChange();
  }

  /** The fault that applies to a request, which thereby counts as applied. */
  take(method: string, route: string): FaultKind | null {
    if (this.#rules.length === 0) return null;
    const candidates = this.#rules.filter(
      (candidate) => isLeft(candidate) && applies(candidate, method, route),
    );
    for (const candidate of candidates) candidate.seen++;
    const rule = candidates.find(({ seen, every = 1 }) => seen % every === 0);
    if (rule === undefined) return null;
    rule.applied++;
    this.#onChange();
    return rule.fault;
  }

  /** Milliseconds, for ever, or (null) back at once. */
  setAway(away: number | 'until-cleared' | null): void {
    if (away === null) this.#awayUntil = null;
    else this.#awayUntil = away === 'until-cleared' ? Number.POSITIVE_INFINITY : this.#now() + away;
    this.#onChange();
  }

  get away(): boolean {
    return this.#awayUntil !== null && this.#awayUntil > this.#now();
  }

  state(): FaultState {
    const rules = this.#rules.map(({ seen: _, ...rule }) => rule);
    return { rules, awayUntil: this.away ? awayText(this.#awayUntil) : null };
  }

  clear(): void {
    this.#rules = [];
    this.#awayUntil = null;
    this.#onChange();
  }
}

function awayText(until: number | null): string | null {
  if (until === null) return null;
  return until === Number.POSITIVE_INFINITY ? 'until-cleared' : new Date(until).toISOString();
}

function isLeft(rule: CountedRule): boolean {
  return rule.times === undefined || rule.applied < rule.times;
}

function applies(rule: CountedRule, method: string, route: string): boolean {
  if (rule.match.method !== undefined && rule.match.method !== method) return false;
  const { route: pattern } = rule.match;
  return pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern;
}
