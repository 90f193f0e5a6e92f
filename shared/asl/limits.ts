import type { Task } from '../model/pipeline.ts';
import { invocationsCounted } from './retry.ts';
import type { Step, Steps } from './steps.ts';

/**
 * Hard limits of Step Functions (docs.aws.amazon.com/step-functions, service quotas), minus a reserve for names and ARNs
 * substituted on deployment and for the document around the outcomes.
 */
export const limits = {
  /** History events of one execution: 25,000. */
  events: 24_500,
  /** Bytes of one definition: 1 MB. */
  bytes: 950_000,
  /** Bytes of the state document: 256 KiB. */
  document: 250_000,
  /** Bytes of one task's output. */
  output: 32_768,
  /** Bytes for the causes of all tasks that may fail with an error of Step Functions' own. */
  causes: 60_000,
} as const;

/** Characters of such a cause that a task's outcome keeps; 0 if there are too many tasks for a useful length. */
export function causeLength(tasks: number): number {
  // a character may be escaped
  const each = Math.floor(limits.causes / 2 / tasks);
  return each < 100 ? 0 : Math.min(each, 400);
}

/** The events of a machine's own first and last states. */
export const frameEvents = 12 + 5 * invocationsCounted;

/** The most events that steps can write, counting every try. */
export function eventsOf(steps: Steps, attempts: (task: number) => number): number {
  const of = (step: Step): number => {
    // StateEntered and StateExited, and for each try TaskScheduled, TaskStarted, TaskSubmitted and its end.
    const task = (tries: number): number => 2 + 4 * tries;
    switch (step.kind) {
      case 'task':
        return 2 + task(attempts(step.task) - 1 + invocationsCounted) + 2;
      case 'gate':
      case 'signal':
      case 'part':
        return task(invocationsCounted);
      case 'parallel':
        return 4 + step.branches.reduce((sum, branch) => sum + eventsOf(branch, attempts), 0);
    }
  };
  return steps.reduce((sum, step) => sum + of(step), 0);
}

/** Upper bound in bytes of all tasks' outcomes without outputs, each in a branch of its own. */
export function documentBytes(tasks: readonly Pick<Task, 'name' | 'tolerate'>[]): number {
  const branch = '{"tasks":},'.length;
  const cause = 2 * causeLength(tasks.length);
  return tasks.reduce((sum, { name, tolerate }) => {
    const failure = { status: 'failed', error: 'States.QueryEvaluationError', cause: '' };
    const outcome = tolerate ? { ...failure, tolerated: true } : failure;
    return sum + branch + JSON.stringify({ [name]: outcome }).length + cause;
  }, 0);
}
