import type { Json } from '../../json.ts';
import type { Advice } from '../../reading/advice.ts';
import { durationOf, jobWords, wordIn } from '../file/foreign-words.ts';
import { namedAsKeys } from '../file/pipeline-advice.ts';

const types: Readonly<Record<string, string>> = {
  ...{ spark: 'glueetl', etl: 'glueetl', pyspark: 'glueetl', 'glue-etl': 'glueetl', gluestreaming: 'glueetl' },
  ...{ python: 'pythonshell', shell: 'pythonshell', 'python-shell': 'pythonshell' },
};

/** Remedies for common mistakes in `jobs/jobs.yml`. */
export const jobsAdvice: Advice = {
  unknownKey: (path, value) => (path.length === 3 ? wordIn(jobWords, String(path.at(-1)), value) : undefined),
  wrongValue(path, value) {
    const key = String(path.at(-1));
    if (path.length === 1) return namedAsKeys(key, value);
    const remedy = path.length === 3 ? jobRemedy(key, value) : undefined;
    return remedy === undefined ? undefined : { remedy };
  },
};

function jobRemedy(key: string, value: Json): string | undefined {
  if (key === 'workers' && typeof value === 'number') return `write \`workers: { type: G.1X, count: ${value} }\``;
  if (key === 'type' && typeof value === 'string' && Object.hasOwn(types, value.toLowerCase())) {
    return `write \`type: ${types[value.toLowerCase()]}\``;
  }
  if (key === 'timeout' && typeof value === 'number') return `write \`timeout: ${durationOf(value, 60)}\``;
  if (key === 'glueVersion' && typeof value === 'number') {
    return `write \`glueVersion: "${Number.isInteger(value) ? value.toFixed(1) : value}"\``;
  }
  return undefined;
}
