/** Who may talk to the server: programs on this machine, and pages that the server itself served. */

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether the `Host` header names the loopback address: a name that merely leads here is a rebinding attack. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return loopbackNames.includes(host.replace(/:\d+$/, '').toLowerCase());
}

/** Whether the `Origin` header, when there is one, is a page of this server, under whichever of its names. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const portOf = (name: string) => /:(\d+)$/.exec(name)?.[1] ?? '80';
  return protocol === 'http:' && isLoopbackHost(originHost) && portOf(originHost) === portOf(host ?? '');
}
