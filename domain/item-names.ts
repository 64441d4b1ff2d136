/** Names of the items that the configuration lists: steps, kinds, topics, badges, leaderboards, … */

/** How many characters such a name has at most. */
export const ITEM_NAME_LENGTH = 40;

/** Such a name as a part of a regular expression: files, commands and `custom_id`s know the item by it. */
export const ITEM_NAME = `[a-z][a-z0-9-]{0,${ITEM_NAME_LENGTH - 1}}`;
