import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createRealClock } from '../local/clock/real-clock.ts';
import { openRuntime, type Runtime } from '../local/runtime.ts';
import { stackNames } from '../local/stack/account.ts';
import { startRun } from '../shared/actors/start-run.ts';
import { isJsonObject } from '../shared/json.ts';
import { createRandom } from '../testing/random.ts';
import { type GraphFile, pipelineOf, replayJob } from './graph-file.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { printFigures } from './kit/print-figures.ts';
import { pythonFolder } from './kit/python-folder.ts';
import { quantile } from './kit/quantile.ts';

/** Writes a small file: what every task does, started by make or by the runtime. */
const script = `import sys
with open(sys.argv[-1].rpartition('/')[2], 'w') as file:
    file.write('done')
`;

const lanes = 8;

/**
 * Runs of a warm runtime, beside `make -j8` with the same graph and script, in turns. Makes a graph of a chain, of tasks
 * side by side, and of random edges.
 */
export async function besideMake(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
  });
  if (spawnSync('make', ['--version']).status !== 0) throw new Error('make is not installed');
  const env = { ...process.env, PATH: [pythonFolder(), process.env.PATH].join(path.delimiter) };
  await inBenchFolder(undefined, async (folder, settings) => {
    writeFileSync(path.join(folder, 'task.py'), script);
    const graphs = [chain(10), sideBySide(50), randomGraph(200)].filter(
      ({ id }) => positionals.length === 0 || positionals.includes(id),
    );
    const runtime = await openRuntime({
      home: path.join(folder, 'home'),
      root: folder,
      clock: createRealClock(),
      schedules: false,
      env,
      pipelines: graphs.map(pipelineOf),
      jobs: {
        [replayJob]: { name: replayJob, type: 'pythonshell', script: 'task.py', args: {}, maxConcurrentRuns: 200 },
      },
    });
    try {
      const rows = [];
      for (const graph of graphs) {
        // the first run compiles code, and is not counted
        await measured(() => runHere(runtime, graph, 'warm'));
        const pairs: { readonly here: Cost; readonly make: Cost }[] = [];
        for (let round = 0; round < Number(values.rounds); round += 1) {
          const here = await measured(() => runHere(runtime, graph, String(round)));
          pairs.push({ here, make: await measured(() => runMake(folder, graph, env)) });
        }
        const median = (of: (pair: (typeof pairs)[number]) => number): number => quantile(pairs.map(of), 0.5);
        const ratios = pairs.map(({ here, make }) => here.wall / make.wall);
        rows.push({
          graph: graph.id,
          tasks: graph.tasks.length,
          'make, s': median(({ make }) => make.wall) / 1_000,
          'here, s': median(({ here }) => here.wall) / 1_000,
          'over make': quantile(ratios, 0.5),
          least: Math.min(...ratios),
          most: Math.max(...ratios),
          'own CPU, ms a task': median(({ here }) => here.own) / graph.tasks.length,
          'CPU over make': median(({ here, make }) => (here.own + here.children) / make.children),
        });
      }
      const load = (loadavg()[0] ?? 0).toFixed(1);
      printFigures('beside-make', values.json, { settings: { ...settings, rounds: values.rounds, load }, rows });
    } finally {
      await runtime.close();
    }
  });
}

/** Milliseconds: of time, of this process's CPU, and of its children's, with theirs. */
type Cost = { readonly wall: number; readonly own: number; readonly children: number };

async function measured(act: () => Promise<number>): Promise<Cost> {
  const [own, children] = [process.cpuUsage(), childrenCpu()];
  const wall = await act();
  const { user, system } = process.cpuUsage(own);
  return { wall, own: (user + system) / 1_000, children: childrenCpu() - children };
}

/** CPU time of all children, including those that have ended, from proc(5). A tick is 10 ms. */
function childrenCpu(): number {
  const alive = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  const ended = ticks('self').slice(2);
  return [ended, ...alive.map(ticks)].flat().reduce((sum, each) => sum + each, 0) * 10;
}

/** The ticks of a process in user and system mode, then those of its ended children. */
function ticks(pid: string): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).map(Number);
}

function chain(length: number): GraphFile {
  const tasks = Array.from({ length }, (_, at) => ({
    id: `t${at}`,
    seconds: 0,
    dependsOn: at === 0 ? [] : [`t${at - 1}`],
  }));
  return { id: 'chain', tasks };
}

function sideBySide(width: number): GraphFile {
  const tasks = Array.from({ length: width }, (_, at) => ({ id: `t${at}`, seconds: 0, dependsOn: [] }));
  return { id: 'side-by-side', tasks: [...tasks, { id: 'last', seconds: 0, dependsOn: tasks.map(({ id }) => id) }] };
}

/** Each task after up to three of the thirty before it. */
function randomGraph(size: number): GraphFile {
  const random = createRandom(1);
  const tasks = Array.from({ length: size }, (_, at) => {
    const after = Array.from({ length: at === 0 ? 0 : random.integer(0, 3) }, () =>
      random.integer(Math.max(0, at - 30), at - 1),
    );
    return { id: `t${at}`, seconds: 0, dependsOn: [...new Set(after)].sort((a, b) => a - b).map((each) => `t${each}`) };
  });
  return { id: 'random', tasks };
}

/** Milliseconds from the request to the end of the execution. */
async function runHere(runtime: Runtime, { id }: GraphFile, cause: string): Promise<number> {
  const end = Promise.withResolvers<string>();
  const arn = stackNames('local').machineArn(id).replace(':stateMachine:', ':execution:');
  runtime.bus.addRule({
    name: 'ended',
    pattern: {
      source: ['aws.states'],
      detail: { executionArn: [{ prefix: `${arn}:` }], status: [{ 'anything-but': 'RUNNING' }] },
    },
    target: async ({ detail }) => end.resolve(isJsonObject(detail) ? String(detail.status) : ''),
  });
  const began = performance.now();
  const answer = await startRun(runtime.system, { pipeline: id, cause });
  if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
  const status = await end.promise;
  if (status !== 'SUCCEEDED') throw new Error(`${answer.run.id} ended ${status}`);
  return performance.now() - began;
}

let makes = 0;

/** Milliseconds of one `make` that makes every task's file. */
async function runMake(folder: string, { tasks }: GraphFile, env: NodeJS.ProcessEnv): Promise<number> {
  makes += 1;
  const place = path.join(folder, `make-${makes}`);
  mkdirSync(place);
  const rules = tasks.map(
    ({ id, dependsOn }) => `${[`${id}:`, ...dependsOn].join(' ')}\n\t@python3 -u ../task.py $@\n`,
  );
  writeFileSync(path.join(place, 'Makefile'), `all: ${tasks.map(({ id }) => id).join(' ')}\n\n${rules.join('\n')}`);
  const began = performance.now();
  const child = spawn('make', [`-j${lanes}`, 'all'], { cwd: place, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`make ended with ${code}`);
  return performance.now() - began;
}
