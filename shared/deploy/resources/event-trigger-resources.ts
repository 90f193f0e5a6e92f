import { eventTemplate } from '../../events/event-due.ts';
import type { Json, JsonObject } from '../../json.ts';
import { type Digest, functionArn, functionId, logicalId, ownId } from '../template/names.ts';
import { arn, type Resource, ref } from '../template/template.ts';
import { deadLetters, hours, target } from './event-rules.ts';
import { queuePolicyId } from './queue.ts';
import type { TriggerPlace } from './schedule-resources.ts';

const ruleLimit = 64;
const started = 'on-trigger';
const permission = 'EventTriggersPermission';

/** The rules of all event triggers share a prefix, so that one permission and one statement of a policy are enough. */
const prefix = (stack: string): string => `${stack}-on-`;

/** The rule of one trigger. It names the trigger for the function, which therefore needs no patterns. */
export function eventTriggerRule(
  { pipeline, name, stack, digest }: TriggerPlace,
  pattern: JsonObject,
): Record<string, Resource> {
  const id = logicalId('Pipeline', pipeline, `Event${digest(name).slice(0, 6)}`, digest);
  const Properties = {
    Name: ruleNameOf(stack, `${pipeline}.${name}`, digest),
    Description: `${pipeline} by its trigger ${name}`,
    State: 'ENABLED',
    EventPattern: pattern,
    Targets: [
      {
        ...target(functionArn(stack, started), hours(24)),
        InputTransformer: { InputTemplate: eventTemplate(pipeline, name) },
      },
    ],
  };
  // Last: earlier events would be dropped, as would those that a function with an older catalog takes.
  const DependsOn = [
    functionId(started),
    permission,
    ownId(started, 'Invocations'),
    queuePolicyId(deadLetters),
    logicalId('Pipeline', pipeline, 'Alias', digest),
  ];
  return { [id]: { Type: 'AWS::Events::Rule', DependsOn, Properties } };
}

/** Lets the rules of all event triggers invoke the function. */
export function eventTriggerPermission(stack: string): Record<string, Resource> {
  return {
    [permission]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: ref(functionId(started)),
        Principal: 'events.amazonaws.com',
        SourceArn: eventTriggerRules(stack),
        SourceAccount: ref('AWS::AccountId'),
      },
    },
  };
}

/** The ARNs of those rules. */
export function eventTriggerRules(stack: string): Json {
  return arn('events', `rule/${prefix(stack)}*`);
}

/** Our names contain no dot, so no two pairs are equal. */
function ruleNameOf(stack: string, name: string, digest: Digest): string {
  const room = ruleLimit - prefix(stack).length;
  if (name.length <= room) return prefix(stack) + name;
  const end = digest(name).slice(0, 8);
  return prefix(stack) + (room > 9 ? `${name.slice(0, room - 9)}-` : '') + end;
}
