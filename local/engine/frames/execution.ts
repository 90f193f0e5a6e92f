import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Program } from '../definition/program.ts';
import type { ExecutionStatus } from './execution-status-detail.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

/** One execution: what does not change of it, its status, and the frames that are under way. */
export type Execution = {
  /** The store's own number for it. */
  readonly key: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineOfExecution;
  readonly program: Program;
  /** 0; of a distributed Map's child, that of the processor. */
  readonly rootScope: number;
  readonly startedAt: number;
  /** JSON text, as it was given. */
  readonly input: string;
  readonly inputValue: Json;
  readonly starter: Starter | undefined;
  /** Of a distributed Map's child: where it stands among the items. */
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
  /** Of the definition that the execution keeps, whatever becomes of the machine. */
  readonly revision: string;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
};

/** Whom an execution's end is told: the state that started it and waits for it. */
export type Starter = {
  readonly executionArn: string;
  readonly frame: number;
  /** Of the try that started it: the starter has gone on when it waits for another. */
  readonly token: string;
  readonly how: 'sync' | 'sync:2' | 'map-run';
  /** Of a distributed Map: the item's number. */
  readonly index?: number;
  readonly mapRunArn?: string;
};

/** One line of control: the machine itself, a branch of a Parallel, an iteration of a Map. */
export type Frame = {
  readonly id: number;
  readonly parent: number | undefined;
  /** Of the branch or iteration. */
  readonly index: number;
  readonly scope: number;
  state: string;
  phase: Phase;
  /** Event id and time of the current state's entry. */
  entered: number;
  enteredAt: number;
  /** The event before `entered`. */
  cameFrom: number;
  /** The id that the next event has as its `previousEventId`. */
  previous: number;
  /** Tries used up, for each retrier of the state. */
  retries: readonly number[];
  /** Replaced as a whole, never changed: it is written again only when it is another object. */
  documents: Documents;
};

export type Documents = {
  readonly input: Json;
  /** Set in this frame; those of outer frames are seen through it. */
  readonly variables: JsonObject;
  /** What the phase needs: a task's arguments, a Map's items, an ended branch's output. */
  readonly data?: Json;
};

export type Phase =
  /** Not yet in `state`. */
  | { readonly kind: 'entering' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'retrying'; readonly until: number }
  | TaskPhase
  | ChildrenPhase
  | MapRunPhase
  /** The try is over, and what becomes of it is being decided. */
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
  /** Of an activity: a worker has it. */
  readonly taken?: true;
};

export type ChildrenPhase = {
  readonly kind: 'children';
  readonly total: number;
  /** How many have been started. */
  readonly started: number;
  readonly ended: number;
  readonly concurrency: number;
};

export type MapRunPhase = {
  readonly kind: 'map-run';
  readonly token: string;
  readonly mapRunArn: string;
  /** How many child executions there are to be. Undefined while the items are being read. */
  readonly total?: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly concurrency: number;
  /** The most failures that the Map survives. */
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
};
