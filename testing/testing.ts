/** `gluewright/testing`: tests of pipelines on a virtual clock, with injected faults. */
export { readPipeline, readPipelineValue } from '../shared/pipeline/read-pipeline.ts';
export { expectRun, type RunExpectation } from './expect-run.ts';
export { everyFault, type FaultSettings } from './fault-dial.ts';
export type { JobBehaviour, JobBehaviours, JobEnd, SimulatedJob } from './job-behaviour.ts';
export { NotSimulated } from './not-simulated.ts';
export { NeverEnded, type SimulateOptions, type Simulation, simulate } from './simulate.ts';
export type { SimulatedJobRun, SimulatedRun, SimulatedTask } from './simulated-run.ts';
export {
  type HistoryLine,
  type Notification,
  openSimulator,
  type Simulator,
  type SimulatorOptions,
} from './simulator.ts';
