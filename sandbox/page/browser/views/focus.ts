// Where the keyboard is: into what opens, around in it, and back to where it came from.

let opener: HTMLElement | null = null;

/** Keeps in mind what is focused, to come back to it. What lies over the page itself does not count. */
export function rememberFocus(): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !active.closest('.popover, dialog')) opener = active;
}

/** Goes back to what was focused before something opened. */
export function returnFocus(): void {
  // What closes is still on the page until the next frame.
  requestAnimationFrame(() => opener?.isConnected && opener.focus());
}

/**
 * Moves through the items of a menu, a list box or a toolbar with the arrow keys, Home and End.
 * @param event a key pressed somewhere in `container`
 * @param container what holds the items
 * @param items a selector of the items
 */
export function moveFocus(event: KeyboardEvent, container: HTMLElement, items: string): void {
  const all = [...container.querySelectorAll<HTMLElement>(items)];
  const current = all.indexOf(document.activeElement as HTMLElement);
  const target = neighbour(event.key, current, all.length);
  if (target === null) return;
  event.preventDefault();
  all[target]?.focus();
}

/**
 * Gives the item that a key leads to.
 * @param key as in `KeyboardEvent.key`
 * @param current the item's index, -1 for none
 * @param count how many there are
 * @returns an index, or null when the key moves nothing
 */
export function neighbour(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowUp':
      return (Math.max(current, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
