import { DatabaseSync } from 'node:sqlite';
import { createHandler as onTaskEvent } from '../functions/on-task-event.ts';
import { createHandler as startTask } from '../functions/start-task.ts';
import { createClients } from '../local/stack/clients.ts';
import { createSqliteLedger } from '../local/storage/sqlite-ledger.ts';
import type { EmbeddedRequestHandler } from '../local/wire/embedded-request-handler.ts';
import type { Json } from '../shared/json.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import { createCatalog } from '../shared/services/catalog.ts';
import type { System } from '../shared/services/system.ts';

const events = 5_000;

/**
 * Events per second through `on-task-event`, with services that answer at once and the ledger in memory. Also the share
 * of our own code, without the SDK, from a command to its answer, and the ledger.
 */
export async function handler(args: string[]): Promise<void> {
  const time = { sdk: 0, ledger: 0 };
  const system = instantSystem(time);
  const start = startTask(system);
  for (let task = 0; task < events; task += 1) await start(startCall(task));

  const advance = onTaskEvent(system);
  time.sdk = 0;
  time.ledger = 0;
  const began = performance.now();
  for (let task = 0; task < events; task += 1) await advance(jobEnded(task));
  const total = performance.now() - began;

  const figures = {
    events,
    perSecond: Math.round((events / total) * 1000),
    microseconds: Math.round((total / events) * 1000),
    ours: (total - time.sdk - time.ledger) / total,
    sdk: time.sdk / total,
    ledger: time.ledger / total,
  };
  if (args.includes('--json')) return console.log(JSON.stringify(figures));
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  console.log(`${figures.perSecond} events per second, ${figures.microseconds} µs each`);
  console.log(`ours ${percent(figures.ours)}, SDK ${percent(figures.sdk)}, ledger ${percent(figures.ledger)}`);
}

function instantSystem(time: { sdk: number; ledger: number }): System {
  const timed = async <T>(part: 'sdk' | 'ledger', work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await work();
    time[part] += performance.now() - began;
    return answer;
  };
  const clients = createClients(instantServices());
  const outermost = { step: 'initialize', priority: 'high' } as const;
  clients.glue.middlewareStack.add((next) => (request) => timed('sdk', () => next(request)), outermost);
  clients.sfn.middlewareStack.add((next) => (request) => timed('sdk', () => next(request)), outermost);
  const ledger = createSqliteLedger(new DatabaseSync(':memory:'));
  const measured: Ledger = {
    get: (key) => timed('ledger', () => ledger.get(key)),
    list: (partition, options) => timed('ledger', () => ledger.list(partition, options)),
    write: (changes) => timed('ledger', () => ledger.write(changes)),
  };
  return {
    stack: 'bench',
    outputBucket: 'outputs',
    settles: true,
    clock: Date.now,
    random: Math.random,
    uuid: () => 'bench',
    pause: async () => {},
    ledger: measured,
    visit: async () => 0,
    sfn: clients.sfn,
    clients: clients.of,
    objects: { get: async () => undefined, put: async () => undefined },
    catalog: createCatalog([]),
    log: () => {},
  };
}

/** The n-th job run that is started belongs to the n-th task. */
const runOf = (task: number): string => `jr_${task}`;
const taskOf = (task: number): string => `task-${task}`;

function startCall(task: number): Json {
  return {
    call: 'task',
    token: `token-${task}`,
    run: 'bench',
    pipeline: 'bench',
    task: taskOf(task),
    timeout: 600,
    outputLimit: 0,
    work: { kind: 'glue-job', job: 'load', args: { day: '2026-11-22' }, inject: true },
  };
}

function jobEnded(task: number): Json {
  return {
    version: '0',
    id: `event-${task}`,
    'detail-type': 'Glue Job State Change',
    source: 'aws.glue',
    account: '111122223333',
    time: '2026-11-22T04:12:09Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      jobName: 'load',
      severity: 'INFO',
      state: 'SUCCEEDED',
      jobRunId: runOf(task),
      message: 'Job run succeeded',
    },
  };
}

function instantServices(): EmbeddedRequestHandler {
  let started = 0;
  const answer = (target: string): Json => {
    if (target === 'AWSGlue.StartJobRun') {
      started += 1;
      return { JobRunId: runOf(started - 1) };
    }
    return target === 'AWSGlue.GetJobRun' ? { JobRun: { JobRunState: 'SUCCEEDED', ExecutionTime: 60 } } : {};
  };
  return {
    metadata: { handlerProtocol: 'embedded' },
    async handle({ headers }) {
      const body = new TextEncoder().encode(JSON.stringify(answer(headers['x-amz-target'] ?? '')));
      return { response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body } };
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}
