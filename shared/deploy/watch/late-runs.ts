import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/** What the reconciler says of a run that is late by its pipeline's `runs.late`, once. */
export const lateLine = 'run late';

/** One for the stack, whichever pipeline it was. */
export function lateMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'LateRuns' };
}

export function lateResources(stack: string): Record<string, Resource> {
  return { [`${functionLogGroupId('reconcile')}LateRuns`]: logMetric('reconcile', [lateLine], lateMetric(stack)) };
}
