import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/**
 * The log line of `on-run-state` for an execution that failed, timed out or was stopped, including hand-written
 * machines.
 */
export const badEndLine = 'execution ended badly';

/** One for the stack, with the machine in the log line: an alarm for each pipeline would cost extra. */
export function failedRunsMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'FailedRuns' };
}

export function failedRunsResources(stack: string): Record<string, Resource> {
  const filter = logMetric('on-run-state', [badEndLine], failedRunsMetric(stack));
  return { [`${functionLogGroupId('on-run-state')}FailedRuns`]: filter };
}
