import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { createProject } from './project-folder.ts';
import { createTestTerminal } from './test-terminal.ts';

const files = {
  'statemachines/small.yml': 'pipeline: small\ntasks: { load: { glue-job: load } }\n',
  'jobs/jobs.yml':
    'jobs:\n  load: { script: jobs/load.sh, type: pythonshell, local: { command: [sh], paths: true } }\n',
  'jobs/load.sh': 'echo done\n',
  file: '',
};
const root = createProject(files);

async function run(home: string, ...args: string[]) {
  const terminal = createTestTerminal(root, { GLUEWRIGHT_HOME: home });
  return { code: await runCli(args, terminal), err: terminal.stderr() };
}

test.each([
  ['is a file', 'file'],
  ['is below a file', 'file/home'],
  ...(existsSync('/proc') ? [['is where no folder can be made', '/proc/gluewright']] : []),
])('a home that %s is refused in one line, with what to do', async (_, home = '') => {
  const { code, err } = await run(home, 'run', 'small');
  expect(code).toBe(4);
  expect(err).toMatch(/^gluewright: \S+ cannot be written: .* \(GLUEWRIGHT_HOME\)\.\n$/);
});

test('so is one that is not ours to write', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write everywhere');
  const home = join(createProject({ 'home/gluewright.db': '' }), 'home');
  chmodSync(home, 0o500);
  const { code, err } = await run(home, 'run', 'small');
  chmodSync(home, 0o700);
  expect(code).toBe(4);
  expect(err).toMatch(/^gluewright: \S+ cannot be written: EACCES/);
});

test('a file that is no database is left as it is', async () => {
  const home = join(createProject({ 'home/gluewright.db': '' }), 'home');
  writeFileSync(join(home, 'gluewright.db'), 'no database at all, but long enough to be one. '.repeat(100));
  for (const command of [['run', 'small'], ['runs']]) {
    const { code, err } = await run(home, ...command);
    expect(code).toBe(4);
    expect(err).toMatch(/^gluewright: \S+ is not an SQLite database\..*\n$/);
  }
});
