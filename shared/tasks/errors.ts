import { allKinds, type KindName, kindOf } from './kinds.ts';

/** Errors of ours, whatever the kind of the task. None of them is mended by trying again. */
export const taskErrors = {
  /** The task as a whole took too long. */
  deadlinePassed: 'Gluewright.DeadlinePassed',
  /** The service will not start it: there is no such thing, or it is not allowed, or its arguments are bad. */
  refused: 'Gluewright.StartRefused',
  /** What has become of it cannot be found out: AWS denies the calls. It may still run. */
  denied: 'Gluewright.AccessDenied',
  /** The output is no JSON object, or over its limit. */
  badOutput: 'Gluewright.BadOutput',
} as const;

type Meaning = { readonly status: 'failed' | 'timed_out' | 'stopped'; readonly triedAgain: boolean };

/** What each error means: the status of the task, and whether its `retry` is for it. */
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

/** The errors that a state of such a task is told of: those that its `retry` is for, and those that it is not for. */
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
