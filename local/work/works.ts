import type { DatabaseSync } from 'node:sqlite';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { EventEntry } from '../events/event.ts';
import type { RestService } from '../service/rest-service.ts';
import { ServiceError } from '../service/service-error.ts';
import { transaction } from '../storage/transaction.ts';
import type { Counterpart, Works } from './counterpart.ts';
import { layered, type Services } from './layered-services.ts';
import { createLiveWork } from './live-work.ts';
import { hasEnded, type LocalEnd, type LocalWork } from './local-work.ts';
import { openWorkStore } from './work-store.ts';
import type { Worker } from './worker.ts';

export type WorksOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly emit: (entry: EventEntry) => void;
  readonly worker: Worker;
  /** Writes an output to an `s3://` address. */
  readonly write: (address: string, output: JsonObject) => void;
  /** By kind. */
  readonly counterparts: Readonly<Record<string, Counterpart>>;
};

/** The services of all kinds of tasks except Glue jobs. */
export interface AllWorks {
  /** By the name in `x-amz-target`. */
  readonly services: Services;
  /** By the name that requests are signed for. */
  readonly restServices: Readonly<Record<string, RestService>>;
  /** By the name in `arn:aws:states:::aws-sdk:SERVICE:…`. */
  readonly integrations: Services;
  /**
   * Does work for a state that waits for its end itself.
   *
   * @param key as in {@link Works.start}
   * @throws {ServiceError} no task says how such work is done
   */
  runToEnd(kind: string, name: string, input: JsonObject, key: string): Promise<LocalWork>;
  /** Whether anything says how work of that thing is done. */
  isKnown(kind: string, name: string): boolean;
  stopByKey(kind: string, key: string): void;
  /** Oldest first. */
  all(): readonly LocalWork[];
  /** Resumes the work that an earlier process left open. */
  recover(): void;
  /** Detaches from all work without ending it. */
  close(): void;
}

export function createWorks(options: WorksOptions): AllWorks {
  const { clock, worker, counterparts } = options;
  const store = openWorkStore(options.database);
  const timers = createTimers(clock);
  const live = createLiveWork();
  /** By the key of the work: who waits for its end. */
  const waiting = new Map<string, ((ended: LocalWork) => void)[]>();
  const keyOf = ({ kind, id }: Pick<LocalWork, 'kind' | 'id'>) => `${kind}#${id}`;

  function tell(work: LocalWork): void {
    const entry = counterparts[work.kind]?.event(work);
    if (entry !== undefined) options.emit(entry);
  }

  function begin(work: LocalWork): void {
    const run = worker.plan(work.kind, work.name, work.input);
    const report = (end: LocalEnd) => timers.retryWrite(() => finish(work.kind, work.id, end));
    if (run === undefined) report({ state: 'failed', message: unknown(work.kind, work.name) });
    else live.add(keyOf(work), run(work, report));
  }

  function finish(kind: string, id: string, { state, ...end }: LocalEnd): void {
    const work = store.get(kind, id);
    if (work === undefined || hasEnded(work)) return;
    const ended: LocalWork = { ...work, ...end, state, endedOn: clock.now() };
    const address = counterparts[kind]?.environment?.(work.input).GLUEWRIGHT_OUTPUT;
    if (state === 'succeeded' && address !== undefined && isJsonObject(end.output)) options.write(address, end.output);
    transaction(options.database, () => {
      store.update(ended);
      tell(ended);
    });
    live.remove(keyOf(work));
    for (const hear of waiting.get(keyOf(work)) ?? []) hear(ended);
    waiting.delete(keyOf(work));
  }

  function worksOf(kind: string): Works {
    return {
      start(name, input, key) {
        const known = key === undefined ? undefined : store.byKey(kind, key);
        if (known !== undefined) return known;
        if (worker.plan(kind, name, input) === undefined) {
          throw new ServiceError('EntityNotFoundException', unknown(kind, name));
        }
        const ordinal = store.count(kind, name) + 1;
        const startedOn = clock.now();
        const work: LocalWork = { id: options.uuid(), kind, name, ordinal, input, state: 'running', startedOn };
        transaction(options.database, () => {
          store.insert(work, key);
          tell(work);
        });
        begin(work);
        return work;
      },
      get: (id) => store.get(kind, id),
      of: (name, limit) => store.of(kind, name, limit),
      stop(id) {
        const work = store.get(kind, id);
        if (work === undefined || hasEnded(work)) return;
        live.stop(keyOf(work));
        finish(kind, id, { state: 'stopped', message: 'stopped' });
      },
      isKnown: (name) => worker.plan(kind, name) !== undefined,
    };
  }

  let services: Services = {};
  let integrations: Services = {};
  const restServices: Record<string, RestService> = {};
  for (const [kind, { service, routes, integration, operations }] of Object.entries(counterparts)) {
    const served = { operations: operations(worksOf(kind), () => clock.now()) };
    if (routes === undefined) services = layered(services, { [service]: served });
    else restServices[service] = { ...served, routes };
    integrations = layered(integrations, { [integration]: served });
  }

  return {
    services,
    restServices,
    integrations,
    async runToEnd(kind, name, input, key) {
      const work = worksOf(kind).start(name, input, key);
      const now = store.get(kind, work.id) ?? work;
      if (hasEnded(now)) return now;
      return new Promise((resolve) => {
        waiting.set(keyOf(work), [...(waiting.get(keyOf(work)) ?? []), resolve]);
      });
    },
    isKnown: (kind, name) => worksOf(kind).isKnown(name),
    stopByKey(kind, key) {
      const work = store.byKey(kind, key);
      if (work !== undefined) worksOf(kind).stop(work.id);
    },
    all: () => store.all(),
    recover() {
      for (const work of store.open()) begin(work);
    },
    close() {
      timers.cancelAll();
      live.stopAll();
    },
  };
}

function unknown(kind: string, name: string): string {
  return `${kind} ${name} not found: add a \`local:\` replacement to its task`;
}
