import path from 'node:path';
import type { RunnableJobRun } from '../job-runner.ts';
import { findGluePython } from './glue-python.ts';

/**
 * The command line of a local job run: the job's own command or Python, its script, and Glue's arguments.
 *
 * @returns undefined if there is nothing to run
 */
export function jobCommand(
  run: RunnableJobRun,
  places: { readonly root: string; readonly buckets: string; readonly env: Readonly<Record<string, string>> },
): readonly string[] | undefined {
  const { job } = run;
  const script = job.script === undefined ? [] : [path.resolve(places.root, job.script)];
  const command = [...(job.local?.command ?? (script.length === 0 ? [] : pythonOf(run, places.env))), ...script];
  if (command.length === 0) return undefined;
  const translate = (value: string) => (job.local?.paths === true ? localPath(value, places.buckets) : value);
  const own = Object.entries(run.arguments).flatMap(([name, value]) => [name, translate(value)]);
  return [...command, '--JOB_NAME', job.name, '--JOB_RUN_ID', run.id, ...own];
}

/** A container has Spark's own launcher. On the host, a Spark job uses the Python of its Glue version, if installed. */
function pythonOf({ job }: RunnableJobRun, env: Readonly<Record<string, string>>): readonly string[] {
  if (job.local?.image !== undefined) return job.type === 'glueetl' ? ['spark-submit'] : ['python3', '-u'];
  const own = job.type === 'glueetl' ? findGluePython(job.glueVersion, env) : undefined;
  return [own ?? 'python3', '-u'];
}

/**
 * Maps `s3://BUCKET/KEY` to a path below the buckets' folder. Leaves other text, and paths that would leave it,
 * unchanged.
 */
export function localPath(value: string, buckets: string): string {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(value) ?? [];
  if (bucket === undefined || [bucket, ...key.split('/')].some((part) => part === '..' || part === '.')) return value;
  const joined = path.join(buckets, bucket, key);
  return key === '' && !joined.endsWith(path.sep) ? `${joined}${path.sep}` : joined;
}
