import { choiceRule } from './check-choice-rule.ts';
import { catchErrors, retry } from './check-error-handling.ts';
import { mapShape } from './check-map.ts';
import { resource } from './check-resource.ts';
import { argumentsTemplate, assign, objectTemplate, template } from './check-template.ts';
import type { Check } from './diagnostic.ts';
import {
  anything,
  isBoolean,
  isString,
  number,
  path,
  pathOrNull,
  pathOrText,
  resultPath,
  textOrExpression,
  timestamp,
} from './field-checks.ts';
import { listOf, type Shape } from './object-fields.ts';

type Checks = Readonly<Record<string, Check>>;

const any: Checks = { Type: isString, Comment: isString, QueryLanguage: anything };
const goesOn: Checks = { Next: isString, End: isBoolean, Assign: assign };
const filtered: Pick<Shape, 'jsonPath' | 'jsonata'> = {
  jsonPath: { InputPath: pathOrNull, OutputPath: pathOrNull },
  jsonata: { Output: template },
};
const handled: Checks = { Retry: retry, Catch: catchErrors };
const placed: Checks = { ...filtered.jsonPath, ResultPath: resultPath };
const worked: Checks = { ...placed, Parameters: template, ResultSelector: objectTemplate };
const answered: Checks = { ...filtered.jsonata, Arguments: argumentsTemplate };

/** AWS's maximum is a year. Task's default is 99,999,999 s. */
const seconds = number(1, 99_999_999);

/** The state types of the States Language and their fields, in the order in which AWS lists them. */
export const stateShapes = {
  Task: {
    fields: {
      ...any,
      ...goesOn,
      ...handled,
      Resource: resource,
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
      Credentials: objectTemplate,
    },
    jsonPath: { ...worked, TimeoutSecondsPath: path, HeartbeatSecondsPath: path },
    jsonata: answered,
    required: ['Resource'],
    exclusive: [
      ['TimeoutSeconds', 'TimeoutSecondsPath'],
      ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
    ],
  },
  Wait: {
    fields: { ...any, ...goesOn, Seconds: number(0, 99_999_999), Timestamp: timestamp },
    jsonPath: { ...filtered.jsonPath, SecondsPath: path, TimestampPath: path },
    jsonata: { ...filtered.jsonata },
  },
  Pass: {
    fields: { ...any, ...goesOn },
    jsonPath: { ...placed, Parameters: template, Result: anything },
    jsonata: { Output: template },
  },
  Succeed: { fields: any, ...filtered },
  Fail: {
    fields: { ...any, Error: textOrExpression, Cause: textOrExpression },
    jsonPath: { ErrorPath: pathOrText, CausePath: pathOrText },
    exclusive: [
      ['Error', 'ErrorPath'],
      ['Cause', 'CausePath'],
    ],
  },
  Choice: {
    fields: { ...any, Assign: assign, Choices: listOf(choiceRule, 1), Default: isString },
    ...filtered,
    required: ['Choices'],
  },
  Parallel: {
    fields: { ...any, ...goesOn, ...handled, Branches: anything },
    jsonPath: worked,
    jsonata: answered,
    required: ['Branches'],
  },
  Map: {
    fields: { ...any, ...goesOn, ...handled, ...mapShape.fields },
    jsonPath: { ...worked, ...mapShape.jsonPath },
    jsonata: { Output: template, ...mapShape.jsonata },
    exclusive: mapShape.exclusive ?? [],
  },
} satisfies Record<string, Shape>;

export type StateType = keyof typeof stateShapes;

export function isStateType(value: unknown): value is StateType {
  return typeof value === 'string' && Object.hasOwn(stateShapes, value);
}
