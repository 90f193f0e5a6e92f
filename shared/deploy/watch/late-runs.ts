import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/**
 * Log lines of the reconciler, once for each run that is late by its pipeline's `runs.late`, and for missing
 * datasets.
 */
export const lateLines = ['run late', 'datasets late'] as const;

/** One for the stack, whatever the pipeline. */
export function lateMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'LateRuns' };
}

export function lateResources(stack: string): Record<string, Resource> {
  return { [`${functionLogGroupId('reconcile')}LateRuns`]: logMetric('reconcile', lateLines, lateMetric(stack)) };
}
