import { afterEach, describe, expect, test, vi } from 'vitest';
import { openCountingProxy } from '../../local/counting-proxy.ts';
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

const look = `import json, os, urllib.request
from gluewright import write_output
def ask(url):
    try:
        return urllib.request.urlopen(url, timeout=5).status
    except Exception as error:
        return str(error)
settings = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
asked = [ask("https://s3.amazonaws.com/"), ask("https://example.test/")]
write_output({"settings": settings, "asked": asked})
`;

afterEach(() => vi.unstubAllEnvs());

describe('exec', () => {
  test('hides the shell’s AWS account from the script, and blocks AWS', async () => {
    const proxy = await openCountingProxy();
    const shell = { AWS_ACCESS_KEY_ID: 'AKIAPROD', AWS_PROFILE: 'prod', HTTPS_PROXY: proxy.url, NO_PROXY: 'com' };
    for (const [name, value] of Object.entries(shell)) vi.stubEnv(name, value);
    const root = createProject({
      'statemachines/one.yml': 'pipeline: one\ntasks: { look: { glue-job: look } }\n',
      'jobs/jobs.yml': 'jobs: { look: { script: jobs/look.py, type: pythonshell } }\n',
      'jobs/look.py': look,
    });
    try {
      const { code, out } = await gluewright(root, 'exec', 'one', 'look');
      expect(code).toBe(0);
      expect(out).toMatch(/"AWS_ACCESS_KEY_ID": "LOCAL/);
      expect(out).not.toMatch(/AKIAPROD|prod/);
      expect(out).toMatch(/"asked": \["[^"]*403[^"]*", "[^"]*418[^"]*"\]/);
      expect(proxy.asked).toEqual(['example.test:443']);
    } finally {
      proxy.close();
    }
  });

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
