import { beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayMark } from '../../bot/gateway-mark.ts';
import { createdAt, firstIdAt } from '../../domain/ids.ts';

const BEGIN = Date.parse('2026-11-22T12:00:00Z');
/** Discord may change the order of what happens within so much. */
const ORDER_WITHIN_MS = 2_000;

let mark: GatewayMark;
const upTo = () => createdAt(mark.to) - BEGIN + ORDER_WITHIN_MS;

beforeEach(() => {
  mark = new GatewayMark(BEGIN);
});

describe('how far a session has told everything', () => {
  test('is not known to be later than its beginning, as long as it says nothing', () => {
    expect(upTo()).toBeLessThanOrEqual(0);
  });

  test('is as far as the last thing that it told', () => {
    mark.event(firstIdAt(BEGIN + 60_000), BEGIN + 60_080);
    expect(upTo()).toBe(60_000);
  });

  test('never goes back when it tells of something earlier', () => {
    mark.event(firstIdAt(BEGIN + 60_000), BEGIN + 60_080);
    mark.event(firstIdAt(BEGIN + 59_500), BEGIN + 60_090);
    expect(upTo()).toBe(60_000);
  });

  test.each([
    ['as ours', 0],
    ['behind ours', -30_000],
    ['ahead of ours', 30_000],
  ])("is as far as an answered heartbeat, by Discord's clock, which is %s", (_, aheadMs) => {
    mark.event(firstIdAt(BEGIN + 60_000 + aheadMs), BEGIN + 60_000);
    mark.heartbeat(BEGIN + 100_000);
    expect(upTo()).toBe(100_000 + aheadMs);
  });

  test('is not taken to be later because much was told late', () => {
    mark.event(firstIdAt(BEGIN + 60_000), BEGIN + 60_000);
    mark.event(firstIdAt(BEGIN + 61_000), BEGIN + 90_000);
    expect(upTo()).toBe(61_000);
  });
});
