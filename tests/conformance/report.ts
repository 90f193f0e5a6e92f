import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Runs the engine over the whole corpus of recordings, and prints how much of it is as AWS did it. */
const corpus = path.resolve('..', 'shared', 'asl-conformance');
const adapter = path.resolve('tests', 'conformance', 'adapter.ts');

const parts: readonly (readonly [string, string, readonly string[]])[] = [
  ['Pure cases', 'run.mjs', ['--dir', 'cases']],
  ['Cases with stubbed tasks', 'run.mjs', ['--dir', 'cases-stubbed']],
  ['Definitions accepted and refused', 'run-validate.mjs', []],
  ['TestState', 'run-teststate.mjs', []],
];

function report(): number {
  if (!existsSync(corpus)) {
    console.log(`skipped: the corpus of recordings is not beside this project (${path.relative('.', corpus)})`);
    return 0;
  }
  const show = process.argv.includes('--show') ? ['--show', '50'] : [];
  let failed = 0;
  for (const [title, script, flags] of parts) {
    console.log(`\n${title}\n`);
    const args = [path.join(corpus, script), '--adapter', adapter, ...flags, ...show];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: corpus });
    if (status !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = report();
