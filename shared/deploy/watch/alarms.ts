import type { Json } from '../../json.ts';
import type { SweepFigure } from '../../services/system.ts';
import { httpApi } from '../resources/api-resources.ts';
import { arrivalsDeadLetters, arrivalsQueue } from '../resources/arrivals.ts';
import { deadLetters } from '../resources/event-rules.ts';
import { alarm } from '../template/alarm.ts';
import { functionName } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';
import { failedRunsMetric } from './failed-runs.ts';
import { lateMetric } from './late-runs.ts';
import type { Metric } from './log-metric.ts';
import { reconcileFailuresMetric } from './reconcile-failures.ts';
import { refusalMetric } from './refusals.ts';

/**
 * Alarms for what people should look at. CloudWatch bills each metric of each alarm, so there is one of each,
 * however many pipelines and functions there are.
 */
export function alarmResources(settings: Settings): Record<string, Resource> {
  const { stack } = settings;
  const reconciler = functionName(stack, 'reconcile');
  return {
    DeadLettersAlarm: queueAlarm(settings, deadLetters, {
      description: 'An event could not be delivered, or a function failed to process it three times',
      metric: 'ApproximateNumberOfMessagesVisible',
      above: 0,
    }),
    ArrivalsDeadLettersAlarm: queueAlarm(settings, arrivalsDeadLetters, {
      description: 'Processing an arrived object failed five times',
      metric: 'ApproximateNumberOfMessagesVisible',
      above: 0,
    }),
    ArrivalsLateAlarm: queueAlarm(settings, arrivalsQueue, {
      description: 'An arrived object has been waiting for 15 minutes',
      metric: 'ApproximateAgeOfOldestMessage',
      above: 15 * 60,
    }),
    FailedRunsAlarm: alarm(settings, {
      description: 'A run failed, timed out or was stopped. The log of on-run-state or reconcile names it',
      metrics: [sum(failedRunsMetric(stack))],
    }),
    RefusedAlarm: alarm(settings, {
      description: 'A run was refused, or a message could not be read. See the ledger’s dead letters',
      metrics: [sum(refusalMetric(stack))],
    }),
    LateRunsAlarm: alarm(settings, {
      description: 'A run or a dataset is later than its pipeline allows',
      metrics: [sum(lateMetric(stack))],
    }),
    ReconcileFailuresAlarm: alarm(settings, {
      description: 'The reconciler has failed to check some items for 15 minutes. The log of reconcile names them',
      metrics: [sum(reconcileFailuresMetric(stack))],
      periods: 3,
    }),
    ReconcilerBehindAlarm: alarm(settings, {
      description: 'Deadlines, retries and ends of batches have been processed five minutes late for 15 minutes',
      metrics: [sum({ Namespace: `Gluewright/${stack}`, MetricName: lagFigure }, 'Minimum')],
      above: 5 * 60,
      periods: 3,
    }),
    ReconcilerFailsAlarm: alarm(settings, {
      description: 'Invocations of the reconciler have failed for 15 minutes',
      metrics: [sum({ Namespace: 'AWS/Lambda', MetricName: 'Errors', ...dimension('FunctionName', reconciler) })],
      periods: 3,
    }),
    ReconcilerSilentAlarm: alarm(settings, {
      description: 'The reconciler has not been invoked for 15 minutes',
      metrics: [sum({ Namespace: 'AWS/Lambda', MetricName: 'Invocations', ...dimension('FunctionName', reconciler) })],
      periods: 3,
      silence: true,
    }),
    ApiFailuresAlarm: alarm(settings, {
      description: 'The API answered a request with a server error',
      metrics: [sum({ Namespace: 'AWS/ApiGateway', MetricName: '5xx', ...dimension('ApiId', ref(httpApi)) })],
    }),
    ThrottledAlarm: alarm(settings, {
      // for all functions: throttling affects the account's functions together, when its concurrency is used up
      description: 'Functions are throttled: the account has too little concurrency',
      metrics: [sum({ Namespace: 'AWS/Lambda', MetricName: 'Throttles' })],
    }),
  };
}

const lagFigure: SweepFigure = 'LagSeconds';

function dimension(Name: string, Value: Json) {
  return { Dimensions: [{ Name, Value }] };
}

/** The sum of a metric, or its minimum. */
function sum(metric: Metric & { readonly Dimensions?: Json }, Stat: 'Sum' | 'Minimum' = 'Sum'): Json {
  return { Id: 'value', ReturnData: true, MetricStat: { Stat, Period: 300, Metric: { ...metric } } };
}

function queueAlarm(
  settings: Settings,
  queue: string,
  { metric, ...what }: { readonly description: string; readonly metric: string; readonly above: number },
): Resource {
  const Metric = { Namespace: 'AWS/SQS', MetricName: metric, ...dimension('QueueName', getAtt(queue, 'QueueName')) };
  const metrics = [{ Id: 'value', ReturnData: true, MetricStat: { Stat: 'Maximum', Period: 300, Metric } }];
  return alarm(settings, { ...what, metrics });
}
