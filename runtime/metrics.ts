import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The metrics of this process. Names follow Prometheus' rules: a unit and, for counters, `_total` at the end. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

/** Discord events that a bot has received, by kind and by what became of them. */
export const gatewayEvents = new Counter({
  name: 'tixl_gateway_events_total',
  help: 'Discord events handled, by kind and by result: handed over, or missed and left to catching up',
  labelNames: ['event', 'result'] as const,
  registers: [registry],
});

/** Messages and thanks that a bot could not keep until they were written down. */
export const messagesDropped = new Counter({
  name: 'tixl_messages_dropped_total',
  help: 'Messages and thanks that waited when the database was too slow, and are read again',
  registers: [registry],
});

/** Attempts of the relay to hand over what is in the outbox. */
export const outboxOrders = new Counter({
  name: 'tixl_outbox_orders_total',
  help: 'Orders taken from the outbox, by kind and result: handed over, refused because it is over, or failed and tried again',
  labelNames: ['kind', 'result'] as const,
  registers: [registry],
});

/** Requests that activities have made to Discord. */
export const discordRequests = new Counter({
  name: 'tixl_discord_requests_total',
  help: "Requests to Discord's REST API, by method and status",
  labelNames: ['method', 'status'] as const,
  registers: [registry],
});

/** Requests that were held back because Discord's limit was reached. */
export const discordRateLimits = new Counter({
  name: 'tixl_discord_rate_limits_total',
  help: "Times that a request was not sent because of Discord's limits",
  labelNames: ['scope'] as const,
  registers: [registry],
});

/** Whether this process has a duty that only one may have. */
export const duties = new Gauge({
  name: 'tixl_duty_held',
  help: '1 while this process has the duty: gateway or sender',
  labelNames: ['duty'] as const,
  registers: [registry],
});
