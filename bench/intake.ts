import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createHandler } from '../functions/on-objects.ts';
import { createHandler as createReconcile } from '../functions/reconcile.ts';
import { createVirtualClock } from '../local/clock/virtual-clock.ts';
import { breakableLedger } from '../local/faults/fault-ports.ts';
import { openRuntime } from '../local/runtime.ts';
import { digest } from '../shared/ledger/digest.ts';
import { batchKey, memberPrefix } from '../shared/ledger/ledger-keys.ts';
import { readPipeline } from '../shared/pipeline/read-pipeline.ts';

const text = `pipeline: intake
runs: { max: 1000 }
triggers: { files: { s3: { bucket: landing, key: "**" }, batch: { size: 1000, quiet: 5m } } }
tasks: { load: { glue-job: load } }
`;
const emptyParams = digest('{}');
const duplicates = 0.05;
const late = 0.02;
const failing = 0.002;
const crashing = 0.000_5;

/** Objects per second through throttled and crashing handlers, with events doubled, reordered and redelivered. */
export async function intake(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { objects: { type: 'string' }, json: { type: 'boolean' } } });
  const objects = Number(values.objects ?? 100_000);
  const { pipeline } = readPipeline(text, 'intake.yml');
  if (pipeline === undefined) throw new Error('the pipeline of the benchmark has errors');
  const clock = createVirtualClock(Date.UTC(2026, 10, 22));
  const load = { name: 'load', args: {}, maxConcurrentRuns: 1000, type: 'glueetl' } as const;
  const simulate = () => ({ seconds: 60 });
  const runtime = await openRuntime({ home: ':memory:', clock, pipelines: [pipeline], jobs: { load }, simulate });
  let [faults, crashes] = [0, 0];
  let crash: () => void = () => {};
  const ledger = breakableLedger(runtime.system.ledger, () => {
    const draw = Math.random();
    const afterEffect = Math.random() < 0.5;
    if (draw < crashing) return { crash, afterEffect };
    if (draw >= crashing + failing) return undefined;
    faults += 1;
    return { error: 'ThrottlingException', afterEffect };
  });
  const onObjects = createHandler({ ...runtime.system, ledger });
  const waiting = eventsOf(objects).map((body, at) => ({ messageId: String(at), body }));
  const events = waiting.length;
  const heap = [heapMegabytes()];
  const began = performance.now();
  let delivered = 0;
  for (let from = 0; from < waiting.length; from += 10) {
    const Records = waiting.slice(from, from + 10);
    delivered += Records.length;
    const gone = new Promise<'gone'>((resolve) => {
      crash = () => resolve('gone');
    });
    const answer = await Promise.race([onObjects({ Records }), gone]);
    const failed = failuresOf(answer);
    // SQS hears nothing from a crashed handler and delivers the whole batch again.
    waiting.push(...Records.filter(({ messageId }) => answer === 'gone' || failed.has(messageId)));
    if (answer === 'gone') crashes += 1;
    if (from % 1_000 === 0) await clock.run(() => true);
    if (delivered >= (heap.length * events) / 4) heap.push(heapMegabytes());
  }
  const seconds = (performance.now() - began) / 1_000;
  const end = clock.now() + 900_000;
  await clock.run(() => clock.now() >= end);
  await createReconcile(runtime.system)({ detail: { schedules: false } });
  const counts = await countMembers(runtime.system.ledger);
  await runtime.close();
  const figures = {
    objects,
    events,
    delivered,
    faults,
    perSecond: Math.round(objects / seconds),
    crashes,
    heapMegabytes: heap,
    ...counts,
  };
  if (values.json) return console.log(JSON.stringify(figures));
  console.log(
    `${figures.perSecond} objects per second; ${delivered} deliveries, ${faults} failed calls, ${crashes} crashes`,
  );
  console.log(
    `${counts.inBatches} versions in ${counts.batches} batches, ${counts.twice} of them twice, of ${objects}`,
  );
  console.log(`heap in MB, at each quarter: ${heap.join(', ')}`);
  if (counts.inBatches !== objects || counts.twice > 0) process.exitCode = 1;
}

/** Bytes still in use. */
function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

function eventsOf(objects: number): string[] {
  const sent: { readonly at: number; readonly body: string }[] = [];
  for (let n = 0; n < objects; n += 1) {
    const body = JSON.stringify(objectCreated(n));
    sent.push({ at: n + Math.random() * (Math.random() < late ? 10_000 : 100), body });
    if (Math.random() < duplicates) sent.push({ at: n + Math.random() * 1_000, body });
  }
  return sent.sort((one, other) => one.at - other.at).map(({ body }) => body);
}

function objectCreated(n: number): unknown {
  const object = { key: `in/${n}.csv`, size: 1_000, etag: `e${n}`, sequencer: n.toString(16).padStart(16, '0') };
  return { 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'landing' }, object } };
}

function failuresOf(answer: unknown): Set<unknown> {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return new Set();
  const failures: unknown = answer.batchItemFailures;
  return new Set(Array.isArray(failures) ? failures.map((failure) => failure.itemIdentifier) : []);
}

async function countMembers(ledger: Parameters<typeof breakableLedger>[0]) {
  let [batches, inBatches, twice] = [0, 0, 0];
  const seen = new Set<unknown>();
  for (let number = 1; ; number += 1) {
    const { partition } = batchKey(`intake.files.${emptyParams}.${number}`);
    const { items } = await ledger.list(partition, { prefix: memberPrefix, limit: 2_000 });
    if (items.length === 0) return { batches, inBatches, twice };
    batches += 1;
    inBatches += items.length;
    for (const { value } of items) {
      if (seen.has(value.key)) twice += 1;
      seen.add(value.key);
    }
  }
}
