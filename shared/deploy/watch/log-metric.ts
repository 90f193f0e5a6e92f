import { functionLogGroupId } from '../template/names.ts';
import { type Resource, ref } from '../template/template.ts';

export type Metric = { readonly Namespace: string; readonly MetricName: string };

/**
 * Counts log lines of a function that contain one of these texts. The pattern has terms, not JSON, because Lambda
 * puts the time and the request's id before the line.
 */
export function logMetric(functionName: string, lines: readonly string[], metric: Metric): Resource {
  const { Namespace: MetricNamespace, MetricName } = metric;
  // several terms must all be there, unless `?` makes each optional
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
