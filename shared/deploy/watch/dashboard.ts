import type { Json } from '../../json.ts';
import { httpApi } from '../resources/api-resources.ts';
import { arrivalsDeadLetters, arrivalsQueue } from '../resources/arrivals.ts';
import { deadLetters } from '../resources/event-rules.ts';
import { functionName } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { arn, type Resource, sub } from '../template/template.ts';

/** One line of a graph: its metric in CloudWatch, and its label. */
type Line = { readonly namespace: string; readonly dimension: string; readonly value: string; readonly label: string };

type Graph = {
  readonly title: string;
  readonly stat: 'Sum' | 'Maximum';
  readonly lines: readonly (Line & { readonly metric: string })[];
};

/** Of 24 columns: two graphs to a row. */
const size = { width: 12, height: 6 };

/**
 * One page: alarms, results of each pipeline's runs, functions, queues and dead letters. A graph takes 500 lines and
 * a dashboard 2,500; with one graph for each metric, a stack has fewer pipelines than that.
 *
 * @param machines physical names of the pipelines' own state machines
 */
export function dashboardResources(
  settings: Settings,
  machines: readonly string[],
  functions: readonly string[],
  alarms: readonly string[],
): Record<string, Resource> {
  const graphs = [...runGraphs(settings, machines), ...functionGraphs(settings, functions), ...waitingGraphs()];
  const widgets = [
    { type: 'alarm', x: 0, y: 0, width: 24, height: 3, properties: { title: 'Alarms', alarms: alarms.map(alarmArn) } },
    ...graphs.map((graph, index) => ({
      type: 'metric',
      x: (index % 2) * size.width,
      y: 3 + Math.floor(index / 2) * size.height,
      ...size,
      properties: propertiesOf(graph),
    })),
  ];
  const places = { Alarms: arn('cloudwatch', 'alarm:'), Machines: arn('states', 'stateMachine:') };
  const DashboardBody: Json = {
    'Fn::Sub': [JSON.stringify({ widgets }), places],
  };
  // dashboards are global in an account: two regions would overwrite each other's
  const DashboardName = sub(`${settings.stack}-\${AWS::Region}`);
  return {
    Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName, DashboardBody } },
  };
}

function alarmArn(id: string): string {
  return `\${Alarms}\${${id}}`;
}

function propertiesOf({ title, stat, lines }: Graph): Json {
  return {
    title,
    stat,
    period: 300,
    region: `\${AWS::Region}`,
    view: 'timeSeries',
    metrics: lines.map(({ namespace, metric, dimension, value, label }) => [
      namespace,
      metric,
      dimension,
      value,
      { label },
    ]),
  };
}

function runGraphs({ stack }: Settings, machines: readonly string[]): Graph[] {
  const lines = machines.map(
    (name): Line => ({
      namespace: 'AWS/States',
      dimension: 'StateMachineArn',
      value: `\${Machines}${name}`,
      label: name.slice(stack.length + 1),
    }),
  );
  const graph = (title: string, metric: string): Graph => ({
    title,
    stat: 'Sum',
    lines: lines.map((line) => ({ ...line, metric })),
  });
  if (machines.length === 0) return [];
  return [
    graph('Runs started', 'ExecutionsStarted'),
    graph('Runs failed', 'ExecutionsFailed'),
    graph('Runs past their deadline', 'ExecutionsTimedOut'),
    graph('Runs stopped', 'ExecutionsAborted'),
  ];
}

function functionGraphs({ stack }: Settings, functions: readonly string[]): Graph[] {
  const graph = (title: string, metric: string): Graph => ({
    title,
    stat: 'Sum',
    lines: functions.map((name) => ({
      namespace: 'AWS/Lambda',
      metric,
      dimension: 'FunctionName',
      value: functionName(stack, name),
      label: name,
    })),
  });
  return [graph('Errors of the functions', 'Errors'), graph('Functions throttled', 'Throttles')];
}

function waitingGraphs(): Graph[] {
  const queue = (id: string, metric: string, label: string) => ({
    namespace: 'AWS/SQS',
    metric,
    dimension: 'QueueName',
    value: `\${${id}.QueueName}`,
    label,
  });
  const api = (metric: string, label: string) => ({
    namespace: 'AWS/ApiGateway',
    metric,
    dimension: 'ApiId',
    value: `\${${httpApi}}`,
    label,
  });
  const visible = 'ApproximateNumberOfMessagesVisible';
  return [
    {
      title: 'Dead letters',
      stat: 'Maximum',
      lines: [queue(deadLetters, visible, 'events'), queue(arrivalsDeadLetters, visible, 'objects')],
    },
    {
      title: 'Objects that wait',
      stat: 'Maximum',
      lines: [
        queue(arrivalsQueue, visible, 'objects'),
        queue(arrivalsQueue, 'ApproximateAgeOfOldestMessage', 'seconds that the oldest has waited'),
      ],
    },
    {
      title: 'Requests of the API',
      stat: 'Sum',
      lines: [api('Count', 'all'), api('4xx', 'refused'), api('5xx', 'failed')],
    },
  ];
}
