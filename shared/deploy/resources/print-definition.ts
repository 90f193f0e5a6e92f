import type { StateMachine } from '../../asl/states/state-machine.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { type Substitutions, targetField, taskStates } from '../permissions/machine-permissions.ts';

/**
 * The definition as the text that CloudFormation fills `substitutions` in, wherever their tokens stand in it. Only what
 * a Task state invokes or starts is left as a token: in all that people wrote `${` is spelled with JSON's `\u0024`,
 * which CloudFormation does not see and Step Functions reads as the same text.
 *
 * @param partition of the Region: integrations of China and GovCloud have ARNs of their own
 */
export function printDefinition(definition: StateMachine, substitutions: Substitutions, partition: string): string {
  const tasks = taskStates(definition);
  const own = new Map<Json, string>(tasks.map((task) => [task.Arguments, targetField(task)]));
  const states = new Set<Json>(tasks);
  const print = (value: Json): string => {
    if (Array.isArray(value)) return `[${value.map(print).join()}]`;
    return isJsonObject(value) ? printObject(value) : literal(value);
  };
  const printObject = (value: JsonObject): string => {
    const field = own.get(value);
    const entries = Object.entries(value).map(([name, each]) => {
      if (name === 'Resource' && typeof each === 'string' && states.has(value)) {
        return `"Resource":${JSON.stringify(each.replace(/^arn:aws:/, `arn:${partition}:`))}`;
      }
      const token = name === field && typeof each === 'string' && substitutions.has(each);
      return `${literal(name)}:${token ? JSON.stringify(each) : print(each)}`;
    });
    return `{${entries.join()}}`;
  };
  return print(definition);
}

function literal(value: Json): string {
  return JSON.stringify(value).replaceAll('${', '\\u0024{');
}
