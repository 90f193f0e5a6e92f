import { isJsonObject, type Json } from '../../json.ts';
import type { Advised } from '../../reading/advice.ts';
import { ofTheKey, say, timeout, type Words } from '../file/foreign-words.ts';

/** In `jobs/jobs.yml`. */
export const jobWords: Words = {
  maxretries: say('write `retry` on the task instead: Glue’s own retries are always off'),
  retries: say('write `retry` on the task instead: Glue’s own retries are always off'),
  ...{
    scriptlocation: say('write `script`, such as jobs/extract.py'),
    command: say('write `script`, such as jobs/extract.py'),
  },
  ...{ numberofworkers: say('write `workers: { type: G.1X, count: 2 }`') },
  ...{ workertype: say('write `workers: { type: G.1X, count: 2 }`') },
  ...{ defaultarguments: say('write `args:`, without `--`'), arguments: say('write `args:`, without `--`') },
  ...{ timeoutminutes: timeout, name: ofTheKey },
};

const ofPipelines = say('it belongs to a pipeline file in statemachines/');
const paths = (value: Json): Advised => {
  const [first]: readonly Json[] =
    isJsonObject(value) && Array.isArray(value.S3Targets) ? value.S3Targets : Array.isArray(value) ? value : [];
  const path = isJsonObject(first) && typeof first.Path === 'string' ? first.Path : 's3://BUCKET/FOLDER/';
  return { remedy: `write \`path: ${path}\`` };
};

/** Of a crawler in `jobs/jobs.yml`. */
export const crawlerWords: Words = {
  ...{ targets: paths, s3targets: paths, paths: say('write `path:`, one folder or a list of them') },
  schedule: say('remove it: a task of a pipeline, `{ crawler: NAME }`, starts the crawler'),
  ...{ role: say('remove it: the stack makes a role'), name: ofTheKey },
  ...{ exclusions: say('write `exclude:`'), prefix: say('write `tablePrefix:`') },
};

/** At the top of `jobs/jobs.yml`. */
export const jobsFileWords: Words = {
  ...{ tasks: ofPipelines, triggers: ofPipelines, params: ofPipelines, runs: ofPipelines, pipeline: ofPipelines },
};
