import type { Task } from '../model/pipeline.ts';
import { kindOf } from '../tasks/kinds.ts';
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

/** The most events of one state that calls a service: entered, left, and for each try scheduled, started, submitted, ended. */
function callEvents(tries: number): number {
  return 2 + 4 * tries;
}

/** The most events of a task's states. */
export function taskEvents({ retry, work }: Task): number {
  const choiceAndExit = 4;
  const own = callEvents(retry.attempts - 1 + invocationsCounted);
  const others = kindOf(work.kind).runs.by === 'state' ? 2 * callEvents(invocationsCounted) : 0;
  return choiceAndExit + own + others;
}

/** The most events that steps can write, counting every try. @param ofTask the events of a task, by its number */
export function eventsOf(steps: Steps, ofTask: (task: number) => number): number {
  const of = (step: Step): number => {
    switch (step.kind) {
      case 'task':
        return ofTask(step.task);
      case 'gate':
      case 'signal':
      case 'part':
        return callEvents(invocationsCounted);
      case 'parallel':
        return 4 + step.branches.reduce((sum, branch) => sum + eventsOf(branch, ofTask), 0);
    }
  };
  return steps.reduce((sum, step) => sum + of(step), 0);
}
