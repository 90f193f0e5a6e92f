import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pythonFolder } from '../../local/glue/processes/python-folder.ts';

const folder = fs.mkdtempSync(path.join(tmpdir(), 'package-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function python(script: string, ...args: string[]): SpawnSyncReturns<string> {
  const file = path.join(folder, 'script.py');
  fs.writeFileSync(file, script);
  const env = { PATH: process.env.PATH, PYTHONPATH: pythonFolder, GLUEWRIGHT_BUCKETS: path.join(folder, 's3') };
  return spawnSync('python3', [file, ...args], { encoding: 'utf8', env });
}

describe('read_args', () => {
  test('reads both notations, flags without a value, and values that begin with a hyphen', () => {
    const script = 'from gluewright import read_args\nimport json\nprint(json.dumps(read_args("day")))';
    const { stdout, stderr } = python(script, '--day', '2026-11-22', '--q=a=b', '--enable-metrics', '--n', '-3');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ day: '2026-11-22', q: 'a=b', 'enable-metrics': '', n: '-3' });
  });

  test('names the missing argument, and where to add it', () => {
    const { status, stderr } = python('from gluewright import read_args\nread_args("day", "source")', '--day', 'x');
    expect([status, stderr]).toEqual([1, "missing arguments: --source. Add them to the task's `args`.\n"]);
  });

  test('returns the interval as times', () => {
    const script = 'from gluewright import read_args\nprint((lambda i: i.end - i.start)(read_args().interval()))';
    const { stdout } = python(script, '--start', '2026-03-29T00:00:00+01:00', '--end', '2026-03-30T00:00:00+02:00');
    expect(stdout).toBe('23:00:00\n');
  });
});

describe('write_output', () => {
  const script = 'from gluewright import write_output\nprint(write_output({"rows": 3}))';

  test('writes to the bucket’s folder at the task’s address', () => {
    const { stdout, stderr } = python(script, '--gluewright_output', 's3://outputs/run/load-1.json');
    expect([stdout, stderr]).toEqual(['True\n', '']);
    expect(fs.readFileSync(path.join(folder, 's3/outputs/run/load-1.json'), 'utf8')).toBe('{"rows": 3}');
    expect(fs.readdirSync(path.join(folder, 's3/outputs/run'))).toEqual(['load-1.json']);
  });

  test('writes to a path, and does nothing without Gluewright', () => {
    const file = path.join(folder, 'deep/er/out.json');
    expect(python(script, '--gluewright_output', file).stdout).toBe('True\n');
    expect(fs.readFileSync(file, 'utf8')).toBe('{"rows": 3}');
    expect(python(script).stdout).toBe('False\n');
  });

  test.each([
    ['{"x": float("nan")}', /cannot be written as JSON/],
    ['{"x": open}', /cannot be written as JSON/],
    ['{"x": "y" * 300_000}', /at most 262,144 fit/],
  ])('refuses %s', (value, message) => {
    const { status, stderr } = python(`from gluewright import write_output\nwrite_output(${value})`);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});

test('manifest_files reads a list or the address of a list', () => {
  const bucket = path.join(folder, 's3/landing');
  fs.mkdirSync(bucket, { recursive: true });
  fs.writeFileSync(path.join(bucket, 'a.csv'), 'x\n1\n');
  const list = JSON.stringify([{ bucket: 'landing', key: 'a.csv', size: 4, etag: 'e' }]);
  fs.writeFileSync(path.join(bucket, 'manifest.json'), list);
  const script = `from gluewright import manifest_files, read_args
for file in manifest_files(read_args().list):
    print(file.address, file.size, file.open().read().split())`;
  const expected = "s3://landing/a.csv 4 ['x', '1']\n";
  expect(python(script, '--list', list).stdout).toBe(expected);
  expect(python(script, '--list', 's3://landing/manifest.json').stdout).toBe(expected);
});

const hasPytest = spawnSync('python3', ['-c', 'import pytest']).status === 0;

test('the pytest fixture runs a script like its task', (context) => {
  if (!hasPytest) context.skip('pytest is not installed');
  fs.writeFileSync(
    path.join(folder, 'count.py'),
    `import os
from gluewright import open_file, read_args, write_output
args = read_args("source")
assert "AWS_PROFILE" not in os.environ
write_output({"rows": len(open_file(args.source).read().split())})
`,
  );
  fs.writeFileSync(
    path.join(folder, 'test_count.py'),
    `def test_counts(gluewright_task):
    gluewright_task.put("s3://landing/a.csv", "x\\n1\\n2\\n")
    assert gluewright_task.run("count.py", source="s3://landing/a.csv").output == {"rows": 3}

def test_fails(gluewright_task):
    result = gluewright_task.run("count.py", check=False, source="s3://landing/none.csv")
    assert result.code == 1 and "FileNotFoundError" in result.stderr and result.output is None
`,
  );
  const env = { PATH: process.env.PATH, PYTHONPATH: pythonFolder, AWS_PROFILE: 'prod' };
  const command = ['-m', 'pytest', '-q', '-p', 'gluewright.testing', '-p', 'no:cacheprovider', 'test_count.py'];
  const { stdout } = spawnSync('python3', command, { cwd: folder, encoding: 'utf8', env });
  expect(stdout).toContain('2 passed');
}, 30_000);
