// Pictures: only those that the local Discord has itself. Nothing is loaded from elsewhere, so that trying things
// out tells nobody about it.

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Finds out whether a picture can be shown.
 * @param address from a message
 * @returns the address on this server; null for anything that lies elsewhere
 */
export function shownImage(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  // The server may know itself by another name for this machine than the one the page was opened at.
  const here = url.host === location.host || (LOOPBACK.has(url.hostname) && url.port === location.port);
  return here ? `${url.pathname}${url.search}` : null;
}
