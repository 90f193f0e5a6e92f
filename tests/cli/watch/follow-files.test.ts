import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openProject } from '../../../cli/open/open-project.ts';
import type { Cli } from '../../../cli/terminal/cli.ts';
import { followFiles } from '../../../cli/watch/follow-files.ts';
import { createProject } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

const hello = 'pipeline: hello\ntasks: { say: { glue-job: hello } }\n';

test('dev tells of an error, of its end, and of a script that has changed', async () => {
  const root = createProject({
    'statemachines/hello.yml': hello,
    'jobs/jobs.yml': 'jobs:\n  hello: { script: jobs/hello.py, type: pythonshell }\n',
    'jobs/hello.py': 'print(1)\n',
  });
  const terminal = createTestTerminal(root);
  const cli: Cli = { terminal, exitCode: 0 };
  const stop = new AbortController();
  const deploy = vi.fn(async () => undefined);
  const following = followFiles(cli, await openProject(cli), {
    json: false,
    signal: stop.signal,
    deploy,
    onDeployed: () => undefined,
    onNews: () => undefined,
  });
  const file = join(root, 'statemachines/hello.yml');
  const told = (text: () => string, wanted: string) => vi.waitFor(() => expect(text()).toContain(wanted), 20_000);
  try {
    await vi.waitFor(() => expect(deploy).toHaveBeenCalled(), 20_000);
    writeFileSync(file, hello.replace('glue-job', 'glue-jbo'));
    await told(terminal.stderr, 'unknown key `glue-jbo`');
    writeFileSync(file, hello);
    await told(terminal.stdout, 'statemachines/hello.yml has no errors any more');
    writeFileSync(join(root, 'jobs/hello.py'), 'print(1 + 1)\n');
    await told(terminal.stdout, 'changed: jobs/hello.py (the next job run uses it)');
  } finally {
    stop.abort();
    await following;
  }
}, 60_000);
