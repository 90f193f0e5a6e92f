import { DatabaseSync } from 'node:sqlite';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { createSqliteLedger } from '../../../local/storage/sqlite-ledger.ts';
import { clientsWith } from '../../../shared/calls/clients.ts';
import { present } from '../../../shared/json.ts';
import type { Item, Ledger } from '../../../shared/ledger/ledger.ts';
import { openShards } from '../../../shared/ledger/ledger-keys.ts';
import { listOf } from '../../../shared/ledger/shards.ts';
import type { Pipeline, Task } from '../../../shared/model/pipeline.ts';
import type { StartTaskCall } from '../../../shared/protocol/read-call.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import type { System } from '../../../shared/services/system.ts';
import { FakeGlue } from './fake-glue.ts';
import { FakeSfn } from './fake-sfn.ts';

/** Wraps everything outside the functions: an act may fail before or after it took effect. */
export type Meddle = <T>(name: string, act: () => T) => T;

/** The process has crashed: further acts have no effect. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Trouble = `${'crash' | 'error'} ${'before' | 'after'}`;

/** Everything that the functions use, in memory, with a clock that the test moves. */
export class World {
  now = Date.parse('2026-11-20T04:00:00Z');
  /** Outside acts so far: each may be the last before a crash, with or without its effect. */
  acts: string[] = [];
  crashAt: { readonly act: number; readonly after: boolean } | undefined;
  /** What happens at each act, for tests with several crashes. */
  trouble: ((act: number) => Trouble | undefined) | undefined;
  #crashed = false;
  /** A test's hook before each act, which may throw. */
  fault: ((name: string, when: 'before' | 'after') => void) | undefined;
  readonly objects = new Map<string, string>();
  readonly lines: unknown[] = [];
  readonly glue = new FakeGlue(
    () => this.now,
    (name, act) => this.meddle(name, act),
  );
  readonly sfn = new FakeSfn((name, act) => this.meddle(name, act));
  readonly events = new EventBridgeClient({ region: 'eu-west-1', maxAttempts: 1 });
  /** The events on the bus, as `[detail type, detail]`. */
  readonly told: [string, unknown][] = [];
  /** For tests to read; the functions’ own ledger has faults. */
  readonly ledger: Ledger;
  readonly system: System;

  /** The items that the reconciler must check. */
  async open(prefix?: string): Promise<Item[]> {
    return listOf(this.ledger, openShards, present({ prefix }));
  }

  constructor(
    pipelines: readonly Pipeline[] = [pipelineOf('orders')],
    ledger: Ledger = createSqliteLedger(new DatabaseSync(':memory:')),
  ) {
    mockClient(this.events)
      .on(PutEventsCommand)
      .callsFake(({ Entries }: { Entries: { DetailType: string; Detail: string }[] }) => {
        for (const { DetailType, Detail } of Entries) this.told.push([DetailType, JSON.parse(Detail)]);
        return { FailedEntryCount: 0 };
      });
    this.ledger = ledger;
    const meddledLedger: Ledger = {
      get: async (key) => this.meddle('ledger.get', () => ledger.get(key)),
      list: async (partition, options) => this.meddle('ledger.list', () => ledger.list(partition, options)),
      write: async (changes) => this.meddle('ledger.write', () => ledger.write(changes)),
    };
    let ids = 0;
    this.system = {
      stack: 'test',
      outputBucket: 'out',
      settles: true,
      clock: () => this.now,
      random: () => 0.5,
      uuid: () => `id-${++ids}`,
      pause: async () => {},
      ledger: meddledLedger,
      visit: async () => 0,
      sfn: this.sfn.client,
      clients: clientsWith({}, [this.glue.client]),
      events: this.events,
      objects: {
        get: async (bucket, key, limit) =>
          this.meddle('objects.get', () => {
            const text = this.objects.get(`${bucket}/${key}`);
            if (text === undefined) return undefined;
            return text.length > limit ? { size: text.length } : { size: text.length, text };
          }),
        put: async (bucket, key, text) =>
          this.meddle('objects.put', () => void this.objects.set(`${bucket}/${key}`, text)),
      },
      catalog: createCatalog(
        pipelines.map((pipeline) => ({ pipeline, stateMachineArn: `${machine}${pipeline.name}` })),
      ),
      log: (line) => this.lines.push(line),
    };
  }

  meddle<T>(name: string, act: () => T): T {
    if (this.#crashed) throw new Crash(name);
    const at = this.acts.length;
    const trouble =
      this.trouble?.(at) ?? (this.crashAt?.act === at ? `crash ${this.crashAt.after ? 'after' : 'before'}` : undefined);
    this.acts.push(name);
    if (trouble === 'crash before') this.#crash(name);
    if (trouble === 'error before') throw new Error(`${name} failed`);
    this.fault?.(name, 'before');
    const done = act();
    // the act's own failure is lost as well
    if (trouble !== undefined && done instanceof Promise) done.catch(() => undefined);
    if (trouble === 'crash after') this.#crash(name);
    if (trouble === 'error after') throw new Error(`${name} failed`);
    this.fault?.(name, 'after');
    return done;
  }

  #crash(name: string): never {
    this.#crashed = true;
    throw new Crash(name);
  }

  get crashed(): boolean {
    return this.#crashed;
  }

  /** Starts a new process on the same ledger and services. */
  restart(): void {
    this.#crashed = false;
    this.crashAt = undefined;
  }

  pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  /** A state of the machine waits, with a token. */
  waitWith(token: string): string {
    if (!this.sfn.tokens.has(token)) this.sfn.tokens.set(token, undefined);
    return token;
  }
}

export const machine = 'arn:aws:states:eu-west-1:111122223333:stateMachine:';

export function taskOf(name: string, after: readonly string[] = []): Task {
  return {
    name,
    after,
    when: 'all_succeeded',
    retry: { attempts: 2, delaySeconds: 1, backoff: 1 },
    timeoutSeconds: 3600,
    tolerate: false,
    publishes: [],
    work: { kind: 'glue-job', job: name, args: {}, inject: true },
  };
}

export function pipelineOf(name: string, pipeline: Partial<Pipeline> = {}): Pipeline {
  return {
    name,
    params: {},
    triggers: {},
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 7200, onFailure: 'continue' },
    tasks: [taskOf('extract')],
    ...pipeline,
  };
}

export function callOf(token: string, call: Partial<StartTaskCall> = {}): StartTaskCall {
  return {
    call: 'task',
    token,
    run: 'run-1',
    pipeline: 'orders',
    task: 'extract',
    timeout: 3600,
    outputLimit: 0,
    work: { kind: 'glue-job', job: 'extract', args: { day: '2026-11-20' }, inject: true },
    ...call,
  };
}
