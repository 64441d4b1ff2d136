/** The switches of a platform: what goes wrong with the next requests, and what becomes of its tokens. */

import { z } from 'zod';
import type { Fault, FaultRule } from '../faults.ts';
import { type RequestKind, SOCIAL_PLATFORMS, type SocialPlatform } from '../stand-in.ts';
import { PLATFORM_NAMES } from './names.ts';

/** How requests are called that faults happen to. */
const REQUESTS: Readonly<Record<RequestKind, string>> = {
  publish: 'Publishing',
  upload: 'Uploads',
  read: 'Reading',
  token: 'Tokens',
};

/** The faults that can be chosen, by name. A limit ends after the time that is given with it. */
const FAULTS = {
  limit: {
    label: '429: limit reached',
    make: (ms: number): Fault => ({ kind: 'rate limit', resetAfterMs: ms }),
  },
  broken: { label: '503: out of order', make: (): Fault => ({ kind: 'server error', status: 503 }) },
  'silent-before': {
    label: 'No answer, nothing done',
    make: (): Fault => ({ kind: 'time out', when: 'before' }),
  },
  'silent-after': {
    label: 'No answer, though done',
    make: (): Fault => ({ kind: 'time out', when: 'after' }),
  },
  'drop-before': {
    label: 'Connection lost, nothing done',
    make: (): Fault => ({ kind: 'drop', when: 'before' }),
  },
  'drop-after': {
    label: 'Connection lost, though done',
    make: (): Fault => ({ kind: 'drop', when: 'after' }),
  },
  token: { label: 'Token expired', make: (): Fault => ({ kind: 'expire token' }) },
  duplicate: { label: 'Refused as a duplicate', make: (): Fault => ({ kind: 'duplicate' }) },
} as const;
type FaultName = keyof typeof FAULTS;

export const ofPlatform = z.object({ platform: z.enum(SOCIAL_PLATFORMS) });

const LONGEST_LIMIT_SECONDS = 86_400;
const MOST_TIMES = 1_000;

/** What the form of a fault sends. */
export const faultForm = ofPlatform.extend({
  on: z.enum(Object.keys(REQUESTS) as [RequestKind, ...RequestKind[]]),
  fault: z.enum(Object.keys(FAULTS) as [FaultName, ...FaultName[]]),
  times: z.coerce.number().int().min(1).max(MOST_TIMES),
  seconds: z.coerce.number().int().min(0).max(LONGEST_LIMIT_SECONDS),
});

/** The rule that a form asks for. */
export function ruleOf({ platform, on, fault, times, seconds }: z.output<typeof faultForm>): FaultRule {
  return { platform, on, times, fault: FAULTS[fault].make(seconds * 1_000) };
}

/** What is set, in words. */
export function activeFaults(platform: SocialPlatform, rules: readonly FaultRule[], back: string): string {
  if (rules.length === 0) return '<p class="quiet">No faults are set.</p>';
  const items = rules.map(
    ({ on, times, every, fault }) =>
      `<li>${REQUESTS[on]}: ${describe(fault)}, ${times} ${times === 1 ? 'time' : 'times'}${every ? `, each ${every}th` : ''}</li>`,
  );
  return `<ul class="faults">${items.join('')}</ul>
    ${button('/switches/clear-faults', platform, back, `Clear<span class="hidden"> the faults of ${PLATFORM_NAMES[platform]}</span>`)}`;
}

/** The forms of a platform. */
export function switches(platform: SocialPlatform, back: string): string {
  const name = PLATFORM_NAMES[platform];
  const hidden = `<span class="hidden"> of ${name}</span>`;
  return `<details class="switches"><summary>Faults and tokens${hidden}</summary>
    <form method="post" action="/switches/fault">
      ${fields(platform, back)}
      <label>To<select name="on">${options(REQUESTS)}</select></label>
      <label>What<select name="fault">${options(mapLabels())}</select></label>
      <label>Times<input name="times" type="number" min="1" max="${MOST_TIMES}" value="1" required></label>
      <label>A limit ends after (s)<input name="seconds" type="number" min="0" max="${LONGEST_LIMIT_SECONDS}" value="30" required></label>
      <button>Set${hidden}</button>
    </form>
    <div class="tokens">
      ${button('/switches/expire-tokens', platform, back, `Expire the tokens${hidden}`)}
      ${button('/switches/revoke', platform, back, `Revoke the consent${hidden}`)}
    </div>
  </details>`;
}

/** A button that does something with a platform. `label` is HTML. */
function button(action: string, platform: SocialPlatform, back: string, label: string): string {
  return `<form method="post" action="${action}">${fields(platform, back)}<button>${label}</button></form>`;
}

function fields(platform: SocialPlatform, back: string): string {
  return `<input type="hidden" name="platform" value="${platform}"><input type="hidden" name="back" value="${back}">`;
}

function options(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([value, label]) => `<option value="${value}">${label}</option>`)
    .join('');
}

const mapLabels = () => Object.fromEntries(Object.entries(FAULTS).map(([name, { label }]) => [name, label]));

function describe(fault: Fault): string {
  const known = Object.values(FAULTS).find(({ make }) => {
    const made = make(0);
    return made.kind === fault.kind && ('when' in made ? 'when' in fault && made.when === fault.when : true);
  });
  if (fault.kind === 'rate limit') return `${known?.label} for ${fault.resetAfterMs / 1_000} s`;
  return fault.kind === 'server error' ? `${fault.status}: out of order` : (known?.label ?? fault.kind);
}
