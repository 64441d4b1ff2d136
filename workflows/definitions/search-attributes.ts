import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** What staff can search workflows by in the Temporal UI. A namespace has room for ten of this type. */
export const SEARCH_ATTRIBUTES = {
  guild: keyword('Guild'),
  member: keyword('Member'),
  feature: keyword('Feature'),
  state: keyword('State'),
  platform: keyword('Platform'),
  kind: keyword('Kind'),
  host: keyword('Host'),
  variant: keyword('Variant'),
} as const;

/** Their names, as they are registered in a namespace. */
export const SEARCH_ATTRIBUTE_NAMES = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
