import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { GuildId } from '../../domain/ids.ts';

const datetime = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.DATETIME);
const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** What staff can search workflows by in the Temporal UI. A namespace has room for ten keywords and three times. */
export const SEARCH_ATTRIBUTES = {
  guild: keyword('Guild'),
  member: keyword('Member'),
  feature: keyword('Feature'),
  state: keyword('State'),
  platform: keyword('Platform'),
  kind: keyword('Kind'),
  host: keyword('Host'),
  variant: keyword('Variant'),
  /** Discord's id of a scheduled event. */
  scheduledEvent: keyword('ScheduledEvent'),
  start: datetime('Start'),
} as const;

/** Their names and types, as they are registered in a namespace. */
export const SEARCH_ATTRIBUTE_TYPES = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => ({
  name,
  type,
}));

/** What there is to say of a workflow when it starts, beside its guild and its feature. */
type Findable = Partial<
  Record<Exclude<keyof typeof SEARCH_ATTRIBUTES, 'guild' | 'feature' | 'start'>, string> & { start: Date }
>;

/** By what staff find a workflow. */
export function searchAttributes(
  guildId: GuildId,
  feature: string,
  more: Findable = {},
): TypedSearchAttributes {
  const values = Object.entries({ guild: guildId, feature, ...more });
  const pairs = values.map(([name, value]) => ({
    key: SEARCH_ATTRIBUTES[name as keyof typeof SEARCH_ATTRIBUTES],
    value,
  }));
  return new TypedSearchAttributes(pairs as SearchAttributePair[]);
}
