import { assign, template } from './check-template.ts';
import { type Check, report } from './diagnostic.ts';
import { isString, number, oneOf, resultPath } from './field-checks.ts';
import { isFields, listOf, nested } from './object-fields.ts';

const errorEquals: Check = (value, place) => {
  listOf(isString, 1)(value, place);
  if (Array.isArray(value) && value.includes('States.ALL') && value.length > 1) {
    report(place, 'States.ALL must appear alone in ErrorEquals');
  }
};

/** `States.ALL` catches everything else, so it must come last. */
const allIsLast: Check = (value, place) => {
  if (!Array.isArray(value)) return;
  const first = value.findIndex(
    (each: unknown) => isFields(each) && Array.isArray(each.ErrorEquals) && each.ErrorEquals.includes('States.ALL'),
  );
  if (first >= 0 && first < value.length - 1) report(place, 'States.ALL must appear in the last element only');
};

const maxSeconds = 99_999_999;
const plain =
  (check: Check): Check =>
  (value, place) =>
    check(value, { ...place, language: 'JSONPath' }); // The numbers of a retrier are never expressions.

const retriers = listOf(
  nested({
    fields: {
      ErrorEquals: errorEquals,
      IntervalSeconds: plain(number(1, maxSeconds)),
      MaxAttempts: plain(number(0, maxSeconds)),
      BackoffRate: plain(number(1, Number.MAX_SAFE_INTEGER, false)),
      MaxDelaySeconds: plain(number(1, 31_622_400)),
      JitterStrategy: oneOf('FULL', 'NONE'),
      Comment: isString,
    },
    required: ['ErrorEquals'],
  }),
);

const catchers = listOf(
  nested({
    fields: { ErrorEquals: errorEquals, Next: isString, Assign: assign, Comment: isString },
    jsonPath: { ResultPath: resultPath },
    jsonata: { Output: template },
    required: ['ErrorEquals', 'Next'],
  }),
);

export const retry: Check = (value, place) => {
  retriers(value, place);
  allIsLast(value, place);
};

export const catchErrors: Check = (value, place) => {
  catchers(value, place);
  allIsLast(value, place);
};
