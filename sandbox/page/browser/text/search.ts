// Finding by name, as one types.

/**
 * Finds what is called like that.
 * @param items what there is
 * @param typed what was typed; everything is found when it is empty
 * @param nameOf the words that an item is found by
 * @returns those whose name begins so, and then those that contain it, each in the order they had
 */
export function search<Item>(items: Item[], typed: string, nameOf: (item: Item) => string): Item[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return items;
  const found = items.filter((item) => nameOf(item).toLowerCase().includes(wanted));
  const begins = (item: Item) => nameOf(item).toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((item) => !begins(item))];
}
