import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commonFields, pipelineFile, retry, runs } from '../../../shared/pipeline/file/schema.ts';
import { readJobs } from '../../../shared/pipeline/jobs/jobs-file.ts';
import { job } from '../../../shared/pipeline/jobs/jobs-schema.ts';
import { readPipeline } from '../../../shared/pipeline/read-pipeline.ts';
import { kinds } from '../../../shared/tasks/kinds.ts';
import { triggerKinds } from '../../../shared/triggers/kinds/kinds.ts';
import { sample } from './sample.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const kindPages = readdirSync(resolve(docs, 'task-kinds')).map((name) => `task-kinds/${name}`);
const page = [
  ...['pipelines', 'triggers', 'expressions', 'jobs', 'pools', 'coming-from'].map((name) => `${name}.md`),
  ...kindPages,
]
  .map((name) => readFileSync(resolve(docs, name), 'utf8'))
  .join('\n');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

test('every example in the docs is read without an error', () => {
  const errors = blocks.flatMap((block) => {
    if (block.startsWith('#')) return [];
    const isJobsFile = /^(?:jobs|crawlers|rulesets|pools):/.test(block);
    const { problems } = isJobsFile ? readJobs(block, 'jobs.yml') : readPipeline(block, 'p.yml');
    return problems.filter(({ severity }) => severity === 'error');
  });
  expect(errors).toEqual([]);
  expect(blocks).toContain(sample);
});

test('every key of a pipeline file is documented', () => {
  const shapes = [
    pipelineFile,
    runs,
    retry,
    commonFields,
    job,
    ...Object.values(triggerKinds).map(({ schema }) => schema),
  ].map(({ shape }) => shape);
  const keys = [...shapes, ...Object.values(kinds).map(({ file }) => file.fields)].flatMap((shape) =>
    Object.keys(shape),
  );
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});
