import { devNull } from 'node:os';
import { type Endpoint, type Environment, jobEnvironment } from '../glue/processes/job-environment.ts';
import { bucketsIn } from '../home/storage-root.ts';
import { putJson } from '../s3/put-json.ts';
import type { S3 } from '../s3/s3.ts';
import { counterparts } from '../work/counterparts.ts';
import { createLocalWorker, type LocalWorkerOptions } from '../work/local-worker.ts';
import { createSimulatedWorker, type SimulateWork } from '../work/simulated-worker.ts';
import { type AllWorks, createWorks, type WorksOptions } from '../work/works.ts';

export type TaskWorksOptions = Pick<WorksOptions, 'database' | 'clock' | 'uuid' | 'emit'> &
  Omit<LocalWorkerOptions, 'counterparts' | 'env'> & {
    readonly s3: S3;
    readonly simulateWork: SimulateWork | undefined;
    readonly home: string | undefined;
    /** The shell's environment. */
    readonly env: Environment;
    /** The address at which programs reach the services. */
    readonly endpoint: () => Endpoint;
  };

/** Work of all kinds except Glue jobs: simulated if a behaviour is given, otherwise done as the tasks say. */
export function createTaskWorks(options: TaskWorksOptions): AllWorks {
  const { simulateWork, clock, home, env: shell, endpoint, s3 } = options;
  const buckets = home === undefined ? '' : bucketsIn(home);
  const env = () => jobEnvironment({ shell, own: {}, endpoint: endpoint(), emptyFile: devNull, buckets, python: [] });
  const worker =
    simulateWork === undefined
      ? createLocalWorker({ ...options, env, counterparts })
      : createSimulatedWorker(clock, simulateWork);
  return createWorks({ ...options, worker, counterparts, write: (address, output) => putJson(s3, address, output) });
}
