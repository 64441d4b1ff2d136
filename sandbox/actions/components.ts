/** What the server adds to a message's components: numbers, defaults, and where media are loaded from. */

import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import type { TopLevelComponent } from '../rules/components.ts';
import { withNested } from '../rules/message-form.ts';
import type { World } from '../state/world.ts';

type AnyComponent = Record<string, unknown> & { type: number };

const selectDefaults = { min_values: 1, max_values: 1 };

/** What each type of component says when the sender said nothing. */
const defaults: Partial<Record<number, object>> = {
  [ComponentType.StringSelect]: selectDefaults,
  [ComponentType.UserSelect]: selectDefaults,
  [ComponentType.RoleSelect]: selectDefaults,
  [ComponentType.MentionableSelect]: selectDefaults,
  [ComponentType.ChannelSelect]: selectDefaults,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.File]: { name: '', size: 0, spoiler: false },
};

/** The components as they come back. Each gets a number: the sender's own, or the next free one in reading order. */
export function receivedComponents(
  world: World,
  components: readonly TopLevelComponent[],
): APIMessageTopLevelComponent[] {
  const copies = structuredClone(components) as unknown as AnyComponent[];
  const all = copies.flatMap((component) => [...withNested(component)]);
  const taken = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all) {
    dropAbsent(component);
    addDefaults(world, component);
    if (typeof component.id === 'number' && component.id > 0) continue;
    while (taken.has(next)) next++;
    taken.add(next);
    component.id = next;
  }
  return copies as unknown as APIMessageTopLevelComponent[];
}

function addDefaults(world: World, component: AnyComponent): void {
  for (const [field, value] of Object.entries(defaults[component.type] ?? {})) component[field] ??= value;
  for (const field of ['media', 'file'])
    if (isMedia(component[field])) component[field] = unfurled(world, component[field]);
  if (component.type !== ComponentType.MediaGallery || !Array.isArray(component.items)) return;
  component.items = component.items.map((item: { media: { url: string } }) => ({
    description: null,
    spoiler: false,
    ...item,
    media: unfurled(world, item.media),
  }));
}

function isMedia(value: unknown): value is { url: string } {
  return typeof value === 'object' && value !== null && 'url' in value;
}

function unfurled(world: World, media: { url: string }): object {
  return { id: world.newId(), url: media.url, proxy_url: media.url };
}

function dropAbsent(fields: Record<string, unknown>): void {
  for (const key of Object.keys(fields)) if (fields[key] === undefined) delete fields[key];
}
