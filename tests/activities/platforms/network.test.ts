import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { networkFailureOf, outcomeOfLostRequest } from '../../../activities/platforms/network.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

describe('failures of the network', () => {
  test.each([
    ['refused', coded('ECONNREFUSED'), 'not reached'],
    ['no such name', coded('ENOTFOUND'), 'not reached'],
    ['time ran out while connecting', coded('ETIMEDOUT', { syscall: 'connect' }), 'not reached'],
    ['no way there while connecting', coded('EHOSTUNREACH', { syscall: 'connect' }), 'not reached'],
    ['no way there any more', coded('ENETDOWN', { syscall: 'read' }), 'lost'],
    ['a certificate that is too old', coded('CERT_HAS_EXPIRED'), 'not reached'],
    ['reset', coded('ECONNRESET'), 'lost'],
    ['time ran out while reading', coded('ETIMEDOUT', { syscall: 'read' }), 'timed out'],
    ['an error within errors', new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') }), 'lost'],
    [
      'all addresses of a name refuse',
      new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
      'not reached',
    ],
    ['something else', new Error('who knows'), undefined],
    ['no error at all', 'text', undefined],
  ])('%s', (_, error, failure) => {
    expect(networkFailureOf(error)).toBe(failure);
  });

  test('of real requests', async () => {
    const server = createServer((request) => {
      if (request.url === '/drop') request.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failureAt = (path: string, signal?: AbortSignal) =>
      fetch(`${url}${path}`, signal === undefined ? {} : { signal }).then(() => 'none', networkFailureOf);
    expect(await failureAt('/drop')).toBe('lost');
    expect(await failureAt('/never', AbortSignal.timeout(50))).toBe('timed out');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await failureAt('/')).toBe('not reached');
  });

  test('what surely was not sent may be sent again, all else is unknown', () => {
    expect(outcomeOfLostRequest('x', 'not reached').kind).toBe('unavailable');
    expect(outcomeOfLostRequest('x', 'lost').kind).toBe('unknown');
    expect(outcomeOfLostRequest('x', 'timed out').kind).toBe('unknown');
    expect(outcomeOfLostRequest('x', undefined).kind).toBe('unknown');
  });
});
