import { allKinds, type KindName, kindOf } from './kinds.ts';

/** Our own errors, for every kind of task. None of them is retried. */
export const taskErrors = {
  /** The task as a whole took too long. */
  deadlinePassed: 'Gluewright.DeadlinePassed',
  /** The service refuses to start it: it does not exist, is not allowed, or its arguments are invalid. */
  refused: 'Gluewright.StartRefused',
  /** Its state is unknown, because AWS denies the calls. It may still run. */
  denied: 'Gluewright.AccessDenied',
  /** The output is not a JSON object, or exceeds its limit. */
  badOutput: 'Gluewright.BadOutput',
} as const;

/** Not a failure: tells the first state of a native task that the task's `if` is false. */
export const skippedError = 'Gluewright.Skipped';

type Meaning = { readonly status: 'failed' | 'timed_out' | 'stopped'; readonly triedAgain: boolean };

/** The meaning of each error: the task's status, and whether its `retry` applies. */
const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...allKinds.flatMap(({ runs: { errors } }): [string, Meaning][] => [
    [errors.stopped, { status: 'stopped', triedAgain: false }],
    [errors.timedOut, { status: 'timed_out', triedAgain: true }],
    [errors.failed, { status: 'failed', triedAgain: true }],
    ...(errors.final === undefined
      ? []
      : [[errors.final, { status: 'failed', triedAgain: false }] as [string, Meaning]]),
  ]),
  [taskErrors.deadlinePassed, { status: 'timed_out', triedAgain: false }],
  [taskErrors.refused, { status: 'failed', triedAgain: false }],
  [taskErrors.denied, { status: 'failed', triedAgain: false }],
  [taskErrors.badOutput, { status: 'failed', triedAgain: false }],
  ['States.Timeout', { status: 'timed_out', triedAgain: false }],
  ['States.HeartbeatTimeout', { status: 'timed_out', triedAgain: false }],
]);

export function statusOfError(error: string): Meaning['status'] {
  return meanings.get(error)?.status ?? 'failed';
}

export function isTriedAgain(error: string): boolean {
  return meanings.get(error)?.triedAgain === true;
}

/** The errors that a state of such a task may get: those that its `retry` covers, and the others. */
export function errorsOf(kind: KindName): {
  readonly triedAgain: readonly string[];
  readonly final: readonly string[];
} {
  const all = [...Object.values(kindOf(kind).runs.errors), ...Object.values(taskErrors)];
  return { triedAgain: all.filter(isTriedAgain), final: all.filter((error) => !isTriedAgain(error)) };
}

/** The errors of tasks of these kinds that mean another status than `failed`. */
export function endings(used: readonly KindName[]): Readonly<Record<string, { readonly status: Meaning['status'] }>> {
  const foreign = new Set(
    allKinds.flatMap(({ kind, runs }) => (used.includes(kind) ? [] : Object.values(runs.errors))),
  );
  const told = [...meanings].filter(([error, { status }]) => status !== 'failed' && !foreign.has(error));
  return Object.fromEntries(told.map(([error, { status }]) => [error, { status }]));
}
