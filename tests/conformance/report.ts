import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Results, supportPage } from './support-page.ts';

/**
 * Runs the engine over the whole corpus of recordings, and prints how much of it matches AWS. `--show` prints the
 * differences; `--write` makes `docs/asl-support.md`.
 */
const corpus = path.resolve('..', 'shared', 'asl-conformance');
const adapter = path.resolve('tests', 'conformance', 'adapter.ts');
const page = path.resolve('docs', 'asl-support.md');
const flags = process.argv.includes('--show') ? ['--show', '50'] : [];

function run(title: string, script: string, args: readonly string[]): boolean {
  console.log(`\n${title}\n`);
  const command = [path.join(corpus, script), '--adapter', adapter, ...args, ...flags];
  return spawnSync(process.execPath, command, { stdio: 'inherit', cwd: corpus }).status === 0;
}

function report(folder: string): number {
  const [pure, stubbed] = [path.join(folder, 'pure.json'), path.join(folder, 'stubbed.json')];
  const ran = [
    run('Pure cases', 'run.mjs', ['--dir', 'cases', '--out', pure]),
    run('Cases with stubbed tasks', 'run.mjs', ['--dir', 'cases-stubbed', '--out', stubbed]),
    run('Definitions accepted and refused', 'run-validate.mjs', []),
    run('TestState', 'run-teststate.mjs', []),
  ];
  if (ran.includes(false)) return 1;
  if (process.argv.includes('--write')) writeFileSync(page, supportPage(read(pure), read(stubbed)));
  return 0;
}

function read(file: string): Results {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return parsed as Results;
}

if (existsSync(corpus)) {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  process.exitCode = report(folder);
  rmSync(folder, { recursive: true });
} else {
  console.log('skipped: the corpus of recordings is not beside this project (../shared/asl-conformance)');
}
