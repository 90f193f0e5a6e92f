#!/usr/bin/env node
import { apiLatency } from './api.ts';
import { besideMake } from './beside-make.ts';
import { cliStart } from './cli-start.ts';
import { coldStart } from './cold-start.ts';
import { crash } from './crash/crash.ts';
import { dagReplay } from './dag-replay.ts';
import { datasets } from './datasets.ts';
import { durableStep } from './durable-step.ts';
import { firstRun } from './first-run.ts';
import { growth } from './growth.ts';
import { handler } from './handler.ts';
import { intake } from './intake.ts';
import { memoryEngine } from './memory-engine.ts';
import { page } from './page/page.ts';
import { reconcile } from './reconcile.ts';
import { scale } from './scale.ts';
import { schedules } from './schedules.ts';
import { throughput } from './throughput.ts';

/** One line for each benchmark: `npm run bench -- NAME [options]`. */
const benchmarks: Record<string, { run: (args: string[]) => Promise<void>; what: string }> = {
  'dag-replay': { run: dagReplay, what: 'pipeline graphs through the whole loop: --dir DIR | --tasks N [--json]' },
  'durable-step': { run: durableStep, what: 'ms per durable step, over an fdatasync: [--dir DIR] [--json]' },
  throughput: { run: throughput, what: 'steps per second, over fdatasyncs per second: [--dir DIR] [--json]' },
  'memory-engine': { run: memoryEngine, what: 'states per second, beside aws-local-stepfunctions: [--json]' },
  crash: {
    run: crash,
    what: 'what is lost when it is killed: [--what engine|runtime] [--kills N] [--dir DIR] [--json]',
  },
  growth: { run: growth, what: 'time and memory as the file fills: [--dir DIR] [--json]' },
  'cold-start': { run: coldStart, what: 'size and import time of each function’s bundle: [--json]' },
  api: {
    run: apiLatency,
    what: 'latency of the API with many runs, over a bare server, and its memory: [--runs 10000 | --filled PROJECT] [--requests 100000] [--json]',
  },
  'beside-make': {
    run: besideMake,
    what: 'runs of a warm runtime, over `make -j8` with the same scripts: [chain side-by-side random] [--rounds 3] [--json]',
  },
  'cli-start': {
    run: cliStart,
    what: 'how long commands take, over a bare Node: [--beside SCRIPT]… [--rounds 11] [--json]',
  },
  reconcile: { run: reconcile, what: 'the reconciler’s cost with so many open waits: [--waits 10000] [--json]' },
  scale: {
    run: scale,
    what: 'items, calls, events and money at 100,000 runs a day: [--runs 300] [--tasks N] [--json]',
  },
  intake: { run: intake, what: 'objects per second into batches, whatever fails: [--objects 100000] [--json]' },
  schedules: {
    run: schedules,
    what: 'schedules beside another implementation, pauses beside a model: [--expressions 200] [--pauses 3000] [--seed 1] [--json]',
  },
  datasets: {
    run: datasets,
    what: 'random histories of datasets beside a plain model: [--histories 10000] [--seed 1] [--json]',
  },
  'first-run': {
    run: firstRun,
    what: 'commands and seconds to a first run, beside others: [gluewright dagster airflow prefect] [--python P] [--json]',
  },
  page: { run: page, what: 'the page with 10,000 runs of 1,000 tasks, in Chromium: [--rounds 5] [--json]' },
  handler: { run: handler, what: 'events per second through on-task-event, and the share that is ours: [--json]' },
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  const known = Object.entries(benchmarks).map(([each, { what }]) => `  ${each.padEnd(16)} ${what}`);
  console.error(`usage: npm run bench -- NAME [options]\n${known.join('\n')}`);
  process.exitCode = 2;
} else {
  await benchmark.run(args);
}
