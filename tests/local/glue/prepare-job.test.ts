import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepareJob } from '../../../local/glue/processes/prepare-job.ts';
import { pythonFolder, startupFolder } from '../../../local/glue/processes/python-folder.ts';
import type { Job } from '../../../shared/pipeline/jobs/jobs-file.ts';

const home = fs.mkdtempSync(path.join(tmpdir(), 'prepare-'));
afterAll(() => fs.rmSync(home, { recursive: true }));

function prepare(job: Partial<Job>, args: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const whole: Job = {
    name: 'load',
    type: 'pythonshell',
    script: 'jobs/load.py',
    args: {},
    maxConcurrentRuns: 1,
    ...job,
  };
  const run = { id: 'jr_1', job: whole, arguments: args, ordinal: 1, launchedOn: 0 };
  const endpoint = () => ({ url: 'http://127.0.0.1:9', key: 'LOCAL' });
  const places = { home, root: '/project', buckets: '/home/s3', env: { PYTHONPATH: '/mine' }, endpoint };
  const prepared = prepareJob(run, home, places);
  if (prepared === undefined) throw new Error('nothing to run');
  return prepared.env;
}

test('a job’s own modules and archives are on its search path', () => {
  const env = prepare(
    { files: ['jobs/lib/orders.py', 'lib.whl'] },
    { '--extra-py-files': 's3://code/more/all.zip, jobs/lib/prices.py,driver.jar' },
  );
  const places = [pythonFolder, '/project/jobs/lib', '/project/lib.whl', '/home/s3/code/more/all.zip', '/mine'];
  expect(env.PYTHONPATH?.split(':')).toEqual(places);
});

test('a Spark job gets our settings, then its own, and a hook for the start of Python', () => {
  const conf = 'spark.sql.shuffle.partitions=7 --conf spark.master=yarn --conf spark.sql.ansi.enabled = false';
  const env = prepare({ type: 'glueetl' }, { '--conf': conf, '--source': 's3://landing/orders/' });
  expect(env.PYTHONPATH?.split(':')[0]).toBe(startupFolder);
  const lines = fs
    .readFileSync(path.join(env.SPARK_CONF_DIR ?? '', 'spark-defaults.conf'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.slice(-2)).toEqual(['spark.sql.shuffle.partitions 7', 'spark.sql.ansi.enabled false']);
  expect(lines).toContain('spark.hadoop.fs.viewfs.mounttable.landing.linkFallback folder:///home/s3/landing');
  expect(lines.filter((line) => line.startsWith('spark.master'))).toEqual(['spark.master local[2]']);
});
