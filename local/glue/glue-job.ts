import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

/** Names of arguments with the `--` that Glue wants. */
export function dashed(args: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name.startsWith('--') ? name : `--${name}`, value]),
  );
}

/** Glue's own defaults: 480 minutes from version 5 on, 2,880 before, and for Python shell. */
export function timeoutOf(job: Job): number {
  if (job.timeoutMinutes !== undefined) return job.timeoutMinutes;
  return job.type === 'glueetl' && Number(job.glueVersion ?? 5.1) >= 5 ? 480 : 2_880;
}

const unitsByWorker: Readonly<Record<string, number>> = {
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
  'G.12X': 12,
  'G.16X': 16,
  'R.1X': 1,
  'R.2X': 2,
  'R.4X': 4,
  'R.8X': 8,
};

/** How many DPUs a run of the job takes. A Python shell job without a figure takes a sixteenth. */
export function dpusOf(job: Job): number {
  if (job.workers !== undefined) return (unitsByWorker[job.workers.type] ?? 1) * job.workers.count;
  return job.maxCapacity ?? (job.type === 'pythonshell' ? 0.0625 : 10);
}
