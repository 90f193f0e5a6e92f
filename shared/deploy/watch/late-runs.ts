import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/** What the reconciler says, once, of a run that is late by its pipeline's `runs.late`, and of datasets that are missing. */
export const lateLines = ['run late', 'datasets late'] as const;

/** One for the stack, whichever pipeline it was. */
export function lateMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'LateRuns' };
}

export function lateResources(stack: string): Record<string, Resource> {
  return { [`${functionLogGroupId('reconcile')}LateRuns`]: logMetric('reconcile', lateLines, lateMetric(stack)) };
}
