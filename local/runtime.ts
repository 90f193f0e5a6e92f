import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Weight } from '../shared/asl/split.ts';
import { createS3ObjectStore } from '../shared/aws/s3-object-store.ts';
import type { Log, System } from '../shared/aws/system.ts';
import type { Job } from '../shared/pipeline/jobs-file.ts';
import type { Pipeline } from '../shared/pipeline/pipeline.ts';
import { createCatalog } from '../shared/runs/catalog.ts';
import { account, region, stackNames } from './account.ts';
import { type Clients, createClients } from './clients.ts';
import type { Clock } from './clock.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createMemoryStore } from './engine/store/create-memory-store.ts';
import { openEngineStore } from './engine/store/open-engine-store.ts';
import { type Bus, createBus, type DeliveryFaults } from './events/bus.ts';
import { createFunctions, type Functions } from './functions.ts';
import { createGlue, type Glue } from './glue/glue.ts';
import { createProcessRunner } from './glue/processes/process-runner.ts';
import { type RunFolder, runFolder } from './glue/processes/run-folder.ts';
import { createSimulatedRunner, type Simulate } from './glue/simulated-runner.ts';
import { lockHome } from './home-lock.ts';
import { openDatabase } from './open-database.ts';
import { startReconciliation } from './reconciliation.ts';
import { rules } from './rules.ts';
import { engineObjects } from './s3/engine-objects.ts';
import { createFolderFiles } from './s3/folder-files.ts';
import { createMemoryFiles } from './s3/memory-files.ts';
import { putJson } from './s3/put-json.ts';
import { createS3, type S3 } from './s3/s3.ts';
import { createSqliteLedger } from './sqlite-ledger.ts';
import { definitionsOf, deployMachines, type NamedDefinition } from './state-machines.ts';
import { createTaskRunner } from './task-runner.ts';
import { createTimers } from './timers.ts';
import { embeddedRequestHandler } from './wire/embedded-request-handler.ts';
import type { WireServices } from './wire/wire-message.ts';

export type RuntimeOptions = {
  /** The folder that everything is kept in, or `:memory:`. */
  readonly home: string;
  readonly clock: Clock;
  readonly pipelines: readonly Pipeline[];
  readonly jobs: Readonly<Record<string, Job>>;
  /** State machines written by hand, deployed as they are. */
  readonly definitions?: readonly NamedDefinition[];
  /** Absent: jobs are run as processes. */
  readonly simulate?: Simulate;
  /** What the jobs' scripts and commands are relative to. The home, by default. */
  readonly root?: string;
  /** The environment of the jobs. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stack?: string;
  /** What one state machine may take; smaller than Step Functions' limits, to see pipelines split. */
  readonly room?: Weight;
  readonly uuid?: () => string;
  readonly random?: () => number;
  readonly reconcileSeconds?: number;
  readonly log?: Log;
  /** What goes wrong on purpose. */
  readonly faults?: { readonly deliveries?: DeliveryFaults; readonly calls?: NonNullable<WireServices['faults']> };
  /** Told of every error that nobody expected. */
  readonly onSurprise?: (error: unknown) => void;
};

/** A small AWS in this process, with the pipelines deployed on it. */
export interface Runtime {
  readonly system: System;
  readonly clients: Clients;
  /** For `createWireServer`. */
  readonly services: WireServices;
  readonly functions: Functions;
  readonly s3: S3;
  readonly glue: Glue;
  readonly bus: Bus;
  readonly engine: Engine;
  /** Where a job run's output is kept. Undefined in memory. */
  runFolder(jobRunId: string): RunFolder | undefined;
  /** Lets what is under way finish its step. Jobs that are processes live on. */
  close(): Promise<void>;
}

export const outputBucket = 'outputs';

/**
 * Opens the embedded runtime, goes on with what an earlier one has left, and starts what is due.
 *
 * @throws {HomeInUse} another process has it open
 * @throws {NotCompiled} a pipeline that Step Functions could not hold
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { home, clock, uuid = randomUUID, random = Math.random, stack = 'local' } = options;
  const inMemory = home === ':memory:';
  const names = stackNames(stack);
  const definitions = [...definitionsOf(options.pipelines, names, options.room), ...(options.definitions ?? [])];
  const unlock = inMemory ? () => {} : lockHome(home);
  const database = openDatabase(inMemory ? home : path.join(home, 'gluewright.db'));
  const timers = createTimers(clock);

  const faults = options.faults?.deliveries === undefined ? {} : { faults: options.faults.deliveries };
  const bus = createBus({ database, clock, uuid, account, region, ...faults });
  const buckets = path.join(home, 's3');
  const files = inMemory
    ? createMemoryFiles(() => clock.now())
    : createFolderFiles(buckets, path.join(home, 'drafts'), uuid);
  const s3 = createS3({ database, files, clock, uuid, account, emit: bus.put });
  const watched = triggerBuckets(options.pipelines);
  for (const bucket of [outputBucket, ...watched]) s3.createBucket(bucket);

  const processes = createProcessRunner({
    home,
    root: options.root ?? home,
    buckets,
    clock,
    env: options.env ?? process.env,
  });
  const simulated =
    options.simulate === undefined
      ? undefined
      : createSimulatedRunner({
          clock,
          simulate: options.simulate,
          write: (address, output) => putJson(s3, address, output),
        });
  const runner = simulated ?? processes;
  const jobs = new Map(Object.entries(options.jobs));
  const glue = createGlue({ database, clock, uuid, jobs, runner, emit: bus.put });

  const tasks = createTaskRunner({
    functions: () => functions,
    functionName: names.functionName,
    services: () => ({ glue, eventbridge: bus, sfn: engine }),
  });
  const engine = createEngine({
    store: inMemory ? createMemoryStore() : openEngineStore(database),
    clock,
    uuid,
    random,
    region,
    account,
    tasks,
    objects: engineObjects(s3),
    onStatusChange: (detail) =>
      void bus.put({
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        resources: [detail.executionArn],
        detail,
      }),
  });

  const services: WireServices = {
    json: { AWSStepFunctions: engine, AWSGlue: glue, AWSEvents: bus },
    s3,
    ...(options.onSurprise === undefined ? {} : { onSurprise: options.onSurprise }),
    ...(options.faults?.calls === undefined ? {} : { faults: options.faults.calls }),
  };
  const clients = createClients(embeddedRequestHandler(services));
  const system: System = {
    stack,
    outputBucket,
    clock: () => clock.now(),
    random,
    uuid,
    ledger: createSqliteLedger(database),
    sfn: clients.sfn,
    glue: clients.glue,
    events: clients.events,
    objects: createS3ObjectStore(clients.s3),
    catalog: createCatalog(
      options.pipelines.map((pipeline) => ({ pipeline, stateMachineArn: names.machineArn(pipeline.name) })),
    ),
    log: options.log ?? (() => {}),
  };
  const functions = createFunctions(system);
  for (const rule of rules(functions, watched)) bus.addRule(rule);

  await deployMachines(engine, names, definitions);
  await engine.recover();
  bus.recover();
  glue.recover();
  if (!inMemory) s3.watch();
  await startReconciliation({
    functions,
    timers,
    now: () => clock.now(),
    uuid,
    everySeconds: options.reconcileSeconds ?? 60,
    look: () => processes.look(),
    onSurprise: options.onSurprise ?? (() => {}),
  });

  return {
    system,
    clients,
    services,
    functions,
    s3,
    glue,
    bus,
    engine,
    runFolder: (jobRunId) => (inMemory ? undefined : runFolder(home, jobRunId)),
    async close() {
      timers.cancelAll();
      s3.close();
      await bus.close();
      await functions.close();
      await engine.close();
      glue.close();
      for (const client of Object.values(clients)) client.destroy();
      database.close();
      unlock();
    },
  };
}

function triggerBuckets(pipelines: readonly Pipeline[]): readonly string[] {
  const triggers = pipelines.flatMap((pipeline) => Object.values(pipeline.triggers));
  return [...new Set(triggers.flatMap((trigger) => (trigger.kind === 's3' ? [trigger.bucket] : [])))];
}
