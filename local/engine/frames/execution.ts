import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Program } from '../definition/program.ts';
import type { ExecutionStatus } from './execution-status-detail.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

/** One execution: its constants, its status, and its active frames. */
export type Execution = {
  /** The store's own number for it. */
  readonly key: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineOfExecution;
  readonly program: Program;
  /** The scope that it runs: 0, or a processor's for a distributed Map's child. */
  readonly rootScope: number;
  readonly startedAt: number;
  /** JSON text, as it was given. */
  readonly input: string;
  readonly inputValue: Json;
  readonly starter: Starter | undefined;
  /** For a distributed Map's child: its position among the items. */
  readonly mapItem: JsonObject | undefined;
  status: ExecutionStatus;
  stoppedAt: number | undefined;
  timeoutAt: number | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  redriveCount: number;
  redrivenAt: number | undefined;
  lastEvent: number;
  nextFrame: number;
  readonly frames: Map<number, Frame>;
};

export type MachineOfExecution = {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly roleArn: string;
  /** Revision of the definition. The execution keeps it even if the machine changes. */
  readonly revision: string;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
};

/** The state that started the execution and waits for its end. */
export type Starter = {
  readonly executionArn: string;
  readonly frame: number;
  /** The try that started it. If the starter waits for another try, it has moved on. */
  readonly token: string;
  readonly how: 'sync' | 'sync:2' | 'map-run';
  /** For a distributed Map: the item's index. */
  readonly index?: number;
  readonly mapRunArn?: string;
};

/** One thread of execution: the machine itself, a branch of a Parallel, or an iteration of a Map. */
export type Frame = {
  readonly id: number;
  readonly parent: number | undefined;
  /** Index of the branch or iteration. */
  readonly index: number;
  readonly scope: number;
  state: string;
  phase: Phase;
  /** Event id and time of the current state's entry. */
  entered: number;
  enteredAt: number;
  /** The event before `entered`. */
  cameFrom: number;
  /** The `previousEventId` of the next event. */
  previous: number;
  /** Tries used by each retrier of the state. */
  retries: readonly number[];
  /** Replaced as a whole, never changed. It is written again only if it is another object. */
  documents: Documents;
};

export type Documents = {
  readonly input: Json;
  /** Variables set in this frame. Those of outer frames are visible through it. */
  readonly variables: JsonObject;
  /** Data of the phase: a task's arguments, a Map's items, an ended branch's output. */
  readonly data?: Json;
};

export type Phase =
  /** Has not entered `state` yet. */
  | { readonly kind: 'entering' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'retrying'; readonly until: number }
  | TaskPhase
  | ChildrenPhase
  | MapRunPhase
  /** The try has ended, and its consequences are being decided. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'ended' };

export type TaskPhase = {
  readonly kind: 'task';
  readonly token: string;
  readonly submitted: boolean;
  readonly timeoutSeconds?: number | undefined;
  readonly heartbeatSeconds?: number | undefined;
  readonly timeoutAt?: number | undefined;
  readonly heartbeatAt?: number | undefined;
  /** For an activity: a worker has taken it. */
  readonly taken?: true;
};

export type ChildrenPhase = {
  readonly kind: 'children';
  readonly total: number;
  /** Number of iterations started. */
  readonly started: number;
  readonly ended: number;
  readonly concurrency: number;
};

export type MapRunPhase = {
  readonly kind: 'map-run';
  readonly token: string;
  readonly mapRunArn: string;
  /** Total number of child executions. Undefined while the items are being read. */
  readonly total?: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly concurrency: number;
  /** Number of failures that the Map tolerates. */
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
};
