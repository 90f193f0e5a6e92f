import { role, type Statement } from '../permissions/policy.ts';
import { arrivalsQueue } from '../resources/arrivals.ts';
import { deadLetters } from '../resources/event-rules.ts';
import { functionName } from '../template/names.ts';
import { arn, getAtt, type Resource, ref } from '../template/template.ts';
import type { FunctionSetting } from './functions.ts';
import type { ManagedPolicies } from './managed-policies.ts';
import { grantsOf, type Reach, reached, type Scope, sidOf, whyAny } from './operations.ts';

/** A function's role: its own log, what invokes it, and the commands that it sends, on named resources. */
export function functionRole(
  stack: string,
  name: string,
  setting: FunctionSetting,
  { reach, managed }: { readonly reach: Reach; readonly managed: ManagedPolicies },
): Resource {
  const scopes = new Map<Scope, Set<string>>();
  for (const sent of setting.sends) {
    for (const { action, on } of grantsOf(sent)) scopes.set(on, (scopes.get(on) ?? new Set()).add(action));
  }
  const log = arn('logs', `log-group:/aws/lambda/${functionName(stack, name)}:*`);
  const inline = [...scopes].filter(([scope]) => !managed.of.has(scope));
  const statements = [
    { sid: 'Log', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log] },
    ...invocation[setting.invoked],
    ...inline.map(([scope, actions]) => statement(scope, [...actions], reach)),
  ];
  const policies = [...scopes.keys()].flatMap((scope) => managed.of.get(scope) ?? []);
  return role('lambda.amazonaws.com', `Function ${name} of ${stack}`, statements, policies.map(ref));
}

const invocation: Readonly<Record<FunctionSetting['invoked'], readonly Statement[]>> = {
  state: [],
  sweep: [],
  api: [],
  event: [{ sid: 'Failures', actions: ['sqs:SendMessage'], resources: [getAtt(deadLetters, 'Arn')] }],
  arrivals: [
    {
      sid: 'Arrivals',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [getAtt(arrivalsQueue, 'Arn')],
    },
  ],
};

function statement(scope: Scope, actions: readonly string[], reach: Reach): Statement {
  const sid = sidOf(scope);
  if (scope !== 'any') {
    const { arns, ...limits } = reached(reach, scope);
    return { sid, actions, resources: arns, ...limits };
  }
  const services = new Set(actions.map((action) => action.split(':')[0] ?? ''));
  return { sid, actions, resources: ['*'], reason: [...services].map((service) => whyAny[service]).join('; ') };
}
