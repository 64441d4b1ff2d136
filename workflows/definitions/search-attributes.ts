import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

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
