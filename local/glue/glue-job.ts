import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

/** Argument names keep the `--` that Glue expects. */
export function dashed(args: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name.startsWith('--') ? name : `--${name}`, value]),
  );
}

/** Glue's defaults in minutes: 480 from version 5 on, and 2,880 for earlier versions and Python shell. */
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

/** The DPUs of one run. A Python shell job takes a sixteenth by default. */
export function dpusOf(job: Job): number {
  if (job.workers !== undefined) return (unitsByWorker[job.workers.type] ?? 1) * job.workers.count;
  return job.maxCapacity ?? (job.type === 'pythonshell' ? 0.0625 : 10);
}
