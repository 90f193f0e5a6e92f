import { expect, test } from 'vitest';
import { jobOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { stackTemplate } from '../../../../shared/deploy/stack.ts';
import type { Job } from '../../../../shared/pipeline/jobs/jobs-file.ts';
import { checkTemplate } from '../check-template.ts';
import { fromServerless, jobs, places, project } from '../example.ts';

const load: Job = {
  name: 'load',
  script: 'load.py',
  type: 'glueetl',
  args: { mode: 'fast' },
  maxConcurrentRuns: 1,
  connections: ['warehouse'],
  role: 'arn:aws:iam::111122223333:role/load',
  securityConfiguration: 'encrypted',
  executionClass: 'FLEX',
  queuing: true,
  tags: { team: 'data' },
  files: ['lib/orders.py', 'lib/zones.py', 'driver.jar', 'rules.whl'],
  properties: { NotificationProperty: { NotifyDelayAfter: 60 } },
};

test('a job has everything in jobs.yml: connections, role, encryption, class, queuing, tags, properties', () => {
  const stack = stackTemplate({ ...project(), jobs: [...jobs, load] }, places);
  expect(checkTemplate(stack, fromServerless)).toEqual([]);
  expect(stack.Resources.JobLoad?.Properties).toMatchObject({
    Connections: { Connections: ['warehouse'] },
    Role: 'arn:aws:iam::111122223333:role/load',
    SecurityConfiguration: 'encrypted',
    ExecutionClass: 'FLEX',
    JobRunQueuingEnabled: true,
    Tags: { team: 'data' },
    NotificationProperty: { NotifyDelayAfter: 60 },
    MaxRetries: 0,
  });
});

test('every address in an argument gets the real name of its bucket', () => {
  const args = {
    several: 's3://landing/a.csv,s3://landing/b.csv',
    conf: 'spark.x=1 --conf spark.sql.catalog.glue_catalog.warehouse=s3a://landing/wh',
    bare: 's3://landing',
    other: 's3://landing-zone/x',
    separated: 's3://landing;s3://landing|[s3://landing]',
    word: 'landing, as3://landing/x',
  };
  const settings = { ...project().settings, buckets: { landing: { name: 'acme-landing', create: false } } };
  const renamed = jobOnAws({ ...load, args }, settings).args;
  expect(renamed).toEqual({
    several: 's3://acme-landing/a.csv,s3://acme-landing/b.csv',
    conf: 'spark.x=1 --conf spark.sql.catalog.glue_catalog.warehouse=s3a://acme-landing/wh',
    bare: 's3://acme-landing',
    other: 's3://landing-zone/x',
    separated: 's3://acme-landing;s3://acme-landing|[s3://acme-landing]',
    word: 'landing, as3://landing/x',
  });
});

test('files of a job are uploaded, and passed by the argument for their type', () => {
  const asked: string[] = [];
  const scriptOf: typeof places.scriptOf = (file) => {
    asked.push(file);
    return { bucket: 'deployment', key: `stage/jobs/0123/${file}` };
  };
  const stack = stackTemplate({ ...project(), jobs: [load] }, { ...places, scriptOf });
  expect(asked).toEqual(['load.py', ...(load.files ?? [])]);
  const given = stack.Resources.JobLoad?.Properties.DefaultArguments;
  const address = (file: string) => ({ 'Fn::Join': ['', ['s3://', 'deployment', `/stage/jobs/0123/${file}`]] });
  expect(given).toEqual({
    '--extra-py-files': { 'Fn::Join': [',', [address('lib/orders.py'), address('lib/zones.py')]] },
    '--extra-jars': { 'Fn::Join': [',', [address('driver.jar')]] },
    '--additional-python-modules': { 'Fn::Join': [',', [address('rules.whl')]] },
    '--mode': 'fast',
  });
});
