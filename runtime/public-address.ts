/** Which addresses of machines anybody on the internet can reach: all others are our own network, or nobody's. */

import ipaddr from 'ipaddr.js';

/** What is handed out for the use of everybody ("IPv6 Address Space": all global unicast is in it so far). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Reached from within a cloud alone, though its number is a public one: the agent of Azure's machines ("What is IP address 168.63.129.16?"). */
const OF_A_CLOUD: readonly string[] = ['168.63.129.16'];

/** Whether a host, by name or in figures as it stands in an address of the web, is this machine. */
export function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback');
}

/** Whether `address`, in figures, is one of the public internet. Those that stand for an IPv4 address in IPv6 are not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || OF_A_CLOUD.includes(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || (parsed instanceof ipaddr.IPv6 && parsed.match(GLOBAL_IPV6));
}
