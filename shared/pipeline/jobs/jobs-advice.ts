import { isJsonObject, type Json } from '../../json.ts';
import type { Advice, Advised } from '../../reading/advice.ts';
import { wordIn } from '../file/foreign-words.ts';
import { durationAdvice, namedAsKeys } from '../file/pipeline-advice.ts';
import { durationOf } from '../file/written.ts';
import { poolPlaces } from './jobs-schema.ts';
import { crawlerWords, jobsFileWords, jobWords } from './jobs-words.ts';

const types: Readonly<Record<string, string>> = {
  ...{ spark: 'glueetl', etl: 'glueetl', pyspark: 'glueetl', 'glue-etl': 'glueetl', gluestreaming: 'glueetl' },
  ...{ python: 'pythonshell', shell: 'pythonshell', 'python-shell': 'pythonshell' },
};

/** Remedies for common mistakes in `jobs/jobs.yml`. */
export const jobsAdvice: Advice = {
  unknownKey(path, value) {
    const key = String(path.at(-1));
    if (path.length === 3) return wordIn(path[0] === 'crawlers' ? crawlerWords : jobWords, key, value);
    if (path.length > 1) return undefined;
    const isJob = isJsonObject(value) && (Object.hasOwn(value, 'script') || Object.hasOwn(value, 'type'));
    if (isJob) return { remedy: `if \`${key}\` is a job, indent it below \`jobs:\`` };
    return wordIn(jobsFileWords, key, value);
  },
  badName(path) {
    const name = String(path.at(-1));
    if (path.at(-2) !== 'env' || !name.startsWith('AWS_')) return undefined;
    const message = `\`${name}\` cannot be set: a local job always gets the local endpoint, with dummy credentials`;
    return { message, remedy: 'remove it' };
  },
  wrongValue(path, value) {
    const key = String(path.at(-1));
    if (path.length === 0) return value === null ? emptyFile : undefined;
    if (path.length === 1) return namedAsKeys(key, value);
    if (path.length === 2 && path[0] === 'pools') return poolOfSlots(key, value);
    const remedy = path.length === 3 ? remedyAt(path[0] === 'crawlers', key, value) : undefined;
    return remedy === undefined ? undefined : { remedy };
  },
};

const emptyFile: Advised = {
  message: 'the file is empty',
  remedy: 'begin with `jobs:`, and below it `NAME: { script: jobs/NAME.py, type: pythonshell }`; or remove the file',
};

/** Other tools say `slots` or `limit`. */
function poolOfSlots(name: string, value: Json): Advised | undefined {
  const places = isJsonObject(value)
    ? Object.values(value).find((each) => poolPlaces.safeParse(each).success)
    : undefined;
  return places === undefined ? undefined : { remedy: `write \`${name}: ${places}\`` };
}

function remedyAt(ofCrawler: boolean, key: string, value: Json): string | undefined {
  if (!ofCrawler) return jobRemedy(key, value);
  if (typeof value !== 'string') return undefined;
  if (key === 'path' && /^[a-z0-9][\w.-]+\//.test(value)) return `write \`path: s3://${value}\``;
  const plain = value.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');
  return key === 'database' || key === 'tablePrefix' ? `write \`${key}: ${plain}\`` : undefined;
}

function jobRemedy(key: string, value: Json): string | undefined {
  if (key === 'workers' && typeof value === 'number') return `write \`workers: { type: G.1X, count: ${value} }\``;
  if (key === 'type' && typeof value === 'string' && Object.hasOwn(types, value.toLowerCase())) {
    return `write \`type: ${types[value.toLowerCase()]}\``;
  }
  if (key === 'timeout' && typeof value === 'number') return `write \`timeout: ${durationOf(value, 60)}\``;
  if (key === 'timeout') return durationAdvice(key, value)?.remedy;
  if (key === 'glueVersion' && typeof value === 'number') {
    return `write \`glueVersion: "${Number.isInteger(value) ? value.toFixed(1) : value}"\``;
  }
  return undefined;
}
