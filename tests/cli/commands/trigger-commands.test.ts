import { describe, expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';

const root = createProject({
  'statemachines/nightly.yml': `pipeline: nightly
runs: { max: 2 }
triggers:
  night: { schedule: "cron(0 3 * * ? *)", timezone: Asia/Tokyo, interval: day }
tasks: { load: { glue-job: load, publishes: orders } }
`,
  'statemachines/report.yml': `pipeline: report
triggers:
  upstream: { datasets: { all: [orders, prices] }, optional: weather, by: "07:00" }
tasks: { build: { glue-job: load } }
`,
  'jobs/jobs.yml':
    'jobs:\n  load: { script: jobs/load.sh, type: pythonshell, local: { command: [sh], paths: true } }\n',
  'jobs/load.sh': 'echo done\n',
});

test('schedule says what will run when, and for which interval', async () => {
  const { out, code } = await gluewright(root, 'schedule', 'nightly', '--next', '3', '--json');
  expect(code).toBe(0);
  const { due } = JSON.parse(out);
  expect(due).toHaveLength(3);
  for (const run of due) {
    expect(run).toMatchObject({ pipeline: 'nightly', trigger: 'night', paused: false });
    const day = run.local.slice(0, 10);
    expect(run.local).toBe(`${day}T03:00:00+09:00`);
    expect(run.interval.end).toBe(`${day}T00:00:00+09:00`);
  }
  expect((await gluewright(root, 'schedule', '--next', '1')).out).toContain('nightly');
});

test('waiting says what each trigger waits for', async () => {
  const { out } = await gluewright(root, 'waiting', '--json');
  expect(JSON.parse(out)).toEqual({
    waiting: [
      { pipeline: 'report', trigger: 'upstream', has: [], missing: ['orders', 'prices'], optional: ['weather'] },
    ],
  });
  await gluewright(root, 'run', 'nightly');
  const { out: after } = await gluewright(root, 'waiting');
  expect(after).toMatch(/report\.upstream +orders +prices, weather \(optional\) +\d/);
});

test.each([
  [['waiting', 'nightly'], 0, 'nightly has no datasets trigger\n'],
  [['schedule', 'report'], 0, 'report has no schedule\n'],
  [['waiting', 'reprot'], 3, 'gluewright: the project has no pipeline reprot; did you mean report?\n'],
  [['schedule', 'reprot'], 3, 'gluewright: the project has no pipeline reprot; did you mean report?\n'],
])('%j is answered for that pipeline', async (args, code, said) => {
  const done = await gluewright(root, ...args);
  expect({ code: done.code, said: done.out + done.err }).toEqual({ code, said });
});

describe('what is paused', () => {
  test('is shown, and goes on when it is resumed', async () => {
    expect((await gluewright(root, 'pause', 'nightly.night')).out).toContain('is paused');
    expect((await gluewright(root, 'schedule', 'nightly', '--next', '1')).out).toContain('paused');
    const { out } = await gluewright(root, 'resume', 'nightly.night', '--json');
    expect(JSON.parse(out)).toEqual({ pipeline: 'nightly', trigger: 'night', paused: false, live: [], queued: [] });
    expect((await gluewright(root, 'schedule', 'nightly', '--next', '1')).out).not.toContain('paused');
  });

  test('is a trigger that there is', async () => {
    const { err, code } = await gluewright(root, 'pause', 'nightly.nigth');
    expect(code).not.toBe(0);
    expect(err).toContain('did you mean night?');
  });
});
