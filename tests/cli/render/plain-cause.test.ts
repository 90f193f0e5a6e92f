import { expect, test } from 'vitest';
import { plainCause } from '../../../shared/views/why/plain-cause.ts';

const said = (expression: string, field: string, what: string): string =>
  `The JSONata expression '${expression}' specified for the field '${field}' ${what}`;
const bound = "($tasks:={'a':$states.input.tasks.`a`,'b-b':$states.input.above.`b-b`}; $tasks.a.output.rows )";
const args = 'Arguments/Payload/work/args';
const nothing = 'returned nothing (undefined).';

test.each([
  [said(bound, `${args}/x`, nothing), 'argument x: `$tasks.a.output.rows` returned nothing'],
  [
    `An error occurred while executing the state 'b' (entered at the event id #7). ${said(bound, `${args}/x`, nothing)}`,
    'argument x: `$tasks.a.output.rows` returned nothing',
  ],
  [said('$params.n', `${args}/deep[1]/y`, nothing), 'argument deep[1].y: `$params.n` returned nothing'],
  [said("{'a': 1};", 'Arguments/Payload/if', nothing), "if: `{'a': 1};` returned nothing"],
  [
    said(
      '$number($params.n)',
      `${args}/z`,
      'threw an error during evaluation. D3030: Unable to cast value to a number: "a"',
    ),
    'argument z: `$number($params.n)` failed: D3030: Unable to cast value to a number: "a"',
  ],
  [
    said('$f', `${args}/z`, 'returned an unsupported result type.'),
    'argument z: `$f` returned something other than JSON',
  ],
  // the beginning is cut off
  [said(bound, `${args}/x`, nothing).slice(50), 'argument x: `$tasks.a.output.rows` returned nothing'],
  [said(bound, `${args}/x`, nothing).slice(100), 'argument x: `…ks.a.output.rows )` returned nothing'],
  ['The job ended with exit code 3', 'The job ended with exit code 3'],
  ['', ''],
])('%s', (cause, plain) => {
  expect(plainCause(cause)).toBe(plain);
});
