/** Gives every component of a message the number that Discord gives it. */

import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { TopLevelComponent } from '../rules/components.ts';
import { withNested } from '../rules/message-form.ts';

/** A copy in which each component has an id: the sender's own, or the next free number in reading order. */
export function withComponentIds(components: readonly TopLevelComponent[]): APIMessageTopLevelComponent[] {
  const copies = structuredClone(components) as unknown as APIMessageTopLevelComponent[];
  const all = copies.flatMap((component) => [...withNested(component as never)]);
  const taken = new Set(all.map((component) => component.id));
  let next = 1;
  for (const component of all) {
    dropAbsent(component);
    if (typeof component.id === 'number' && component.id > 0) continue;
    while (taken.has(next)) next++;
    taken.add(next);
    component.id = next;
  }
  return copies;
}

function dropAbsent(fields: Record<string, unknown>): void {
  for (const key of Object.keys(fields)) if (fields[key] === undefined) delete fields[key];
}
