import { randomUUID } from 'node:crypto';
import { present } from '../shared/json.ts';
import { createS3ObjectStore } from '../shared/services/s3-object-store.ts';
import type { System } from '../shared/services/system.ts';
import { visit } from '../shared/services/visit.ts';
import { withOwnRuns } from '../shared/use-cases/child-runs/own-runs.ts';
import { readRunRecords } from '../shared/views/run/read-run-records.ts';
import { createInTurn } from './clock/in-turn.ts';
import { createRevocableClock } from './clock/revocable-clock.ts';
import { createTimers } from './clock/timers.ts';
import { createEngine } from './engine/engine.ts';
import { createBus } from './events/bus.ts';
import { openDeliveryStore } from './events/delivery-store.ts';
import { createUndelivered } from './events/undelivered.ts';
import { breakableLedger, breakableObjects } from './faults/fault-ports.ts';
import { createGlue } from './glue/glue.ts';
import { createJobLogs } from './glue/processes/job-logs.ts';
import { openPlace } from './home/storage-root.ts';
import { createFunctions } from './lambda/functions.ts';
import { currentInvocation } from './lambda/invocation.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { engineObjects } from './s3/engine-objects.ts';
import { createS3 } from './s3/s3.ts';
import { account, region } from './service/account.ts';
import type { Service } from './service/service.ts';
import { outputBucket, stackNames } from './stack/account.ts';
import { createClients } from './stack/clients.ts';
import { createRunner } from './stack/create-runner.ts';
import { createTaskWorks } from './stack/create-works.ts';
import { createDataServices } from './stack/data-services.ts';
import { createDeployment } from './stack/deployment.ts';
import { executionStatusChange } from './stack/execution-status-change.ts';
import { type JobEndpoint, openJobEndpoint } from './stack/job-endpoint.ts';
import { createTaskRunner } from './stack/task-runner.ts';
import { createWireServices } from './stack/wire-services.ts';
import { createSqliteLedger } from './storage/sqlite-ledger.ts';
import { embeddedRequestHandler } from './wire/embedded-request-handler.ts';
import { layered } from './work/layered-services.ts';

/** Generous, so that a simulation gives the same result on a busy machine. */
const simulatedMs = 10_000;

/**
 * The parts of the embedded runtime, connected with each other. Nothing runs yet, and no pipeline is deployed.
 *
 * @throws {HomeInUse} another process has the home open
 */
export function createParts(options: RuntimeOptions) {
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
  const { lookMilliseconds = 250 } = options;
  const s3 = createS3({ database, files, clock, uuid, account, emit: bus.put, lookMilliseconds });

  const { simulate, root, env = process.env } = options;
  let jobServer: JobEndpoint | undefined;
  const endpoint = () => jobServer ?? { url: '', key: '' };
  const runner = createRunner({ clock, s3, home, simulate, root, env, endpoint });
  const glue = createGlue({ database, clock, uuid, jobs: deployment.jobs, runner, emit: bus.put });

  const { catalog } = deployment;
  const { simulateWork } = options;
  const work = { root: root ?? home ?? '.', home, env, endpoint, catalog, simulateWork };
  const works = createTaskWorks({ database, clock, uuid, s3, emit: bus.put, ...work });
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
      works,
      bus,
      s3,
      onSurprise,
      calls,
    },
    functions: () => functions,
    findRun: async (id) => (await readRunRecords(system, id))?.run,
  });
  const clients = createClients(embeddedRequestHandler(services), calls);
  const { wrapLedger = (ledger) => ledger } = options;
  const system: System = withOwnRuns({
    stack,
    outputBucket,
    settles: false,
    clock: () => now() + (currentInvocation()?.skew ?? 0),
    random,
    uuid,
    pause: createInTurn(),
    ledger: breakableLedger(wrapLedger(createSqliteLedger(database)), calls),
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

  /** For jobs that are processes. In memory and in a simulation there are none. */
  async function openEndpoint(): Promise<void> {
    if (home === undefined || simulate !== undefined) return;
    const shellProxy = env.HTTPS_PROXY ?? env.https_proxy;
    jobServer = await openJobEndpoint(services, { home, uuid, shellProxy });
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

  return {
    ...{ stack, names, deployment, database, home, now, uuid, timers },
    ...{ bus, s3, glue, works, data, engine, services, clients, system, functions },
    ...{ onSurprise, openEndpoint, close, abandon },
  };
}

export type Parts = ReturnType<typeof createParts>;
