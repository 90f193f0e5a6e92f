import type { Json } from '../../json.ts';
import type { Settings } from './settings.ts';
import type { Resource } from './template.ts';

type Alarm = {
  readonly description: string;
  readonly metrics: readonly Json[];
  /** Default: 0. */
  readonly above?: number;
  /** The number of periods in a row. Default: one. */
  readonly periods?: number;
  /** True: a missing metric is the failure. */
  readonly silence?: boolean;
};

export function alarm({ stack, alarmTopic }: Settings, what: Alarm): Resource {
  const { description, metrics, above = 0, periods = 1, silence = false } = what;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `${stack}: ${description}`,
      ComparisonOperator: silence ? 'LessThanThreshold' : 'GreaterThanThreshold',
      Threshold: silence ? 1 : above,
      EvaluationPeriods: periods,
      // otherwise a missing metric is fine: an idle stack is quiet
      TreatMissingData: silence ? 'breaching' : 'notBreaching',
      ...(alarmTopic !== undefined && { AlarmActions: [alarmTopic] }),
      Metrics: metrics,
    },
  };
}
