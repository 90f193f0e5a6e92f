import { functionLogGroupId } from '../template/names.ts';
import { type Resource, ref } from '../template/template.ts';

export type Metric = { readonly Namespace: string; readonly MetricName: string };

/**
 * Counts the lines of a function's log that hold one of these. The pattern is of terms, not of JSON: Lambda puts the time
 * and the request's id before the line.
 */
export function logMetric(functionName: string, lines: readonly string[], metric: Metric): Resource {
  const { Namespace: MetricNamespace, MetricName } = metric;
  // of several terms each has to be there, unless a `?` says that any will do
  const or = lines.length > 1 ? '?' : '';
  return {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: ref(functionLogGroupId(functionName)),
      FilterPattern: lines.map((line) => `${or}"${line}"`).join(' '),
      MetricTransformations: [{ MetricNamespace, MetricName, MetricValue: '1' }],
    },
  };
}
