import { scheduleInput } from '../../events/schedule-due.ts';
import type { ScheduleTrigger } from '../../model/trigger.ts';
import { role } from '../permissions/policy.ts';
import { type Digest, functionArn, functionId, logicalId } from '../template/names.ts';
import { getAtt, type Resource, ref } from '../template/template.ts';
import { deadLetters, hours } from './event-rules.ts';
import { queuePolicyId } from './queue.ts';

/** A trigger's pipeline, name and stack. */
export type TriggerPlace = {
  readonly pipeline: string;
  readonly name: string;
  readonly stack: string;
  readonly digest: Digest;
};

const group = 'Schedules';
const schedulerRole = 'SchedulerRole';

/** Shared by all schedules: their group, and the role by which EventBridge Scheduler invokes `on-trigger`. */
export function schedulerResources(stack: string): Record<string, Resource> {
  return {
    [group]: {
      Type: 'AWS::Scheduler::ScheduleGroup',
      // Before its schedules: an older function would not know a new one, and its time would be missed.
      DependsOn: [functionId('on-trigger'), queuePolicyId(deadLetters)],
      Properties: { Name: stack },
    },
    [schedulerRole]: role('scheduler.amazonaws.com', `Schedules of ${stack}`, [
      { sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: [functionArn(stack, 'on-trigger')] },
      { sid: 'DeadLetters', actions: ['sqs:SendMessage'], resources: [getAtt(deadLetters, 'Arn')] },
    ]),
  };
}

/** The schedule of a trigger. */
export function scheduleResources(
  { pipeline, name, stack, digest }: TriggerPlace,
  trigger: ScheduleTrigger,
): Record<string, Resource> {
  const Properties = {
    Name: scheduleName(pipeline, name, digest),
    GroupName: ref(group),
    Description: `${pipeline} by its trigger ${name}`,
    ScheduleExpression: trigger.expression,
    ScheduleExpressionTimezone: trigger.timezone,
    // no flexible window: the schedule itself says when
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: {
      Arn: functionArn(stack, 'on-trigger'),
      RoleArn: getAtt(schedulerRole, 'Arn'),
      Input: JSON.stringify(scheduleInput(pipeline, name)),
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: hours(24) },
      DeadLetterConfig: { Arn: getAtt(deadLetters, 'Arn') },
    },
  };
  // the digest keeps apart triggers whose names end alike
  const id = logicalId('Pipeline', pipeline, `Schedule${digest(name).slice(0, 6)}`, digest);
  // what it starts is there before it
  const DependsOn = [logicalId('Pipeline', pipeline, 'Alias', digest)];
  return { [id]: { Type: 'AWS::Scheduler::Schedule', DependsOn, Properties } };
}

/** Scheduler's names have 64 characters. Our names contain no dot, so no two pairs are equal. */
function scheduleName(pipeline: string, trigger: string, digest: Digest): string {
  const full = `${pipeline}.${trigger}`;
  return full.length <= 64 ? full : `${full.slice(0, 55)}-${digest(full).slice(0, 8)}`;
}
