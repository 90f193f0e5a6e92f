import { randomUUID } from 'node:crypto';
import { withOwnRuns } from '../shared/actors/own-runs.ts';
import { present } from '../shared/json.ts';
import { createS3ObjectStore } from '../shared/services/s3-object-store.ts';
import type { System } from '../shared/services/system.ts';
import { visit } from '../shared/services/visit.ts';
import { catchUpAll } from '../shared/use-cases/reconciler/catch-up.ts';
import { readRunRecords } from '../shared/views/run/read-run-records.ts';
import { createInTurn } from './clock/in-turn.ts';
import { createRevocableClock } from './clock/revocable-clock.ts';
import { createTimers } from './clock/timers.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { type Bus, createBus } from './events/bus.ts';
import { openDeliveryStore } from './events/delivery-store.ts';
import { createUndelivered } from './events/undelivered.ts';
import { breakableLedger, breakableObjects } from './faults/fault-ports.ts';
import { createGlue, type Glue } from './glue/glue.ts';
import { createJobLogs } from './glue/processes/job-logs.ts';
import { type RunFolder, runFolder } from './glue/processes/run-folder.ts';
import { openPlace } from './home/storage-root.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import { currentInvocation } from './lambda/invocation.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { engineObjects } from './s3/engine-objects.ts';
import { createS3, type S3 } from './s3/s3.ts';
import type { Service } from './service/service.ts';
import { account, outputBucket, region, stackNames } from './stack/account.ts';
import { createBatchEnds } from './stack/batch-ends.ts';
import { type Clients, createClients } from './stack/clients.ts';
import { createRunner } from './stack/create-runner.ts';
import { createTaskWorks } from './stack/create-works.ts';
import { createDataServices } from './stack/data-services.ts';
import { createDeployment, type Deployable } from './stack/deployment.ts';
import { executionStatusChange } from './stack/execution-status-change.ts';
import { type JobEndpoint, openJobEndpoint } from './stack/job-endpoint.ts';
import { lookForLostStarts, startsUnderWay } from './stack/lost-starts.ts';
import { reconcileNow, startReconciliation } from './stack/reconciliation.ts';
import { rules, triggerBuckets } from './stack/rules.ts';
import { startScheduler } from './stack/scheduler.ts';
import { definitionsOf, deployMachines } from './stack/state-machines.ts';
import { createTaskRunner } from './stack/task-runner.ts';
import { createWireServices } from './stack/wire-services.ts';
import { createChangeMark } from './storage/change-mark.ts';
import { createSqliteLedger } from './storage/sqlite-ledger.ts';
import { embeddedRequestHandler } from './wire/embedded-request-handler.ts';
import type { WireServices } from './wire/wire-message.ts';
import { layered } from './work/layered-services.ts';
import type { AllWorks } from './work/works.ts';

/** A small AWS in this process, with the pipelines deployed on it. */
export interface Runtime {
  readonly system: System;
  readonly clients: Clients;
  /** For `createWireServer`. */
  readonly services: WireServices;
  readonly functions: Functions;
  readonly s3: S3;
  readonly glue: Glue;
  readonly works: AllWorks;
  readonly bus: Bus;
  readonly engine: Engine;
  /** Differs after each write to the home. */
  readonly changeMark: () => string;
  /** Where a job run's output is kept. Undefined in memory. */
  runFolder(jobRunId: string): RunFolder | undefined;
  /**
   * Replaces the deployment. Running executions keep their definitions.
   *
   * @throws {NotCompiled} nothing is changed then
   */
  deploy(next: Deployable): Promise<void>;
  /** Lets work in progress finish its step. Jobs that are processes keep running. */
  close(): Promise<void>;
  /** Acts as if the process were killed now: nothing more is written, answered or awaited. */
  abandon(): void;
}

/** Generous, so that a simulation gives the same result on a busy machine. */
const simulatedMs = 10_000;

/**
 * Opens the embedded runtime, resumes what an earlier one left, and starts what is due.
 *
 * @throws {HomeInUse} another process has it open
 * @throws {NotCompiled} if Step Functions could not hold a pipeline
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
  let jobServer: JobEndpoint | undefined;
  const endpoint = () => jobServer ?? { url: '', key: '' };
  const runner = createRunner({ clock, s3, home, simulate, root, env, endpoint });
  const glue = createGlue({ database, clock, uuid, jobs: deployment.jobs, runner, emit: bus.put });

  const { catalog } = deployment;
  const { simulateWork } = options;
  const work = { root: root ?? home ?? '.', env, catalog, simulateWork };
  const works = createTaskWorks({ database, clock, uuid, emit: bus.put, ...work });
  const data = createDataServices({
    database,
    clock,
    uuid,
    s3,
    home,
    crawlers: deployment.crawlers,
    rulesets: deployment.rulesets,
    simulate: options.simulateData ?? (simulate === undefined ? undefined : {}),
    outputBucket,
    emit: bus.put,
  });
  const glueService: Service = { operations: { ...glue.operations, ...data.glue } };

  const tasks = createTaskRunner({
    functions: () => functions,
    functionName: names.functionName,
    jobs: () => glue,
    works,
    services: () =>
      layered(works.integrations, { glue: glueService, athena: data.athena, eventbridge: bus, sfn: engine }),
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
  const { services, noteLog } = createWireServices({
    ...{
      stack,
      database,
      home,
      now,
      deployment,
      engine,
      glue,
      data,
      works: works.services,
      bus,
      s3,
      onSurprise,
      calls,
    },
    functions: () => functions,
    findRun: async (id) => (await readRunRecords(system, id))?.run,
  });
  const clients = createClients(embeddedRequestHandler(services), calls);
  const { meterLedger = (ledger) => ledger } = options;
  const system: System = withOwnRuns({
    stack,
    outputBucket,
    settles: false,
    clock: () => now() + (currentInvocation()?.skew ?? 0),
    random,
    uuid,
    pause: createInTurn(),
    ledger: breakableLedger(meterLedger(createSqliteLedger(database)), calls),
    visit: options.visit ?? visit,
    sfn: clients.sfn,
    clients: clients.of,
    events: clients.events,
    objects: breakableObjects(createS3ObjectStore(clients.s3), calls),
    undelivered: createUndelivered(openDeliveryStore(database), clients.events),
    catalog,
    ...present({ project: options.project, notify: options.notify }),
    ...(home === undefined ? {} : { readLog: createJobLogs(home) }),
    log(entry) {
      noteLog(entry);
      options.log?.(entry);
    },
  });
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
    for (const rule of rules(stack, functions, next.pipelines, watched, endBatches)) bus.addRule(rule);
  }

  async function followSchedules({ pipelines }: Deployable): Promise<void> {
    if (!schedules) return;
    const stopFormer = stopScheduler;
    stopScheduler = await startScheduler({ pipelines, functions, system, timers, now, onSurprise });
    // Last, so that a time that falls due meanwhile is reported twice rather than never.
    stopFormer();
  }

  async function close(): Promise<void> {
    if (abandoned) return;
    timers.cancelAll();
    s3.close();
    await jobServer?.close();
    await bus.close();
    await functions.close();
    await engine.close();
    glue.close();
    works.close();
    data.close();
    for (const client of [clients.sfn, clients.glue, clients.events, clients.s3]) client.destroy();
    place.release();
  }

  function abandon(): void {
    abandoned = true;
    functions.abandon();
    bus.abandon();
    clock.revoke();
    void jobServer?.close();
    glue.close();
    works.close();
    data.close();
    place.release();
  }

  let lost: LostStarts = [];
  const startUp: readonly StartUpStep[] = [
    [
      'open the endpoint of the jobs',
      async () => {
        if (home === undefined || simulate !== undefined) return;
        const shellProxy = env.HTTPS_PROXY ?? env.https_proxy;
        jobServer = await openJobEndpoint(services, { home, uuid, shellProxy });
      },
    ],
    ['deploy machines, buckets and rules', () => replace(options)],
    // Before anything else runs: the earlier process is gone, and nobody holds a lease.
    [
      'list the starts that an earlier process left open',
      async () => {
        lost = await startsUnderWay(createSqliteLedger(database));
      },
    ],
    ['resume executions', () => engine.recover()],
    ['deliver pending events', () => bus.recover()],
    ['adopt running job runs', () => glue.recover()],
    ['resume other work', () => works.recover()],
    ['rerun interrupted crawls and queries', () => data.recover()],
    ['look for the jobs of lost starts', () => lookForLostStarts(system, lost)],
    ['watch the folders of the buckets', () => (home === undefined ? undefined : s3.watch())],
    ['follow schedules', () => followSchedules(options)],
    ['catch up on missed schedules', () => (schedules ? catchUpAll(system) : undefined)],
    [
      'reconcile, now and regularly',
      () => {
        const everySeconds = options.reconcileSeconds ?? 60;
        return startReconciliation({
          functions,
          timers,
          now,
          uuid,
          everySeconds,
          schedules,
          look: glue.look,
          onSurprise,
        });
      },
    ],
    ['end batches that are due', () => endBatches()],
  ];
  try {
    for (const [, act] of startUp) await act();
  } catch (error) {
    await close();
    throw error;
  }
  const folderOf = (jobRunId: string) => (home === undefined ? undefined : runFolder(home, jobRunId));
  async function deploy(next: Deployable): Promise<void> {
    await replace(next);
    await followSchedules(next);
  }
  return {
    system,
    clients,
    services,
    functions,
    s3,
    glue,
    works,
    bus,
    engine,
    changeMark: createChangeMark(database),
    runFolder: folderOf,
    deploy,
    close,
    abandon,
  };
}

/** The step's description and its action. The list is in start-up order. */
type StartUpStep = readonly [name: string, act: () => unknown];
type LostStarts = Awaited<ReturnType<typeof startsUnderWay>>;
