import * as z from 'zod/mini';
import { mapValues, present } from '../../json.ts';
import { about, field, text, value } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import { Nearest } from '../../reading/nearest.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { actionsOf } from './aws-actions.ts';
import { permissionsOf } from './aws-permissions.ts';
import { awsServices } from './aws-services.ts';

const work = z.object({
  kind: z.literal('aws'),
  /** Service and action as in the ARN of a state: `glue:getTable`. */
  call: z.string(),
  args: z.record(z.string(), value),
  resources: z.array(z.string()),
  reason: z.exactOptional(z.string()),
});
export type AwsWork = z.output<typeof work>;

const resource = field(
  z.string().check(z.regex(/^(?:\*|s3:\/\/[\w.*?-]+(?:\/[^${}]*)?|arn:[^${}]+|(?!s3:)[^*${}][^${}]*)$/)),
  {
    expected: 'an ARN, the end of one in the stack’s account, or an `s3://` address; `*` stands for any characters',
    remedy: 'write `arn:aws:sns:eu-west-1:111122223333:alerts`, `table/sales/orders` or `s3://landing/in/*`',
  },
);

const fields = {
  aws: field(z.string().check(z.regex(/^\w+:\w+$/)), {
    expected: 'a service and its action, as in `glue:getTable`',
    remedy: 'write the service in small letters, a colon, and the action, which begins with a small letter',
    examples: ['glue:getTable', 'sns:publish', 's3:copyObject'],
  }),
  args: about('Parameters of the action; may be expressions', z.record(z.string(), value), [
    { Message: 'done', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:news' },
  ]),
  resources: about('What the state machine may call the action on', z.array(resource), [
    ['arn:aws:sns:eu-west-1:111122223333:news'],
  ]),
  reason: about('Why the action needs any resource', text, ['the action has no resources']),
};
const schema = z.object(fields);

/** Errors of many services that mean: not now. */
const throttled = [
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceededException',
  'ProvisionedThroughputExceededException',
];

/** Longer than Step Functions waits for any answer. */
const defaultSeconds = 5 * 60;

/** An action of an AWS service, which the state machine calls itself: services report no end of a call. */
export const aws = {
  kind: 'aws',
  service: 'AWS',
  file: {
    fields,
    words: ['sdk', 'awssdk', 'boto', 'api', 'apicall', 'awsapi', 'call', 'action'],
    expressions: ['args'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { aws: call, args = {}, resources = [], reason } = read.data;
      return { kind: 'aws', call, args, resources, ...present({ reason }) };
    },
    check(work, _, report) {
      checkCall(work, report);
      checkArgs(work, report);
      checkResources(work, report);
    },
    values: ({ args }) => args,
    longest: () => defaultSeconds,
    noOutput: () => undefined,
  },
  things: {},
  uses: () => [],
  renamed: (work, _, value) => ({
    ...work,
    args: mapValues(work.args, value),
    resources: work.resources.map((each) => String(value(each))),
  }),
  runs: {
    by: 'state',
    work,
    name: ({ call }) => call,
    endsAtTimeout: true,
    state: ({ call, args }) => ({
      resource: `arn:aws:states:::aws-sdk:${call}`,
      arguments: Object.fromEntries(Object.keys(args).map((name) => [name, `{% $states.input.work.args.${name} %}`])),
    }),
    result: '$states.result',
    refused: (work) => errorsOf(work, throttled),
    never: (work) => errorsOf(work, ['AccessDeniedException', 'ValidationException']),
    grants: ({ call, resources, reason }) => ({ actions: permissionsOf(call), resources, ...present({ reason }) }),
    ended(end) {
      if ('result' in end) return { is: 'succeeded', says: 'succeeded', output: end.result };
      const { error, cause } = end;
      if (error === 'States.Timeout') return { is: 'timed_out', says: error };
      return { is: 'failed', says: error, message: cause === '' ? error : `${error}: ${cause}` };
    },
    gone: [],
    sends: [],
    errors: { failed: 'Aws.Failed', timedOut: 'Aws.TimedOut', stopped: 'Aws.Stopped' },
  },
} as const satisfies TaskKind<AwsWork>;

function partsOf(call: string): readonly [service: string, action: string] {
  const [service = '', action = ''] = call.split(':');
  return [service, action];
}

function errorsOf({ call }: AwsWork, names: readonly string[]): string[] {
  const [service] = partsOf(call);
  return names.map((name) => `${awsServices.get(service)?.name ?? service}.${name}`);
}

function checkCall({ call }: AwsWork, report: Report): void {
  const [service, action] = partsOf(call);
  const nearest = new Nearest();
  const path = ['aws'];
  if (!awsServices.has(service)) {
    const [meant] = [...awsServices].find(([, { iam }]) => iam === service) ?? [];
    const remedy =
      meant === undefined
        ? nearest.remedy(service, [...awsServices.keys()], 'name the service as in the ARN of a state')
        : `IAM calls it so; write \`${meant}:${action}\``;
    report({ path, code: 'aws-service', message: `there is no service \`${service}\``, remedy });
    return;
  }
  const known = actionsOf(service);
  if (known === undefined ? /^[a-z][A-Za-z0-9]*$/.test(action) : known.includes(action)) return;
  const remedy = nearest.remedy(action, known ?? [], 'name the action as in the ARN of a state, such as `getTable`');
  report({ path, code: 'aws-action', message: `${service} has no action \`${action}\``, remedy });
}

function checkArgs({ args }: AwsWork, report: Report): void {
  for (const name of Object.keys(args)) {
    if (/^[A-Z][A-Za-z0-9]*$/.test(name)) continue;
    const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const isName = /^[A-Z][A-Za-z0-9]*$/.test(capital);
    report({
      path: ['args', name],
      key: true,
      code: 'aws-args',
      message: 'Step Functions wants parameters that begin with a capital letter',
      remedy: isName ? `write \`${capital}\`` : 'write letters and digits only, as in `TopicArn`',
    });
  }
}

function checkResources({ call, resources, reason }: AwsWork, report: Report): void {
  const any = resources.includes('*');
  const actions = permissionsOf(call).join(', ');
  if (resources.length === 0) {
    report({
      path: ['aws'],
      code: 'aws-resources',
      message: `the task does not say on what the state machine may call ${actions}`,
      remedy: 'add `resources:` with ARNs; where IAM has none for the action, `*` with a `reason:`',
    });
  } else if (any && resources.length > 1) {
    const remedy = 'remove the others, or better `*`';
    report({ path: ['resources'], code: 'aws-resources', message: '`*` covers the other resources', remedy });
  } else if (any && reason === undefined) {
    const remedy = 'name the resources, or add `reason:` for those who review the role';
    report({ path: ['resources'], code: 'aws-resources', message: `\`*\` allows ${actions} on everything`, remedy });
  } else if (!any && reason !== undefined) {
    const message = 'only `*` has a reason';
    report({ path: ['reason'], key: true, code: 'aws-resources', message, remedy: 'remove it' });
  }
}
