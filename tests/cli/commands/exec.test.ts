import { describe, expect, test } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';

const files = {
  'statemachines/small.yml': `pipeline: small
params:
  day: { type: date, default: "2026-01-01" }
tasks:
  extract: { glue-job: load }
  load:
    glue-job: load
    after: extract
    args: { rows: "{% $tasks.extract.output.rows %}", day: "{% $params.day %}" }
`,
  'jobs/jobs.yml': 'jobs:\n  load: { script: jobs/load.py, type: pythonshell, args: { level: info } }\n',
  'jobs/load.py': `import os
from gluewright import read_args, write_output
args = read_args("rows", "day", "level")
if args.rows == "0":
    raise SystemExit(3)
endpoint = os.environ["AWS_ENDPOINT_URL"].rsplit(":", 1)[0]
write_output({"rows": args.rows, "day": args.day, "level": args.level, "endpoint": endpoint})
`,
};

describe('exec', () => {
  test('runs a task’s script with the arguments of a run, and shows what it wrote', async () => {
    const root = createProject(files);
    const rows = ['--output', 'extract={"rows": 7}', '--param', 'day=2026-11-22'];
    const { code, out, err } = await gluewright(root, 'exec', 'small', 'load', ...rows);
    expect([code, err]).toEqual([0, '']);
    const written = '{"rows": "7", "day": "2026-11-22", "level": "info", "endpoint": "http://127.0.0.1"}';
    expect(out).toBe(`output  ${written}\n`);
    expect((await gluewright(root, 'runs')).out).not.toContain('SUCCEEDED');
  });

  test.each([
    ['a script that fails', ['load', '--output', 'extract={"rows": 0}'], 1, 'load ended with exit code 3'],
    ['an output that is missing', ['load'], 2, "give outputs of tasks before it with --output 'TASK={…}'"],
    ['a task that there is not', ['laod'], 3, 'small has no task laod; it has extract, load'],
  ])('tells of %s', async (_name, args, code, message) => {
    const answer = await gluewright(createProject(files), 'exec', 'small', ...args);
    expect(answer.err).toContain(message);
    expect(answer.code).toBe(code);
  });
});
