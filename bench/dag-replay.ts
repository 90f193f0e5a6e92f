import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { createVirtualClock, type VirtualClock } from '../local/clock/virtual-clock.ts';
import { openRuntime, type Runtime } from '../local/runtime.ts';
import { stackNames } from '../local/stack/account.ts';
import { startRun } from '../shared/actors/start-run.ts';
import { compile } from '../shared/asl/compile.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { criticalPath, type GraphFile, pipelineOf, replayJob } from './graph-file.ts';
import { quantile } from './kit/quantile.ts';
import { largeGraph } from './large-graph.ts';

export type Row = {
  readonly id: string;
  readonly tasks: number;
  readonly gates: number;
  /** Makespan divided by critical path, in virtual time. */
  readonly ratio: number;
  readonly machines: number;
  readonly states: number;
  /** Of the largest machine. */
  readonly bytes: number;
  /** Of the largest execution. */
  readonly events: number;
  /** Wall time in milliseconds: to compile, and to do everything. */
  readonly compile: number;
  readonly ms: number;
};

/** Graphs through the whole loop: engine, tokens, functions, simulated Glue, events, ledger. Real ones, or one of any size. */
export async function dagReplay(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, tasks: { type: 'string' }, json: { type: 'boolean' } },
  });
  const graphs =
    values.tasks === undefined ? graphsIn(values.dir) : [(): GraphFile => largeGraph(Number(values.tasks))];
  const rows: Row[] = [];
  if (values.json !== true)
    console.log(line(['graph', 'tasks', 'gates', 'ratio', 'machines', 'states', 'bytes', 'events', 'compile', 'ms']));
  for (const graph of graphs) {
    const row = await replay(graph());
    rows.push(row);
    if (values.json !== true) console.log(line([...Object.values({ ...row, ratio: row.ratio.toFixed(4) })]));
  }
  const ratios = rows.map((row) => row.ratio);
  const summary = { median: quantile(ratios, 0.5), p90: quantile(ratios, 0.9), worst: Math.max(...ratios) };
  if (values.json === true) console.log(JSON.stringify({ graphs: rows, ...summary }));
  else {
    const [gates, tasks] = [sum(rows.map((row) => row.gates)), sum(rows.map((row) => row.tasks))];
    console.log(
      `\nmakespan / critical path: median ${summary.median.toFixed(4)}, p90 ${summary.p90.toFixed(4)}, worst ${summary.worst.toFixed(4)}`,
    );
    console.log(`gates per task: ${(gates / tasks).toFixed(3)} (${gates} over ${tasks})`);
  }
}

function graphsIn(dir: string | undefined): (() => GraphFile)[] {
  if (dir === undefined)
    throw new Error('say where the graph files are, --dir DIR, or how large a graph is made, --tasks N');
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw new Error(`${dir} holds no graph file`);
  return files.sort().map((file) => () => JSON.parse(readFileSync(path.join(dir, file), 'utf8')));
}

/** One graph, with its own or with other run times. */
export async function replay(graph: GraphFile): Promise<Row> {
  const began = performance.now();
  const pipeline = pipelineOf(graph);
  const names = stackNames('local');
  const compiled = compile(pipeline, { functionArn: names.functionArn, stateMachineArn: names.machineArn });
  const compiledIn = performance.now() - began;
  if (compiled.problem !== undefined) throw new Error(`${graph.id}: ${compiled.problem.message}`);
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [pipeline],
    jobs: { [replayJob]: { name: replayJob, type: 'pythonshell', args: {}, maxConcurrentRuns: graph.tasks.length } },
    simulate: ({ arguments: given }) => ({ seconds: Number(given['--seconds']) }),
    onSurprise: (error) => {
      throw error;
    },
  });
  try {
    const seconds = await makespan(runtime, clock, pipeline);
    return {
      id: graph.id,
      tasks: graph.tasks.length,
      gates: compiled.gates,
      ratio: seconds / criticalPath(graph),
      machines: compiled.machines.length,
      states: sum(compiled.machines.map((machine) => machine.states)),
      bytes: Math.max(...compiled.machines.map((machine) => machine.bytes)),
      events: await largestHistory(
        runtime,
        compiled.machines.map((machine) => names.machineArn(machine.name)),
      ),
      compile: Math.round(compiledIn),
      ms: Math.round(performance.now() - began),
    };
  } finally {
    await runtime.close();
  }
}

/** Runs the pipeline once. @returns seconds of virtual time from the execution's start to its end */
async function makespan(runtime: Runtime, clock: VirtualClock, pipeline: Pipeline): Promise<number> {
  const answer = await startRun(runtime.system, { pipeline: pipeline.name, cause: 'replay' });
  if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
  const executionArn = `${stackNames('local').machineArn(pipeline.name).replace(':stateMachine:', ':execution:')}:${answer.run.id}`;
  let ended = false;
  runtime.bus.addRule({
    name: 'replayed',
    pattern: {
      source: ['aws.states'],
      detail: { executionArn: [executionArn], status: [{ 'anything-but': 'RUNNING' }] },
    },
    target: async () => {
      ended = true;
    },
  });
  await clock.run(() => ended);
  const { status, startDate, stopDate, error, cause } = await runtime.clients.sfn.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  if (status !== 'SUCCEEDED' || startDate === undefined || stopDate === undefined) {
    throw new Error(`${pipeline.name} ended ${status}: ${error} ${cause}`);
  }
  return (stopDate.getTime() - startDate.getTime()) / 1_000;
}

async function largestHistory(runtime: Runtime, machineArns: readonly string[]): Promise<number> {
  const sizes: number[] = [];
  for (const stateMachineArn of machineArns) {
    const { executions = [] } = await runtime.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    for (const { executionArn } of executions) {
      const last = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 });
      const { events } = await runtime.clients.sfn.send(last);
      sizes.push(events?.[0]?.id ?? 0);
    }
  }
  return Math.max(...sizes);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function line(cells: readonly (string | number)[]): string {
  const [id = '', ...rest] = cells.map(String);
  return `${id.slice(0, 36).padEnd(36)} ${rest.map((cell) => cell.padStart(9)).join('')}`;
}
