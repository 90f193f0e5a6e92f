import { createHandler as finishRun } from '../../functions/finish-run.ts';
import { createHandler as onObjects } from '../../functions/on-objects.ts';
import { createHandler as onRunState } from '../../functions/on-run-state.ts';
import { createHandler as onTaskEvent } from '../../functions/on-task-event.ts';
import { createHandler as onTrigger } from '../../functions/on-trigger.ts';
import { createHandler as reconcile } from '../../functions/reconcile.ts';
import { createHandler as signal } from '../../functions/signal.ts';
import { createHandler as startTask } from '../../functions/start-task.ts';
import type { LambdaHandler } from '../../shared/lambda/door.ts';
import type { System } from '../../shared/services/system.ts';
import type { Clock } from '../clock/clock.ts';
import { invoke as invokeOn } from './invocation.ts';

const handlers = {
  // loaded on demand: most commands run pipelines and serve no API
  api: onDemand(async () => (await import('../../functions/api.ts')).createHandler),
  'finish-run': finishRun,
  'on-task-event': onTaskEvent,
  'on-objects': onObjects,
  'on-run-state': onRunState,
  'on-trigger': onTrigger,
  reconcile,
  signal,
  'start-task': startTask,
} satisfies Record<string, (system: System) => LambdaHandler>;

export type FunctionName = keyof typeof handlers;

/** Injected faults of invocations. Each is asked before an invocation. */
export type InvocationFaults = {
  /** Milliseconds by which its clock is ahead. */
  readonly skew?: (name: FunctionName) => number;
  /** Whether the function is invoked twice at once, as after a lost answer. The first answer counts. */
  readonly twice?: (name: FunctionName) => boolean;
};

/** Lambda in this process, with the same functions that are deployed. */
export interface Functions {
  /** Input and output pass through JSON, as between processes. Rejects with the function's error. */
  invoke(name: FunctionName, event: unknown): Promise<unknown>;
  /** Waits for invocations in progress and starts no others. Callers see it as if the process had ended. */
  close(): Promise<void>;
  /** Acts as if the process had ended: invocations in progress never answer. */
  abandon(): void;
}

/** Timeouts of the deployed functions. */
const timeoutSeconds: Readonly<Partial<Record<FunctionName, number>>> = { reconcile: 240 };
const defaultTimeoutSeconds = 60;

/** @param clock a virtual clock stops during an invocation, which may take real time */
export function createFunctions(system: System, clock: Clock, faults: InvocationFaults = {}): Functions {
  const opened = new Map(Object.entries(handlers).map(([name, createHandler]) => [name, createHandler(system)]));
  const underWay = new Set<Promise<unknown>>();
  let closing = false;
  let abandoned = false;

  async function perform(name: FunctionName, event: unknown): Promise<unknown> {
    const handler = opened.get(name);
    if (handler === undefined) throw new Error(`There is no function ${name}`);
    return roundTrip(await handler(roundTrip(event)));
  }

  function invoke(name: FunctionName, event: unknown): Promise<unknown> {
    const answered = () => (abandoned ? never() : undefined);
    const invocation = {
      name,
      clock,
      skew: faults.skew?.(name) ?? 0,
      timeoutSeconds: timeoutSeconds[name] ?? defaultTimeoutSeconds,
    };
    const work = invokeOn(invocation, () => perform(name, event))
      .finally(answered)
      .finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  }

  return {
    invoke(name, event) {
      if (closing) return never();
      const answer = invoke(name, event);
      // Nobody receives the answer of the second invocation.
      if (faults.twice?.(name)) invoke(name, event).catch(() => undefined);
      return answer;
    },
    async close() {
      closing = true;
      await Promise.allSettled(underWay);
    },
    abandon() {
      closing = true;
      abandoned = true;
    },
  };
}

export const functionNames = Object.keys(handlers).filter(isFunctionName);

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(handlers, name);
}

function onDemand(load: () => Promise<(system: System) => LambdaHandler>): (system: System) => LambdaHandler {
  return (system) => {
    let handler: Promise<LambdaHandler> | undefined;
    return async (event, context) => {
      handler ??= load().then((createHandler) => createHandler(system));
      return (await handler)(event, context);
    };
  };
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function roundTrip(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
