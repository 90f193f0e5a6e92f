import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/**
 * The log line for an execution that failed, timed out or was stopped. `on-run-state` writes it for each, including
 * those of hand-written machines, and `reconcile` for runs whose event was lost.
 */
export const badEndLine = 'execution ended badly';

/** One for the stack, with the machine in the log line: an alarm for each pipeline would cost extra. */
export function failedRunsMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'FailedRuns' };
}

export function failedRunsResources(stack: string): Record<string, Resource> {
  const telling = ['on-run-state', 'reconcile'];
  return Object.fromEntries(
    telling.map((name) => [
      `${functionLogGroupId(name)}FailedRuns`,
      logMetric(name, [badEndLine], failedRunsMetric(stack)),
    ]),
  );
}
