import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { createProject } from '../project-folder.ts';
import { createTestTerminal } from '../test-terminal.ts';

/** A Python that only records its arguments. Its Spark fetches two jars, one of which it already has. */
const fake = (version: string, pip: string) => `#!/bin/sh
if [ -n "$PYSPARK_SUBMIT_ARGS" ]; then
  echo "$PYSPARK_SUBMIT_ARGS" >> "$CALLS"
  test -z "$OFFLINE" || { echo "java.lang.RuntimeException: unresolved" >&2; exit 1; }
  ivy=$(echo "$PYSPARK_SUBMIT_ARGS" | sed 's/.*spark.jars.ivy=\\([^"]*\\)".*/\\1/')
  own="$(dirname "$0")/own" && mkdir -p "$own" "$ivy/jars"
  touch "$own/xz-1.10.jar" "$ivy/jars/org.tukaani_xz-1.9.jar" "$ivy/jars/io.delta_delta-spark_2.12-3.3.2.jar"
  echo "$own"
  exit
fi
echo "$@" >> "$CALLS"
case "$1 $2" in
  "-c "*) echo ${version} ;;
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip") ${pip} ;;
esac
`;

function prepare(version: string, pip = 'true') {
  const root = createProject({});
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const name of [`python${version}`, 'java']) {
    writeFileSync(join(bin, name), fake(version, pip));
    chmodSync(join(bin, name), 0o755);
  }
  const pythons = join(root, 'pythons');
  const calls = join(root, 'calls');
  const more: Record<string, string> = {};
  async function gluePython(...args: string[]) {
    const env = {
      ...more,
      PATH: `${bin}:/usr/bin:/bin`,
      GLUEWRIGHT_PYTHONS: pythons,
      CALLS: calls,
      PYENV_ROOT: join(root, '.pyenv'),
    };
    const terminal = { ...createTestTerminal(root), env };
    const code = await runCli(['glue-python', ...args], terminal);
    return { code, out: terminal.stdout(), err: terminal.stderr() };
  }
  return { bin, pythons, more, calls: () => readFileSync(calls, 'utf8'), gluePython };
}

test.each([
  ['5.1', '3.11', 'pyspark==3.5.6'],
  ['6.0', '3.13', 'pyspark==4.1.1'],
])('the environment of Glue %s is made once, of Python %s with %s', async (glue, python, pyspark) => {
  const { pythons, calls, gluePython } = prepare(python);
  const made = await gluePython('--glue-version', glue);
  expect(made.code).toBe(0);
  expect(made.out).toContain(join(pythons, `glue-${glue}`, 'bin/python'));
  expect(calls()).toContain(`-m pip install --quiet --disable-pip-version-check ${pyspark} boto3 numpy pandas`);
  const before = calls();
  expect((await gluePython('--glue-version', glue)).code).toBe(0);
  expect(calls()).toBe(before);
  expect((await gluePython('--glue-version', glue, '--add', 'xlrd==2.0.1, pyyaml')).code).toBe(0);
  expect(calls()).toBe(`${before}-m pip install --quiet --disable-pip-version-check xlrd==2.0.1 pyyaml\n`);
});

test('the command fetches the jars of formats once, and drops jars that Spark already has', async () => {
  const { pythons, calls, gluePython } = prepare('3.11');
  const made = await gluePython('--formats', 'delta,avro');
  expect(made.code, made.err).toBe(0);
  expect(made.out).toContain('fetching the jars of delta');
  expect(calls()).toContain('--packages io.delta:delta-spark_2.12:3.3.2 --conf');
  expect(calls()).toContain('--no-deps delta-spark==3.3.2');
  const jars = join(pythons, 'glue-5.1/jars');
  expect(readdirSync(jars).sort()).toEqual(['avro', 'delta']);
  expect(readdirSync(join(jars, 'delta'))).toEqual(['io.delta_delta-spark_2.12-3.3.2.jar']);
  const before = calls();
  const again = await gluePython('--formats', 'delta', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ made: false, formats: ['delta'] });
  expect(calls()).toBe(before);
});

test('the command fetches a format again after an interruption', async () => {
  const { pythons, gluePython } = prepare('3.11');
  const left = join(pythons, 'glue-5.1/jars/delta.ivy/jars');
  expect((await gluePython('--formats', 'avro')).code).toBe(0);
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'io.delta_delta-storage-3.3.2.jar'), 'half');
  expect((await gluePython('--formats', 'delta')).code).toBe(0);
  expect(readdirSync(join(pythons, 'glue-5.1/jars')).sort()).toEqual(['avro', 'delta']);
  expect(readdirSync(join(pythons, 'glue-5.1/jars/delta'))).toEqual(['io.delta_delta-spark_2.12-3.3.2.jar']);
});

test('offline, a missing format is an error only if the command names it', async () => {
  const { more, gluePython } = prepare('3.11');
  more.OFFLINE = 'yes';
  const made = await gluePython();
  expect(made.code).toBe(0);
  expect(made.err).toContain('jobs cannot use iceberg: cannot fetch org.apache.iceberg:iceberg-spark-runtime-3.5');
  expect(made.err).toContain('DEFAULT_ARTIFACT_REPOSITORY');
  const named = await gluePython('--formats', 'avro');
  expect(named.code).toBe(4);
  expect(named.err).toContain('cannot fetch org.apache.spark:spark-avro_2.12:3.5.6: java.lang.RuntimeException');
});

test('the command refuses a format that the Glue version does not have', async () => {
  const { code, err } = await prepare('3.13').gluePython('--glue-version', '6.0', '--formats', 'hudi');
  expect(code).toBe(2);
  expect(err).toContain('--formats takes avro, iceberg, delta with Glue 6.0, not hudi');
});

test('a Python of pyenv is found, too', async () => {
  const { bin, calls, gluePython } = prepare('3.11');
  const pyenv = join(bin, '../.pyenv');
  mkdirSync(join(pyenv, 'versions/3.13.2/bin'), { recursive: true });
  writeFileSync(join(pyenv, 'versions/3.13.2/bin/python'), fake('3.13', 'true'));
  chmodSync(join(pyenv, 'versions/3.13.2/bin/python'), 0o755);
  const { code } = await gluePython('--glue-version', '6.0');
  expect(code).toBe(0);
  expect(calls()).toContain('pyspark==4.1.1');
});

test('a Python that is missing is named', async () => {
  const { bin, gluePython } = prepare('3.11');
  for (const name of ['python3.11', 'python3', 'python']) {
    writeFileSync(join(bin, name), fake('3.8', 'true'));
    chmodSync(join(bin, name), 0o755);
  }
  const { code, err } = await gluePython();
  expect(code).toBe(4);
  expect(err).toContain('python3.11 is neither on PATH nor in pyenv');
});

test('what pip says of its failure is shown, and what it left is not used', async () => {
  const { pythons, gluePython } = prepare('3.11', 'echo "no such package" >&2; exit 1');
  const first = await gluePython();
  expect(first.code).toBe(4);
  expect(first.err).toContain('no such package');
  expect(existsSync(join(pythons, 'glue-5.1/gluewright-ready'))).toBe(false);
  expect((await gluePython()).code).toBe(4);
});

test('another version is refused', async () => {
  const { code, err } = await prepare('3.11').gluePython('--glue-version', '4.0');
  expect(code).toBe(2);
  expect(err).toContain('--glue-version takes 5.1 or 6.0, not 4.0');
});
