import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GetJobRunCommand,
  StartJobRunCommand,
  type TableInput,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { findGluePython, gluePythons } from '../../local/glue/processes/glue-python.ts';
import { jarFolder } from '../../local/glue/processes/spark-formats.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import { present } from '../../shared/json.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';
import { formats, landing, outputs, tables } from './glue-scripts/expected.ts';

/**
 * Our own scripts in the styles of public Glue scripts, on every Glue version whose Python is installed. A script
 * prints what it read and made.
 */
const scripts = path.join(import.meta.dirname, 'glue-scripts');

describe.each(Object.keys(gluePythons))('Glue %s', (glueVersion) => {
  const python = findGluePython(glueVersion, process.env);
  const made = python !== undefined;
  const has = (name: string): boolean => {
    const format = formats[name]?.format;
    return made && (format === undefined || fs.existsSync(jarFolder(python, format)));
  };
  const home = fs.mkdtempSync(path.join(tmpdir(), 'scripts-'));
  let runtime: Runtime;

  beforeAll(async () => {
    if (!made) return;
    for (const [key, text] of Object.entries(landing)) {
      const file = path.join(home, '.gluewright/s3/landing', key);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    fs.mkdirSync(path.join(home, '.gluewright/s3/scratch-bucket'));
    const job = { type: 'glueetl', glueVersion, maxConcurrentRuns: 1 } as const;
    const jobs = Object.keys(outputs).map((name): [string, Job] => {
      const { format, conf } = formats[name] ?? {};
      const args = { bucket: 'scratch-bucket', ...present({ conf, 'datalake-formats': format }) };
      return [name, { ...job, name, args, script: `${name}.py` }];
    });
    runtime = await openRuntime({
      home: path.join(home, '.gluewright'),
      root: scripts,
      clock: createRealClock(),
      pipelines: [],
      jobs: Object.fromEntries(jobs),
    });
    await runtime.clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'shop' } }));
    for (const table of tables) await create(table);
  });
  beforeEach((context) => {
    if (!made) context.skip(`npx gluewright glue-python --glue-version ${glueVersion} makes the Python that it needs`);
  });
  afterAll(async () => {
    if (made) await runtime.close();
    fs.rmSync(home, { recursive: true });
  });

  async function create(table: TableInput): Promise<void> {
    await runtime.clients.glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: table }));
  }

  async function run(
    name: string,
  ): Promise<{ readonly state: string; readonly output: string; readonly error: string }> {
    const { glue } = runtime.clients;
    const { JobRunId = '' } = await glue.send(new StartJobRunCommand({ JobName: name }));
    const stateOf = async () =>
      (await glue.send(new GetJobRunCommand({ JobName: name, RunId: JobRunId }))).JobRun?.JobRunState ?? '';
    await expect.poll(stateOf, { timeout: 280_000, interval: 200 }).toMatch(/SUCCEEDED|FAILED/);
    const folder = runtime.runFolder(JobRunId);
    const read = (file: string | undefined) => fs.readFileSync(file ?? '', 'utf8');
    return { state: await stateOf(), output: read(folder?.output), error: read(folder?.error) };
  }

  test.for(Object.entries(outputs))(
    '%s.py makes the right data',
    { timeout: 300_000 },
    async ([name, expected], context) => {
      if (!has(name)) context.skip(`the jars of ${formats[name]?.format} are missing: npx gluewright glue-python`);
      const { state, output, error } = await run(name);
      expect(state, error.slice(-3_000)).toBe('SUCCEEDED');
      const lines = output
        .trimEnd()
        .split('\n')
        .filter((line) => !/^\d{4}-\d\d-\d\d .* INFO /.test(line) && !/^(# )?WARNING: /.test(line));
      expect(lines).toEqual(expected);
    },
  );

  test('leaves only Glue’s files in the buckets', () => {
    const files = fs.readdirSync(path.join(home, '.gluewright/s3'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.crc'))).toEqual([]);
  });
});
