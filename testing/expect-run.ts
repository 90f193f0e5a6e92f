import { AssertionError } from 'node:assert';
import type { TaskStatus } from '../shared/model/join-rule.ts';
import type { RunStatus } from '../shared/runs/run/run-record.ts';
import type { SimulatedRun, SimulatedTask } from './simulated-run.ts';

/** Assertions on a run; each returns this object. @throws {AssertionError} */
export interface RunExpectation {
  toHaveSucceeded(): RunExpectation;
  toHaveFailed(): RunExpectation;
  toHaveEnded(status: RunStatus): RunExpectation;
  /** Each of these tasks ended with this status. */
  tasksToBe(status: TaskStatus | 'not_run', ...tasks: readonly string[]): RunExpectation;
  /** The task's job ran this often, or at least once. */
  toHaveRun(task: string, times?: number): RunExpectation;
  notToHaveRun(...tasks: readonly string[]): RunExpectation;
  /** The second task's job started only after the first one's had ended. */
  inOrder(...tasks: readonly string[]): RunExpectation;
  toTakeAtMost(seconds: number): RunExpectation;
  /** No attempt of any task had more than one job run. */
  toHaveRunNothingTwice(): RunExpectation;
}

export function expectRun(run: SimulatedRun): RunExpectation {
  const taskOf = (name: string): SimulatedTask => {
    const task = run.tasks[name];
    return task ?? { status: 'not_run', kept: false, tolerated: false, jobRuns: [] };
  };
  const check = (holds: boolean, what: string, actual: unknown, expected: unknown): RunExpectation => {
    if (holds) return expectation;
    throw new AssertionError({ message: `${run.id}: ${what}`, actual, expected, stackStartFn: check });
  };
  const status = (expected: RunStatus): RunExpectation => {
    const error = run.error === undefined ? '' : ` (${run.error})`;
    return check(run.status === expected, `is ${run.status}${error}, not ${expected}`, run.status, expected);
  };
  const expectation: RunExpectation = {
    toHaveSucceeded: () => status('SUCCEEDED'),
    toHaveFailed: () => status('FAILED'),
    toHaveEnded: status,
    tasksToBe(expected, ...tasks) {
      for (const name of tasks) {
        const { status: actual } = taskOf(name);
        check(actual === expected, `${name} is ${actual}, not ${expected}`, actual, expected);
      }
      return expectation;
    },
    toHaveRun(task, times) {
      const runs = taskOf(task).jobRuns.length;
      const holds = times === undefined ? runs > 0 : runs === times;
      return check(holds, `${task} had ${runs} job runs, not ${times ?? 'at least one'}`, runs, times);
    },
    notToHaveRun(...tasks) {
      for (const name of tasks) {
        const runs = taskOf(name).jobRuns.length;
        check(runs === 0, `${name} had ${runs} job runs`, runs, 0);
      }
      return expectation;
    },
    inOrder(...tasks) {
      for (const [index, later] of tasks.entries()) {
        const earlier = tasks[index - 1];
        if (earlier === undefined) continue;
        const end = taskOf(earlier).jobRuns.at(-1)?.endedAt ?? Number.POSITIVE_INFINITY;
        const start = taskOf(later).jobRuns[0]?.startedAt ?? Number.NEGATIVE_INFINITY;
        check(start >= end, `${later} began at ${start} s, before ${earlier} ended at ${end} s`, start, end);
      }
      return expectation;
    },
    toTakeAtMost: (seconds) =>
      check(run.seconds <= seconds, `took ${run.seconds} s, over ${seconds}`, run.seconds, seconds),
    toHaveRunNothingTwice() {
      const attempts = run.jobRuns.map(({ task, attempt }) => `${task} #${attempt}`);
      const twice = attempts.filter((each, index) => attempts.indexOf(each) !== index);
      return check(twice.length === 0, `ran twice: ${twice.join(', ')}`, twice, []);
    },
  };
  return expectation;
}
