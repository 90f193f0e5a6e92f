import type { Clock } from '../clock/clock.ts';
import type { JobRunner } from '../glue/job-runner.ts';
import type { Endpoint } from '../glue/processes/job-environment.ts';
import { createProcessRunner } from '../glue/processes/process-runner.ts';
import { createSimulatedRunner, type Simulate } from '../glue/simulated-runner.ts';
import { bucketsIn } from '../home/storage-root.ts';
import { putJson } from '../s3/put-json.ts';
import type { S3 } from '../s3/s3.ts';

export type RunnerOptions = {
  readonly clock: Clock;
  readonly s3: S3;
  readonly home: string | undefined;
  readonly simulate: Simulate | undefined;
  readonly root: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where jobs that are processes find the services. */
  readonly endpoint: () => Endpoint;
};

/** Simulates jobs if a behaviour is given. Otherwise jobs are processes, which need a home. */
export function createRunner({ clock, s3, home, simulate, root, env, endpoint }: RunnerOptions): JobRunner {
  if (simulate !== undefined) {
    return createSimulatedRunner({ clock, simulate, write: (address, output) => putJson(s3, address, output) });
  }
  if (home === undefined) throw new Error('Jobs that run as processes need a home: pass `home`, or `simulate`');
  return createProcessRunner({ home, root: root ?? home, buckets: bucketsIn(home), clock, env, endpoint });
}
