import { randomUUID } from 'node:crypto';
import type { Weight } from '../shared/asl/split.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { createS3ObjectStore } from '../shared/services/s3-object-store.ts';
import type { Log, System } from '../shared/services/system.ts';
import { catchUp } from '../shared/use-cases/on-schedule.ts';
import type { Clock } from './clock/clock.ts';
import { createInTurn } from './clock/in-turn.ts';
import { createRevocableClock } from './clock/revocable-clock.ts';
import { createTimers } from './clock/timers.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { ExecutionStatusDetail } from './engine/frames/execution-status-detail.ts';
import { type Bus, createBus, type DeliveryFaults } from './events/bus.ts';
import type { EventEntry } from './events/event.ts';
import { breakableLedger, breakableObjects } from './faults/fault-ports.ts';
import type { CallFaults } from './faults/perform-call.ts';
import { createGlue, type Glue } from './glue/glue.ts';
import { readJobLog } from './glue/processes/read-job-log.ts';
import { type RunFolder, runFolder } from './glue/processes/run-folder.ts';
import type { Simulate } from './glue/simulated-runner.ts';
import { openPlace } from './home/storage-root.ts';
import { createFunctions, type Functions, type InvocationFaults } from './lambda/functions.ts';
import { currentInvocation } from './lambda/invocation.ts';
import { engineObjects } from './s3/engine-objects.ts';
import { createS3, type S3 } from './s3/s3.ts';
import { account, region, stackNames } from './stack/account.ts';
import { createBatchEnds } from './stack/batch-ends.ts';
import { type Clients, createClients } from './stack/clients.ts';
import { createRunner } from './stack/create-runner.ts';
import { createDeployment, type Deployable } from './stack/deployment.ts';
import { lookForLostStarts, startsUnderWay } from './stack/lost-starts.ts';
import { reconcileNow, startReconciliation } from './stack/reconciliation.ts';
import { rules } from './stack/rules.ts';
import { startScheduler } from './stack/scheduler.ts';
import { definitionsOf, deployMachines } from './stack/state-machines.ts';
import { createTaskRunner } from './stack/task-runner.ts';
import { createSqliteLedger } from './storage/sqlite-ledger.ts';
import { embeddedRequestHandler } from './wire/embedded-request-handler.ts';
import type { WireServices } from './wire/wire-message.ts';

export type RuntimeOptions = Deployable & {
  /** The folder that everything is kept in, or `:memory:`. */
  readonly home: string;
  readonly clock: Clock;
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
  /** False: schedules are not run, and what was missed of them stays so. True by default. */
  readonly schedules?: boolean;
  /** How often the buckets' folders are looked at for files that were dropped. */
  readonly lookMilliseconds?: number;
  readonly log?: Log;
  /** What goes wrong on purpose. */
  readonly faults?: Faults;
  /** Told of every error that nobody expected. */
  readonly onSurprise?: (error: unknown) => void;
};

/** Each is asked before what it may break. */
export type Faults = InvocationFaults & {
  readonly deliveries?: DeliveryFaults;
  readonly calls?: CallFaults;
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
  /**
   * Puts these in the place of what is deployed. Executions that run keep the definitions that they began with.
   *
   * @throws {NotCompiled} nothing is changed then
   */
  deploy(next: Deployable): Promise<void>;
  /** Lets what is under way finish its step. Jobs that are processes live on. */
  close(): Promise<void>;
  /** As if the process had been killed in this moment: nothing more is written, answered or waited for. */
  abandon(): void;
}

export const outputBucket = 'outputs';

/** A simulation has to come out the same on a machine that is busy. */
const simulatedMs = 10_000;

/**
 * Opens the embedded runtime, goes on with what an earlier one has left, and starts what is due.
 *
 * @throws {HomeInUse} another process has it open
 * @throws {NotCompiled} a pipeline that Step Functions could not hold
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { uuid = randomUUID, random = Math.random, stack = 'local' } = options;
  const names = stackNames(stack);
  const deployment = createDeployment(names);
  const clock = createRevocableClock(options.clock);
  const now = () => clock.now();
  const place = openPlace(options.home, { now, uuid });
  const { database, files, home } = place;
  const timers = createTimers(clock);
  let abandoned = false;

  const { deliveries, calls, ...invocationFaults } = options.faults ?? {};
  const broken = deliveries === undefined ? {} : { faults: deliveries };
  const bus = createBus({ database, clock, uuid, account, region, ...broken });
  const { lookMilliseconds = 250, schedules = true } = options;
  const s3 = createS3({ database, files, clock, uuid, account, emit: bus.put, lookMilliseconds });

  const { simulate, root, env = process.env } = options;
  const runner = createRunner({ clock, s3, home, simulate, root, env });
  const glue = createGlue({ database, clock, uuid, jobs: deployment.jobs, runner, emit: bus.put });

  const tasks = createTaskRunner({
    functions: () => functions,
    functionName: names.functionName,
    jobs: () => glue,
    services: () => ({ glue, eventbridge: bus, sfn: engine }),
  });
  const engine = createEngine({
    store: place.engineStore,
    clock,
    uuid,
    random,
    region,
    account,
    tasks,
    objects: engineObjects(s3),
    ...(simulate === undefined ? {} : { inProcessMs: simulatedMs }),
    onStatusChange: (detail) => void bus.put(executionStatusChange(detail)),
  });

  const onSurprise = (error: unknown): void => {
    if (!abandoned) options.onSurprise?.(error);
  };
  const services: WireServices = {
    json: { AWSStepFunctions: engine, AWSGlue: glue, AWSEvents: bus },
    s3,
    onSurprise,
    ...(calls === undefined ? {} : { faults: calls }),
  };
  const clients = createClients(embeddedRequestHandler(services));
  const system: System = {
    stack,
    outputBucket,
    clock: () => now() + (currentInvocation()?.skew ?? 0),
    random,
    uuid,
    pause: createInTurn(),
    ledger: breakableLedger(createSqliteLedger(database), calls),
    sfn: clients.sfn,
    glue: clients.glue,
    events: clients.events,
    objects: breakableObjects(createS3ObjectStore(clients.s3), calls),
    catalog: deployment.catalog,
    ...(home === undefined ? {} : { readLog: async (id: string) => readJobLog(home, id) }),
    log: options.log ?? (() => {}),
  };
  const functions = createFunctions(system, clock, invocationFaults);
  const reconcile = () => reconcileNow({ functions, now, uuid, schedules, onSurprise });
  const endBatches = createBatchEnds({ ledger: system.ledger, timers, now, reconcile });
  let stopScheduler = (): void => undefined;

  async function replace(next: Deployable): Promise<void> {
    const definitions = [...definitionsOf(next.pipelines, names, options.room), ...(next.definitions ?? [])];
    await deployMachines(engine, names, definitions);
    deployment.replace(next);
    const watched = triggerBuckets(next.pipelines);
    for (const bucket of [outputBucket, ...watched]) s3.createBucket(bucket);
    for (const rule of rules(functions, watched, endBatches)) bus.addRule(rule);
  }

  async function followSchedules({ pipelines }: Deployable): Promise<void> {
    if (!schedules) return;
    const stopFormer = stopScheduler;
    stopScheduler = await startScheduler({ pipelines, functions, system, timers, now, onSurprise });
    // last: what is due meanwhile is told twice rather than not at all
    stopFormer();
  }

  async function close(): Promise<void> {
    if (abandoned) return;
    timers.cancelAll();
    s3.close();
    await bus.close();
    await functions.close();
    await engine.close();
    glue.close();
    for (const client of Object.values(clients)) client.destroy();
    place.release();
  }

  function abandon(): void {
    abandoned = true;
    functions.abandon();
    bus.abandon();
    clock.revoke();
    glue.close();
    place.release();
  }

  try {
    await replace(options);
    const lost = await startsUnderWay(createSqliteLedger(database));
    await engine.recover();
    bus.recover();
    glue.recover();
    await lookForLostStarts(system, lost);
    if (home !== undefined) s3.watch();
    await followSchedules(options);
    if (schedules) await catchUp(system, 'resumed');
    const everySeconds = options.reconcileSeconds ?? 60;
    await startReconciliation({ functions, timers, now, uuid, everySeconds, schedules, look: glue.look, onSurprise });
    await endBatches();
  } catch (error) {
    await close();
    throw error;
  }
  const folderOf = (jobRunId: string) => (home === undefined ? undefined : runFolder(home, jobRunId));
  async function deploy(next: Deployable): Promise<void> {
    await replace(next);
    await followSchedules(next);
  }
  return { system, clients, services, functions, s3, glue, bus, engine, runFolder: folderOf, deploy, close, abandon };
}

function executionStatusChange(detail: ExecutionStatusDetail): EventEntry {
  const detailType = 'Step Functions Execution Status Change';
  return { source: 'aws.states', detailType, resources: [detail.executionArn], detail };
}

function triggerBuckets(pipelines: readonly Pipeline[]): readonly string[] {
  const triggers = pipelines.flatMap((pipeline) => Object.values(pipeline.triggers));
  return [...new Set(triggers.flatMap((trigger) => (trigger.kind === 's3' ? [trigger.bucket] : [])))];
}
