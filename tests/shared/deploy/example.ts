import { createHash } from 'node:crypto';
import type { Compiled, CompiledMachine } from '../../../shared/asl/compiled.ts';
import type { StateMachine } from '../../../shared/asl/states/state-machine.ts';
import { functions } from '../../../shared/deploy/functions/functions.ts';
import { pipelineOnAws } from '../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../shared/deploy/resources/pipeline-resources.ts';
import { type Places, type Project, stackTemplate } from '../../../shared/deploy/stack.ts';
import { functionId, functionLogGroupId } from '../../../shared/deploy/template/names.ts';
import type { Settings } from '../../../shared/deploy/template/settings.ts';
import { ref, type Template } from '../../../shared/deploy/template/template.ts';
import type { Pipeline } from '../../../shared/model/pipeline.ts';
import type { Job } from '../../../shared/pipeline/jobs/jobs-file.ts';

/** A hand-made deployment of one small pipeline, independent of the compiler. */

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const settings: Settings = {
  stack: 'gluewright-test',
  partition: 'aws',
  buckets: { landing: { name: 'acme-landing', create: true }, lake: { name: 'acme-lake', create: false } },
  logRetentionDays: 30,
  channels: {
    oncall: { kind: 'email', addresses: ['oncall@example.com'], on: ['failed', 'late'] },
  },
  dashboard: true,
  release: { kind: 'all-at-once' },
  api: { kind: 'iam' },
  nested: false,
  functions: {},
  machineRoles: {},
  jobPolicies: [],
  pools: {},
  roles: {},
};

export const jobs: readonly Job[] = [
  {
    name: 'extract',
    script: 'extract.py',
    type: 'pythonshell',
    args: { target: 's3://lake/raw' },
    maxConcurrentRuns: 1,
  },
  {
    name: 'report',
    script: 'report.py',
    type: 'glueetl',
    args: {},
    maxConcurrentRuns: 2,
    timeoutMinutes: 30,
    workers: { type: 'G.1X', count: 2 },
  },
  { name: 'legacy', type: 'glueetl', args: {}, maxConcurrentRuns: 1 },
];

export function pipeline(name: string, jobNames: readonly string[] = ['extract', 'report', 'legacy']): Pipeline {
  return {
    name,
    params: { day: { type: 'date' }, lake: { type: 'string', default: 's3://lake/out' } },
    triggers: {
      arrived: { kind: 's3', bucket: 'landing', key: 'orders/{day}/*.csv' },
      elsewhere: { kind: 'glue-job', job: 'somebody-elses', states: ['SUCCEEDED'] },
      nightly: { kind: 'schedule', expression: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', interval: 'day' },
    },
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 3600, onFailure: 'continue' },
    tasks: jobNames.map((job) => ({
      name: job,
      after: [],
      when: 'all_succeeded',
      retry: { attempts: 1, delaySeconds: 30, backoff: 2 },
      timeoutSeconds: 600,
      tolerate: false,
      publishes: [],
      work: {
        kind: 'glue-job',
        job,
        args: { source: 's3://landing/in', expression: '{% $params.lake %}' },
        inject: true,
      },
    })),
  };
}

export function compiled(name: string, parts = 0): Compiled {
  const partNames = Array.from({ length: parts }, (_, index) => `${name}-part-${index + 1}`);
  return { machines: [machine(name, partNames), ...partNames.map((part) => machine(part, []))], gates: 0 };
}

function machine(name: string, parts: readonly string[]): CompiledMachine {
  const definition: StateMachine = {
    QueryLanguage: 'JSONata',
    StartAt: 'work',
    States: {
      work: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'extract',
            States: {
              extract: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                Arguments: { FunctionName: machineTarget.functionArn('start-task') },
                End: true,
              },
            },
          },
          ...parts.map((part) => ({
            StartAt: part,
            States: {
              [part]: {
                Type: 'Task' as const,
                Resource: 'arn:aws:states:::states:startExecution.sync:2' as const,
                Arguments: { StateMachineArn: machineTarget.stateMachineArn(part) },
                End: true as const,
              },
            },
          })),
        ],
        Next: 'finish-run',
      },
      'finish-run': {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: machineTarget.functionArn('finish-run') },
        End: true,
      },
    },
  };
  return { name, definition, states: 3, bytes: JSON.stringify(definition).length, events: 20 };
}

export const places: Places = {
  digest,
  define: (_, text) => ({ text }),
  scriptOf: (script) => ({ bucket: ref('ServerlessDeploymentBucket'), key: `jobs/0123/${script}` }),
  nestedUrl: (name) => `https://templates/${name}.json`,
};

/** @param others pipelines besides the small one */
export function project(changes: Partial<Settings> = {}, parts = 0, others: readonly Pipeline[] = []): Project {
  const changed = { ...settings, ...changes };
  const orders = pipelineOnAws(pipeline('orders-daily'), changed, jobs);
  return {
    settings: changed,
    jobs,
    crawlers: [
      { name: 'raw', database: 'sales', paths: ['s3://landing/orders/'], tablePrefix: 'raw_', exclusions: ['**.tmp'] },
    ],
    rulesets: { orders: 'Rules = [ RowCount > 0 ]' },
    raw: [],
    pools: {},
    pipelines: [
      { pipeline: orders, compiled: compiled('orders-daily', parts) },
      ...others.map((other) => ({ pipeline: other, compiled: compiled(other.name) })),
    ],
  };
}

/** The resources that Serverless adds to ours. */
export const fromServerless: readonly string[] = [
  'ServerlessDeploymentBucket',
  ...Object.keys(functions).flatMap((name) => [functionId(name), functionLogGroupId(name)]),
];

export function template(changes: Partial<Settings> = {}, parts = 0, others: readonly Pipeline[] = []): Template {
  return stackTemplate(project(changes, parts, others), places);
}
