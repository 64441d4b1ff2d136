import { describe, expect, test } from '@jest/globals';
import { isPublicAddress, isThisMachine } from '../../runtime/public-address.ts';

describe('an address of a machine', () => {
  test.each(['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '2001:4860:4860::8888'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine, by another number', '127.8.9.10'],
    ['this machine, in IPv6', '::1'],
    ['no machine', '0.0.0.0'],
    ['no machine, in IPv6', '::'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.0.1'],
    ['a private network, in IPv6', 'fd12:3456::1'],
    ['a link', '169.254.1.1'],
    ['the data of a machine in a cloud', '169.254.169.254'],
    ['the same, in IPv6', 'fd00:ec2::254'],
    ['the agent of a machine in a cloud', '168.63.129.16'],
    ['a link, in IPv6', 'fe80::1'],
    ['a provider’s own network', '100.64.0.1'],
    ['many', '224.0.0.1'],
    ['many, in IPv6', 'ff02::1'],
    ['everybody', '255.255.255.255'],
    ['an example', '203.0.113.5'],
    ['an example, in IPv6', '2001:db8::1'],
    ['an IPv4 address in IPv6', '::ffff:127.0.0.1'],
    ['a public one in IPv6', '::ffff:1.1.1.1'],
    ['one that is translated', '64:ff9b::7f00:1'],
    ['one that is tunnelled', '2002:7f00:1::'],
    ['nobody yet', '4000::1'],
    ['nothing', 'localhost'],
  ])('of %s is not public: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a host', () => {
  test.each(['localhost', '127.0.0.1', '127.8.9.10', '[::1]', '::1'])('%s is this machine', (host) => {
    expect(isThisMachine(host)).toBe(true);
  });

  test.each(['discord.com', '0.0.0.0', '10.0.0.1', '[::]', '[fd12:3456::1]', 'localhost.example.org', ''])(
    '"%s" may be another one',
    (host) => {
      expect(isThisMachine(host)).toBe(false);
    },
  );
});
