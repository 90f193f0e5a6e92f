import type { State, StateMachine, TaskState } from '../../asl/states/state-machine.ts';
import type { Json } from '../../json.ts';
import { arn } from '../template/template.ts';
import { type Grants, grantStatements } from './native-grants.ts';
import type { Statement } from './policy.ts';
import { rawPermissions } from './raw-permissions.ts';

/** The meaning of the ARN tokens in a definition: see {@link machineTarget}. */
export type Substitutions = ReadonlyMap<string, Substitution>;

export type Substitution =
  | { readonly kind: 'function'; readonly name: string; readonly arn: Json }
  /** A part of the pipeline. `version` is started, `machine` is its physical name. */
  | { readonly kind: 'machine'; readonly machine: string; readonly version: Json };

export class UnknownSubstitution extends Error {
  override readonly name = 'UnknownSubstitution';
}

/**
 * The permissions of a state machine's role, derived from the states of its definition. States of native tasks name what
 * they call as a constant; `grants` says what else they need.
 */
export function machinePermissions(
  definition: StateMachine,
  substitutions: Substitutions,
  grants: Grants = new Map(),
): Statement[] {
  const invoked = new Map<string, Json>();
  const started = new Set<string>();
  const native: TaskState[] = [];
  for (const task of taskStates(definition)) {
    const token = task.Arguments[targetField(task)];
    const target = typeof token === 'string' ? substitutions.get(token) : undefined;
    if (target === undefined) native.push(task);
    else if (target.kind === 'function') invoked.set(target.name, target.arn);
    else started.add(target.machine);
  }
  return [
    { sid: 'InvokeFunctions', actions: ['lambda:InvokeFunction'], resources: sorted(invoked) },
    ...startMachines([...started].sort()),
    ...nativePermissions(native.filter(({ Resource }) => !grants.has(Resource))),
    ...grantStatements(native.flatMap(({ Resource }) => grants.get(Resource) ?? [])),
    logDelivery,
  ];
}

function nativePermissions(tasks: readonly TaskState[]): readonly Statement[] {
  const States = Object.fromEntries(
    tasks.map(({ Type, Resource, Arguments }, index) => [`Task ${index}`, { Type, Resource, Arguments }]),
  );
  const { statements, unknown } = rawPermissions({ States });
  const [first] = unknown;
  if (first !== undefined) throw new UnknownSubstitution(JSON.stringify(States[first]));
  return statements;
}

/** The argument with the token of the task's target. */
export function targetField({ Resource }: TaskState): 'StateMachineArn' | 'FunctionName' {
  return Resource === 'arn:aws:states:::states:startExecution.sync:2' ? 'StateMachineArn' : 'FunctionName';
}

/** All Task states, including those in branches of Parallel states. */
export function taskStates(definition: { readonly States: Readonly<Record<string, State>> }): TaskState[] {
  return Object.values(definition.States).flatMap((state) => {
    if (state.Type === 'Task') return [state];
    return state.Type === 'Parallel' ? state.Branches.flatMap(taskStates) : [];
  });
}

/** The documented permissions of `states:startExecution.sync:2`: start, follow, and stop when the parent is stopped. */
function startMachines(all: readonly string[]): Statement[] {
  if (all.length === 0) return [];
  const names = all.length > mostNamed ? [`${commonStart(all)}*`] : all;
  return [
    {
      sid: 'StartParts',
      actions: ['states:StartExecution'],
      // started by version, but IAM authorises the ARN of the machine
      resources: names.map((name) => arn('states', `stateMachine:${name}`)),
    },
    {
      sid: 'FollowParts',
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: names.map((name) => arn('states', `execution:${name}:*`)),
    },
    {
      sid: 'HearOfParts',
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')],
    },
  ];
}

/** A role's inline policies have at most 10,240 characters: more parts are named by what their names have in common. */
const mostNamed = 10;

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

/** For the execution log. The log delivery service itself sends `PutLogEvents`. */
export const logDelivery: Statement = {
  sid: 'DeliverLogs',
  actions: [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
  resources: ['*'],
  reason: 'Log deliveries have no resource level in IAM; these actions are what Step Functions documents for logging',
};

function sorted(arns: ReadonlyMap<string, Json>): Json[] {
  return [...arns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
