import type { Owner, Stack } from './work-state.ts';

/** The key, in the stack's bucket, under which an attempt may write its output. */
export function outputAddress(run: string, task: string, attempt: number): string {
  return `outputs/${run}/${task}-${attempt}.json`;
}

/** The address in S3 under which an attempt may write its output. */
export function outputUrl({ run, task, attempt }: Owner, { outputBucket }: Pick<Stack, 'outputBucket'>): string {
  return `s3://${outputBucket}/${outputAddress(run, task, attempt)}`;
}
