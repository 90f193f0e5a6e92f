import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { bundle, filesOf } from '../infra/bundle.ts';
import { functions } from '../shared/deploy/functions/functions.ts';
import { quantile } from './kit/quantile.ts';

const rounds = 21;

/** Limit of a function's import time over the baseline's. */
const mostOverhead = 1.15;

/**
 * Size and import time of each function's bundle. The baseline is `clients-only.ts`, a handler that only imports the
 * same SDK clients, bundled with the same esbuild options but without our plugin `slim-sdk`, as a user would do it. The
 * same handler with the plugin is shown, too: the difference to a function is the function's own code. Each import runs
 * in a new process. The processes take turns, so that other load slows all alike.
 */
export async function coldStart(args: string[]): Promise<void> {
  const root = path.resolve(import.meta.dirname, '..');
  const clients = path.join(import.meta.dirname, 'clients-only.ts');
  const outdir = await mkdtemp(path.join(tmpdir(), 'gluewright-cold-start-'));
  try {
    const own = await bundle(root, outdir);
    const slim = await bundle(root, outdir, [clients]);
    const plain = await bundle(root, path.join(outdir, 'plain'), [clients], []);
    const baseline = 'plain/clients-only';
    const built = new Map([
      [baseline, plain],
      ['clients-only', slim],
      ...Object.keys(functions).map((name) => [name, own] as const),
    ]);
    const names = [...built.keys()];
    const times = new Map(names.map((name): [string, number[]] => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, taken] of times) taken.push(await importTime(path.join(outdir, `${name}.mjs`)));
    }
    const median = (name: string): number => quantile(times.get(name) ?? [], 0.5);
    const rows = names.map((name) => ({
      name,
      bytes: bytesAtStart(built.get(name), path.basename(name)),
      ms: median(name),
      ratio: median(name) / median(baseline),
    }));
    const worst = Math.max(...rows.slice(2).map(({ ratio }) => ratio));
    if (args.includes('--json')) return console.log(JSON.stringify({ baseline, mostOverhead, worst, bundles: rows }));
    console.log(
      '× 1.00 is a handler that only imports the same SDK clients (bench/clients-only.ts), bundled as usual:',
    );
    console.log('esbuild, minified, SDK included. Below it the same handler bundled as the functions are.');
    console.log(`Median of ${rounds} imports, each in a process of its own.\n`);
    for (const { name, bytes, ms, ratio } of rows)
      console.log(`${name.padEnd(20)} ${bytes} bytes ${ms.toFixed(1).padStart(7)} ms  × ${ratio.toFixed(2)}`);
    const held = worst <= mostOverhead ? 'held' : 'missed';
    console.log(`\nworst × ${worst.toFixed(2)}; × ${mostOverhead} or less is the aim: ${held}`);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

function bytesAtStart(metafile: Metafile | undefined, name: string): number {
  if (metafile === undefined) return 0;
  const bytes = filesOf(metafile, name).atStart.map((file) => metafile.outputs[file]?.bytes ?? 0);
  return bytes.reduce((sum, each) => sum + each, 0);
}

/** Milliseconds that a fresh process takes to import the module, once it runs itself. */
async function importTime(file: string): Promise<number> {
  const script =
    'const start = performance.now(); await import(process.argv[1]); console.log(performance.now() - start);';
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file]);
  return Number(stdout);
}
