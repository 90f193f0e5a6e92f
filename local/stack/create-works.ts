import { counterparts } from '../work/counterparts.ts';
import { createLocalWorker, type LocalWorkerOptions } from '../work/local-worker.ts';
import { createSimulatedWorker, type SimulateWork } from '../work/simulated-worker.ts';
import { type AllWorks, createWorks, type WorksOptions } from '../work/works.ts';

export type TaskWorksOptions = Pick<WorksOptions, 'database' | 'clock' | 'uuid' | 'emit'> &
  Omit<LocalWorkerOptions, 'counterparts'> & { readonly simulateWork: SimulateWork | undefined };

/** Work of all kinds except Glue jobs: simulated if a behaviour is given, otherwise done as the tasks say. */
export function createTaskWorks({ simulateWork, ...options }: TaskWorksOptions): AllWorks {
  const { clock } = options;
  const worker =
    simulateWork === undefined
      ? createLocalWorker({ ...options, counterparts })
      : createSimulatedWorker(clock, simulateWork);
  return createWorks({ ...options, worker, counterparts });
}
