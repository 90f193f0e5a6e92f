import { invocationsCounted } from './states/retry.ts';
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
  /** Bytes of a gate's record in the ledger: 400 KB. */
  gate: 390_000,
  /** Bytes of one task's output. */
  output: 32_768,
  /** Bytes for the errors of all tasks that may fail with one of Step Functions' own. */
  causes: 60_000,
} as const;

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
