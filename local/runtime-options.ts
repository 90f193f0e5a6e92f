import type { Weight } from '../shared/asl/split.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import type { ProjectState } from '../shared/services/project-state.ts';
import type { Log, System } from '../shared/services/system.ts';
import type { Clock } from './clock/clock.ts';
import type { DeliveryFaults } from './events/bus.ts';
import type { CallFaults } from './faults/perform-call.ts';
import type { Simulate } from './glue/simulated-runner.ts';
import type { InvocationFaults } from './lambda/functions.ts';
import type { SimulateData } from './stack/data-services.ts';
import type { Deployable } from './stack/deployment.ts';
import type { SimulateWork } from './work/simulated-worker.ts';

export type RuntimeOptions = Deployable & {
  /** The home folder, or `:memory:`. */
  readonly home: string;
  readonly clock: Clock;
  /** Absent: jobs run as processes. */
  readonly simulate?: Simulate;
  /** The same for work of other kinds. Absent: it is done as the tasks say by `local:`. */
  readonly simulateWork?: SimulateWork;
  /** What simulated crawls and queries do. Default: each takes a minute. */
  readonly simulateData?: SimulateData;
  /** Base of the jobs' scripts and commands. Default: the home. */
  readonly root?: string;
  /** The shell's environment. Jobs get it without its AWS settings. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stack?: string;
  /** Limits of one state machine; smaller than Step Functions' own, to see pipelines split. */
  readonly room?: Weight;
  readonly uuid?: () => string;
  readonly random?: () => number;
  readonly reconcileSeconds?: number;
  /** False: schedules do not run and missed ones are not caught up. Default: true. */
  readonly schedules?: boolean;
  /** How often the buckets' folders are searched for new files. */
  readonly lookMilliseconds?: number;
  /** Sends notifications. Absent: nobody is notified. */
  readonly notify?: NonNullable<System['notify']>;
  readonly log?: Log;
  /** What the API says of the project's files. */
  readonly project?: () => ProjectState;
  /** Injected faults. */
  readonly faults?: Faults;
  /** What stands between the functions and the ledger: a benchmark counts there. */
  readonly meterLedger?: (ledger: Ledger) => Ledger;
  /** Called with every unexpected error. */
  readonly onSurprise?: (error: unknown) => void;
};

/** Injected faults. Each is asked before the call it may break. */
export type Faults = InvocationFaults & {
  readonly deliveries?: DeliveryFaults;
  readonly calls?: CallFaults;
};
