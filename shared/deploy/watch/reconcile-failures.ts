import { functionLogGroupId } from '../template/names.ts';
import type { Resource } from '../template/template.ts';
import { logMetric, type Metric } from './log-metric.ts';

/** The reconciler's log lines for what it failed to do. It continues with the rest. */
export const reconcileFailureLines = [
  'reconcile failed',
  'catch-up failed',
  'job not looked at',
  'notification not sent',
] as const;

export function reconcileFailuresMetric(stack: string): Metric {
  return { Namespace: `Gluewright/${stack}`, MetricName: 'ReconcileFailures' };
}

export function reconcileFailuresResources(stack: string): Record<string, Resource> {
  const filter = logMetric('reconcile', reconcileFailureLines, reconcileFailuresMetric(stack));
  return { [`${functionLogGroupId('reconcile')}Failures`]: filter };
}
