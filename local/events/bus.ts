import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { Service } from '../service/service.ts';
import { onceCommitted, transaction } from '../storage/transaction.ts';
import { type DeadLetter, type Delivery, openDeliveryStore } from './delivery-store.ts';
import type { Event, EventEntry } from './event.ts';
import { eventOperations } from './event-operations.ts';
import { compilePattern, type EventTest } from './pattern.ts';

export type Rule = {
  readonly name: string;
  readonly pattern: unknown;
  /** Rejects if it cannot accept the event. The bus then delivers the event again. */
  readonly target: (event: Event) => Promise<unknown>;
};

/**
 * How an event reaches a rule's target: one delay in milliseconds for each delivery. `[0]` is normal, `[]` loses the
 * event, `[0, 0]` duplicates it, and `[5000]` delays it, so that others overtake it.
 */
export type DeliveryFaults = (event: Event, rule: string) => readonly number[];

export type BusOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly account: string;
  readonly region: string;
  readonly faults?: DeliveryFaults;
};

/** EventBridge's default bus: delivers at least once to every target whose rule matches. */
export interface Bus extends Service {
  /** Within an open transaction, the event is delivered only after the commit. */
  put(entry: EventEntry): Event;
  /** Rules are code, so each start adds them again before `recover`. */
  addRule(rule: Rule): void;
  /** Delivers the events that an earlier process left pending. */
  recover(): void;
  deadLetters(): readonly DeadLetter[];
  close(): Promise<void>;
  /** Acts as if the process had ended. */
  abandon(): void;
}

/** Shorter than EventBridge's 24 hours, because the reconciler finds dropped events. */
const retries = { attempts: 12, firstDelay: 1_000, longestDelay: 60_000 };

export function createBus(options: BusOptions): Bus {
  const arnOf = (rule: string) => `arn:aws:events:${options.region}:${options.account}:rule/${rule}`;
  const { clock, faults = () => [0] } = options;
  const store = openDeliveryStore(options.database);
  const timers = createTimers(clock);
  const rules = new Map<string, Rule & { readonly test: EventTest }>();
  const underWay = new Set<Promise<void>>();
  let closing = false;
  let abandoned = false;

  function put(entry: EventEntry): Event {
    const now = clock.now();
    const event: Event = {
      version: '0',
      id: options.uuid(),
      'detail-type': entry.detailType,
      source: entry.source,
      account: options.account,
      time: `${new Date(entry.time ?? now).toISOString().slice(0, 19)}Z`,
      region: options.region,
      resources: entry.resources ?? [],
      detail: entry.detail,
    };
    const matching = [...rules.values()].filter((rule) => rule.test(event));
    if (matching.length === 0) return event;
    const text = JSON.stringify(event);
    transaction(options.database, () => {
      const due = matching.flatMap((rule) =>
        faults(event, rule.name).map((delay) => [rule.name, now + delay] as const),
      );
      const deliveries = due.map(([rule, at]) => store.add(rule, text, at, now));
      onceCommitted(options.database, () => deliveries.forEach(schedule));
    });
    return event;
  }

  function schedule(delivery: Delivery): void {
    // Even a delivery that is due now starts after the caller's own turn.
    if (delivery.due <= clock.now()) queueMicrotask(() => start(delivery));
    else timers.at(delivery.due, () => start(delivery));
  }

  function start(delivery: Delivery): void {
    if (closing) return;
    const work = deliver(delivery).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const failure = await tried(delivery);
    if (!abandoned) timers.retryWrite(() => note(delivery, failure));
  }

  function note(delivery: Delivery, failure: string | undefined): void {
    if (failure === undefined) {
      store.done(delivery.id);
      return;
    }
    const attempts = delivery.attempts + 1;
    const now = clock.now();
    if (attempts >= retries.attempts) {
      store.giveUp(delivery, failure, now);
      return;
    }
    const due = now + Math.min(retries.longestDelay, retries.firstDelay * 2 ** delivery.attempts);
    store.retry(delivery.id, attempts, due);
    schedule({ ...delivery, attempts, due });
  }

  /** @returns the reason if the target did not accept the event */
  async function tried(delivery: Delivery): Promise<string | undefined> {
    const rule = rules.get(delivery.rule);
    if (rule === undefined) return 'the rule no longer exists';
    try {
      const event: Event = JSON.parse(delivery.event);
      await rule.target(event);
      return undefined;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }

  return {
    put,
    operations: eventOperations(put, () => [...rules.values()], arnOf),
    addRule: (rule) => void rules.set(rule.name, { ...rule, test: compilePattern(rule.pattern) }),
    recover() {
      for (const delivery of store.pending()) schedule(delivery);
    },
    deadLetters: () => store.deadLetters(),
    async close() {
      closing = true;
      timers.cancelAll();
      await Promise.all(underWay);
    },
    abandon() {
      closing = true;
      abandoned = true;
    },
  };
}
