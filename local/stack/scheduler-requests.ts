import { schedulesOf } from '../../shared/actors/schedule-actor.ts';
import { scheduleInput } from '../../shared/events/schedule-due.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Scheduled } from '../../shared/triggers/schedules/advance-schedule.ts';
import { account, region } from '../service/account.ts';
import type { WireRequest, WireResponse } from '../service/http-message.ts';
import type { StackNames } from './account.ts';

/** EventBridge Scheduler's REST API, read-only: the schedules that the stack would have on AWS. */
export function schedulerRequests(options: {
  readonly pipelines: () => readonly Pipeline[];
  readonly stack: string;
  readonly names: Pick<StackNames, 'functionArn'>;
}): (request: WireRequest) => Promise<WireResponse> {
  const { stack } = options;
  const arn = (kind: string, name: string) => `arn:aws:scheduler:${region}:${account}:${kind}/${name}`;
  const group = { Name: stack, Arn: arn('schedule-group', stack), State: 'ACTIVE' };
  const all = () => options.pipelines().flatMap(schedulesOf);
  const nameOf = ({ pipeline, trigger }: Scheduled) => `${pipeline}.${trigger}`;
  const summary = (of: Scheduled) => ({
    Name: nameOf(of),
    GroupName: stack,
    Arn: arn('schedule', `${stack}/${nameOf(of)}`),
    State: 'ENABLED',
  });
  const target = (of: Scheduled) => ({
    Arn: options.names.functionArn('on-trigger'),
    RoleArn: `arn:aws:iam::${account}:role/local`,
    Input: JSON.stringify(scheduleInput(of.pipeline, of.trigger)),
  });

  return async ({ method, path, query }) => {
    const [kind, name, ...rest] = path.slice(1).split('/').map(decodeURIComponent);
    if (method !== 'GET' || rest.length > 0)
      return refuse(
        501,
        'NotImplemented',
        `${method} ${path} is not supported locally: schedules come from the pipelines`,
      );
    if (kind === 'schedule-groups' && name === undefined) return json(200, { ScheduleGroups: [group] });
    if (kind === 'schedule-groups' && name === stack) return json(200, group);
    if (kind === 'schedules' && name === undefined) {
      const prefix = query.get('NamePrefix') ?? '';
      const ours = (query.get('ScheduleGroup') ?? stack) === stack;
      const listed = ours ? all().filter((of) => nameOf(of).startsWith(prefix)) : [];
      return json(200, {
        Schedules: listed.map((of) => ({ ...summary(of), Target: { Arn: target(of).Arn } })),
      });
    }
    const found = kind === 'schedules' ? all().find((of) => nameOf(of) === name) : undefined;
    if (found === undefined) return refuse(404, 'ResourceNotFoundException', `${name ?? path} does not exist.`);
    return json(200, {
      ...summary(found),
      ScheduleExpression: found.expression,
      ScheduleExpressionTimezone: found.timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: target(found),
    });
  };
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

function refuse(status: number, type: string, message: string): WireResponse {
  return json(status, { Message: message }, { 'x-amzn-errortype': type });
}
