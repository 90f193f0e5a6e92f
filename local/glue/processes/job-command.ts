import path from 'node:path';
import type { RunnableJobRun } from '../job-runner.ts';

/**
 * The command line of a job run at home: the job's own command or python3, its script, and Glue's arguments.
 * Values that begin with `s3://BUCKET/` become paths in the local bucket's folder, so that a script needs no boto3.
 *
 * @returns undefined when there is nothing to run
 */
export function jobCommand(
  run: RunnableJobRun,
  places: { readonly root: string; readonly buckets: string },
): readonly string[] | undefined {
  const { job } = run;
  const script = job.script === undefined ? [] : [path.resolve(places.root, job.script)];
  const command = [...(job.home?.command ?? (script.length === 0 ? [] : ['python3', '-u'])), ...script];
  if (command.length === 0) return undefined;
  const own = Object.entries(run.arguments).flatMap(([name, value]) => [name, localPath(value, places.buckets)]);
  return [...command, '--JOB_NAME', job.name, '--JOB_RUN_ID', run.id, ...own];
}

/** `s3://BUCKET/KEY` as a path below the buckets' folder; what is none, or would lead out of it, as it is. */
export function localPath(value: string, buckets: string): string {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(value) ?? [];
  if (bucket === undefined || [bucket, ...key.split('/')].some((part) => part === '..' || part === '.')) return value;
  const joined = path.join(buckets, bucket, key);
  return key === '' && !joined.endsWith(path.sep) ? `${joined}${path.sep}` : joined;
}
