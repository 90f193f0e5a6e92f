import { expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';

const root = createProject({
  'statemachines/nightly.yml': `pipeline: nightly
tasks:
  load: { glue-job: load, pool: warehouse, places: 2 }
`,
  'jobs/jobs.yml': `jobs:
  load: { script: jobs/load.sh, type: pythonshell, local: { command: [sh], paths: true } }
pools: { warehouse: 4, unused: 1 }
`,
  'jobs/load.sh': 'echo done\n',
});

const pipelines = [
  { pipeline: 'nightly', max: 1, paused: false, pausedTriggers: [], live: [], queued: [], more: false },
];
const jobs = [{ kind: 'glue-job', work: 'load', waiting: [], more: false }];
const pools = [{ pool: 'warehouse', places: 4, held: 0, holders: [], waiting: [], more: false }];

test('queues lists pipelines, jobs, and the pools that tasks use, before and after a run', async () => {
  expect(JSON.parse((await gluewright(root, 'queues', '--json')).out)).toEqual({ pipelines, jobs, pools });
  expect((await gluewright(root, 'run', 'nightly')).code).toBe(0);
  expect((await gluewright(root, 'queues', 'nightly')).out).toBe(
    'nightly: 0 of 1 runs live, 0 queued\npool warehouse: 0 of 4 places held, 0 waiting\n',
  );
});

test('queues suggests a name for an unknown pipeline', async () => {
  const { code, err } = await gluewright(root, 'queues', 'nihgtly');
  expect({ code, err }).toEqual({
    code: 3,
    err: 'gluewright: the project has no pipeline nihgtly; did you mean nightly?\n',
  });
});
