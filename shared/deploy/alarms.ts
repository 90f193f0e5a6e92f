import type { Json } from '../json.ts';
import { arrivalsDeadLetters, arrivalsQueue } from './arrivals.ts';
import { deadLetters } from './event-rules.ts';
import { lateMetric } from './late-runs.ts';
import type { Metric } from './log-metric.ts';
import { functionName } from './names.ts';
import { refusalMetric } from './refusals.ts';
import type { Settings } from './settings.ts';
import { getAtt, type Resource } from './template.ts';

/** What somebody should look at. Failed runs have an alarm for each pipeline, beside its machine. */
export function alarmResources(settings: Settings, functions: readonly string[]): Record<string, Resource> {
  return {
    DeadLettersAlarm: queueAlarm(settings, deadLetters, {
      description: 'An event could not be delivered, or a function failed on it three times',
      metric: 'ApproximateNumberOfMessagesVisible',
      above: 0,
    }),
    ArrivalsDeadLettersAlarm: queueAlarm(settings, arrivalsDeadLetters, {
      description: 'An object that arrived could not be taken in five times',
      metric: 'ApproximateNumberOfMessagesVisible',
      above: 0,
    }),
    ArrivalsLateAlarm: queueAlarm(settings, arrivalsQueue, {
      description: 'An object that arrived has waited for a quarter of an hour',
      metric: 'ApproximateAgeOfOldestMessage',
      above: 15 * 60,
    }),
    RefusedAlarm: countAlarm(
      settings,
      'A trigger’s run was refused, or a message could not be read: look at the ledger’s dead letters',
      refusalMetric(settings.stack),
    ),
    LateRunsAlarm: countAlarm(
      settings,
      'A run is not over as long after it was asked for as its pipeline allows',
      lateMetric(settings.stack),
    ),
    ThrottledAlarm: alarm(settings, 'Functions are throttled: the account has too little concurrency', 0, [
      ...functions.map((name, index) => lambdaMetric(`m${index}`, functionName(settings.stack, name))),
      {
        Id: 'all',
        Label: 'throttled invocations',
        Expression: functions.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
        ReturnData: true,
      },
    ]),
  };
}

/** Of whatever is counted at all. */
function countAlarm(settings: Settings, description: string, metric: Metric): Resource {
  return alarm(settings, description, 0, [
    { Id: 'value', ReturnData: true, MetricStat: { Stat: 'Sum', Period: 300, Metric: { ...metric } } },
  ]);
}

function queueAlarm(
  settings: Settings,
  queue: string,
  what: { readonly description: string; readonly metric: string; readonly above: number },
): Resource {
  const Dimensions = [{ Name: 'QueueName', Value: getAtt(queue, 'QueueName') }];
  const Metric = { Namespace: 'AWS/SQS', MetricName: what.metric, Dimensions };
  return alarm(settings, what.description, what.above, [
    { Id: 'value', ReturnData: true, MetricStat: { Stat: 'Maximum', Period: 300, Metric } },
  ]);
}

function lambdaMetric(Id: string, name: string): Json {
  const Metric = {
    Namespace: 'AWS/Lambda',
    MetricName: 'Throttles',
    Dimensions: [{ Name: 'FunctionName', Value: name }],
  };
  return { Id, ReturnData: false, MetricStat: { Stat: 'Sum', Period: 300, Metric } };
}

export function alarm(settings: Settings, description: string, above: number, metrics: readonly Json[]): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `${settings.stack}: ${description}`,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: above,
      EvaluationPeriods: 1,
      // Nothing measured is nothing wrong: an idle stack is quiet.
      TreatMissingData: 'notBreaching',
      ...(settings.alarmTopic !== undefined && { AlarmActions: [settings.alarmTopic] }),
      Metrics: metrics,
    },
  };
}
