/** Faults, limits, the gateway's sessions, and the log of requests. */

import { limitsFor } from '../../rules/limits.ts';
import type { Limits } from '../api.ts';
import type { Some } from '../handlers.ts';
import type { ControlServices } from '../services.ts';

type Calls =
  | 'reset'
  | 'getFaults'
  | 'setFaults'
  | 'actOnGateway'
  | 'getSessions'
  | 'getAway'
  | 'setAway'
  | 'getLimits'
  | 'setLimits'
  | 'getRequests'
  | 'clearRequests'
  | 'countRequests'
  | 'getExchanges'
  | 'clearExchanges';

const done = { done: true } as const;
const requestsShown = 1000;

export function observeHandlers(services: ControlServices): Some<Calls> {
  const { world, gateway, desk, faults, log, rateLimits, live, replayPlayer } = services;
  return {
    reset: () => {
      desk.clear();
      replayPlayer.stop();
      faults.clear();
      log.clear();
      log.clearExchanges();
      rateLimits.clear();
      world.limits = structuredClone(services.initialLimits);
      services.setUpAgain();
      gateway.invalidateAll();
      live.tellSnapshot();
      return done;
    },
    getFaults: () => faults.state(),
    setFaults: ({ rules }) => {
      faults.set(rules);
      return faults.state();
    },
    actOnGateway: (action) => {
      gateway.act(action);
      return done;
    },
    getSessions: () => ({ sessions: gateway.sessions() }),
    getAway: () => faults.state(),
    setAway: ({ away }) => {
      faults.setAway(away);
      if (faults.away) gateway.cutAll();
      return faults.state();
    },
    getLimits: () => world.limits,
    setLimits: (changes) => {
      world.limits = mergeLimits(world.limits, changes);
      rateLimits.clear();
      live.tell({ kind: 'limits', limits: world.limits });
      return world.limits;
    },
    getRequests: ({ limit = requestsShown, ...filter }) => ({
      entries: log.entries({ ...filter, limit }),
      lastId: log.lastId,
    }),
    clearRequests: () => {
      log.clear();
      return done;
    },
    countRequests: () => ({ counts: log.counts() }),
    getExchanges: () => ({ exchanges: log.exchanges() }),
    clearExchanges: () => {
      log.clearExchanges();
      return done;
    },
  };
}

/** The limits with some of them changed; buckets that are not named stay. */
function mergeLimits(limits: Limits, changes: Partial<Limits>): Limits {
  return { ...limits, ...changes, buckets: { ...limits.buckets, ...changes.buckets } };
}

/** The limits of a mode, with some of them changed. */
export function startingLimits(mode: 'strict' | 'off', changes: Partial<Limits> = {}): Limits {
  return mergeLimits(limitsFor(mode), changes);
}
