import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inBenchFolder } from './kit/bench-folder.ts';
import { createOneTask } from './kit/one-task.ts';
import { printFigures } from './kit/print-figures.ts';
import { pythonFolder } from './kit/python-folder.ts';
import { quantile } from './kit/quantile.ts';

const root = path.resolve(import.meta.dirname, '..');

const commands = { '--version': ['--version'], runs: ['runs'], show: ['show', 'latest'], run: ['run', 'one'] };

/** The shortest program, which every command line is compared with. */
const bare = ['-e', '0'];

/** Makes a process report its own CPU time on descriptor 3. */
const reporting = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String((user + system) / 1000)); });`,
)}`;

type Times = { readonly cpu: number[]; readonly wall: number[] };

/**
 * How long commands take, over a Node process that does nothing. `run` is a run of one task, of a runtime that the
 * command opens and closes. All take turns, so that a busy machine slows all alike. CPU time is the command's own,
 * without the job's.
 */
export async function cliStart(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      beside: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '11' },
      json: { type: 'boolean', default: false },
    },
  });
  const scripts = [path.join(root, 'cli/gluewright.js'), ...values.beside.map((file) => path.resolve(file))];
  await inBenchFolder(undefined, async (folder, settings) => {
    const projects = scripts.map((script, at) => ({ script, project: createOneTask(path.join(folder, `${at}`)) }));
    // run once before, so there is a run to show, and compiled code if this version keeps it
    for (const { script, project } of projects)
      for (const words of [commands.run, ...Object.values(commands)]) await timed(project, [script, ...words]);

    const measured = new Map<string, Times>();
    const note = async (name: string, project: string, words: readonly string[]): Promise<void> => {
      const times = measured.get(name) ?? { cpu: [], wall: [] };
      const { cpu, wall } = await timed(project, words);
      times.cpu.push(cpu);
      times.wall.push(wall);
      measured.set(name, times);
    };
    for (let round = 0; round < Number(values.rounds); round += 1) {
      await note('node', folder, bare);
      for (const [command, words] of Object.entries(commands))
        for (const { script, project } of projects) await note(`${command} ${script}`, project, [script, ...words]);
    }
    const median = (name: string, what: keyof Times): number => quantile(measured.get(name)?.[what] ?? [], 0.5);
    const rows = scripts.flatMap((script, at) =>
      Object.keys(commands).map((command) => ({
        script: at === 0 ? 'this' : path.relative(process.cwd(), script),
        command,
        'CPU ms': median(`${command} ${script}`, 'cpu'),
        'over node': median(`${command} ${script}`, 'cpu') / median('node', 'cpu'),
        'over this': median(`${command} ${script}`, 'cpu') / median(`${command} ${scripts[0]}`, 'cpu'),
        'wall ms': median(`${command} ${script}`, 'wall'),
        'wall over node': median(`${command} ${script}`, 'wall') / median('node', 'wall'),
      })),
    );
    const load = (loadavg()[0] ?? 0).toFixed(1);
    printFigures('cli-start', values.json, {
      settings: { ...settings, rounds: values.rounds, load },
      'node, CPU ms': median('node', 'cpu'),
      'node, wall ms': median('node', 'wall'),
      commands: rows,
    });
  });
}

const env = { ...process.env, PATH: [pythonFolder(), process.env.PATH].join(path.delimiter) };

/** Milliseconds of a process. @throws {Error} it failed */
function timed(cwd: string, words: readonly string[]): Promise<{ cpu: number; wall: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', reporting, ...words], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let [errors, cpu] = ['', ''];
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const report = child.stdio[3];
  report?.on('data', (text) => {
    cpu += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`${words.join(' ')} ended with ${code}: ${errors}`));
      resolve({ cpu: Number(cpu), wall: performance.now() - began });
    });
  });
}
