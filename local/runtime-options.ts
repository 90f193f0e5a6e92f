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
  /** The same for other kinds of work. Absent: the tasks' `local:` settings apply. */
  readonly simulateWork?: SimulateWork;
  /** What simulated crawls and queries do. By default each takes a minute. */
  readonly simulateData?: SimulateData;
  /** Base of the jobs' scripts and commands. Default: the home. */
  readonly root?: string;
  /** The shell's environment. Programs that do work get it without the AWS settings. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stack?: string;
  /** Limits of one state machine. Tests use small ones to force a split. */
  readonly room?: Weight;
  readonly uuid?: () => string;
  readonly random?: () => number;
  readonly reconcileSeconds?: number;
  /** False: schedules do not run, and missed times are not caught up on. Default: true. */
  readonly schedules?: boolean;
  /** Interval between searches of the bucket folders for new files. */
  readonly lookMilliseconds?: number;
  /** Replaces the requests of sensors to addresses. */
  readonly visit?: System['visit'];
  /** Sends notifications. Absent: nobody is notified. */
  readonly notify?: NonNullable<System['notify']>;
  readonly log?: Log;
  /** The state of the project's files, for the API. */
  readonly project?: () => ProjectState;
  /** Injected faults. */
  readonly faults?: Faults;
  /** Wraps the ledger, to count calls or to observe writes. */
  readonly wrapLedger?: (ledger: Ledger) => Ledger;
  /** Called with every unexpected error. */
  readonly onSurprise?: (error: unknown) => void;
};

/** Injected faults. Each function is asked before the call that it may break. */
export type Faults = InvocationFaults & {
  readonly deliveries?: DeliveryFaults;
  readonly calls?: CallFaults;
};
