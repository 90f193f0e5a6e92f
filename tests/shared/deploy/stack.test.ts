import { expect, test } from 'vitest';
import { functions } from '../../../shared/deploy/functions/functions.ts';
import { sub, type Template } from '../../../shared/deploy/template/template.ts';
import { checkTemplate } from './check-template.ts';
import { fromServerless, template } from './example.ts';

test.each([
  ['of one small pipeline', template()],
  ['of a pipeline in parts', template({}, 2)],
  ['with canary releases', template({ release: { kind: 'canary', percent: 10, minutes: 60 } })],
  [
    'whose API takes tokens',
    template({ api: { kind: 'jwt', issuer: 'https://issuer.example', audience: ['gluewright'] } }),
  ],
  ['with an alarm topic', template({ alarmTopic: 'arn:aws:sns:eu-west-1:111122223333:alarms' })],
])('CloudFormation’s schema finds nothing wrong with the stack %s', (_, stack) => {
  expect(checkTemplate(stack, fromServerless)).toEqual([]);
});

test('the stack of one small pipeline matches the golden file', async () => {
  await expect(`${JSON.stringify(template(), undefined, 2)}\n`).toMatchFileSnapshot('stack.golden.json');
});

/** The dashboard's text without substitutions, and what its widgets show. */
function widgetsOf(stack: Template): { type: string; properties: { title: string; metrics?: string[][] } }[] {
  const body: unknown = stack.Resources.Dashboard?.Properties.DashboardBody;
  const [text] = (body as { 'Fn::Sub': [string, unknown] })['Fn::Sub'];
  return JSON.parse(text).widgets;
}

test('the dashboard shows the alarms, and a line for each pipeline, function and queue', () => {
  const widgets = widgetsOf(template());
  const lines = (title: string): unknown =>
    widgets.find(({ properties }) => properties.title === title)?.properties.metrics?.map((metric) => metric[3]);
  expect(widgets[0]?.type).toBe('alarm');
  expect(lines('Runs failed')).toEqual([`\${Machines}gluewright-test-orders-daily`]);
  expect(lines('Errors of the functions')).toEqual(Object.keys(functions).map((name) => `gluewright-test-${name}`));
  expect(lines('Dead letters')).toEqual([`\${DeadLetters.QueueName}`, `\${ArrivalsDeadLetters.QueueName}`]);
  expect(template({ dashboard: false }).Resources.Dashboard).toBeUndefined();
});

/** The alarms' metrics, which CloudWatch bills. */
function billed(stack: Template): number {
  const all = Object.values(stack.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const metrics = all.flatMap(({ Properties }) => (Array.isArray(Properties.Metrics) ? Properties.Metrics : []));
  return metrics.filter((metric) => JSON.stringify(metric).includes('MetricStat')).length;
}

test('alarms use twelve metrics, ten of them free, and six more for each pipeline with canary releases', () => {
  const alarmTopic = 'arn:aws:sns:eu-west-1:111122223333:alarms';
  expect(billed(template({ alarmTopic }))).toBe(12);
  expect(billed(template({ alarmTopic, release: { kind: 'canary', percent: 10, minutes: 60 } }))).toBe(18);
});

test('a silent reconciler is an alarm, but other missing data is not', () => {
  const { ReconcilerSilentAlarm, ...others } = template().Resources;
  expect(ReconcilerSilentAlarm?.Properties).toMatchObject({
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
  });
  const alarms = Object.values(others).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  expect(new Set(alarms.map(({ Properties }) => Properties.TreatMissingData))).toEqual(new Set(['notBreaching']));
});

test('the API logs who called what, but not the content', () => {
  const stage = template().Resources.HttpApiStage?.Properties.AccessLogSettings;
  const format = Object.values(JSON.parse((stage as { Format: string }).Format));
  expect(format).toContain('$context.identity.userArn');
  expect(format.filter((part) => /query|body|header/i.test(String(part)))).toEqual([]);
});

test('the check finds what is wrong', () => {
  const wrong = {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimout: 1, DelaySeconds: 'long' } },
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      First: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Second' } } },
      Second: { Type: 'AWS::SQS::Queue', DependsOn: ['First'], Properties: {} },
      Unknown: { Type: 'AWS::SQS::Stack', Properties: {} },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Que' }], PolicyDocument: { 'Fn::GetAtt': ['Queue', 'Arm'] } },
      },
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: 'x', StateMachineType: 'FAST' } },
      Page: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardBody: { 'Fn::Sub': [`\${A}\${Queue.Name}`, { A: 1 }] } },
      },
      Alias: { Type: 'AWS::StepFunctions::StateMachineAlias', Properties: { Name: sub(`\${Queue.Arm}`) } },
    },
  };
  expect(checkTemplate(wrong).sort()).toEqual([
    'GetAtt Queue.Arm: no such attribute',
    'Machine.StateMachineType: FAST is none of STANDARD, EXPRESS',
    'Queue.DelaySeconds: not a number',
    'Queue.VisibilityTimout: unknown property',
    'Ref Que: no such resource',
    'Role.AssumeRolePolicyDocument: missing',
    'Sub Queue.Arm: no such thing',
    'Sub Queue.Name: no such thing',
    'Unknown: unknown type AWS::SQS::Stack',
    'circle: First → Second → First',
  ]);
});
