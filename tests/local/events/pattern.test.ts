import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidEventPattern } from '../../../local/events/invalid-event-pattern.ts';
import { compilePattern } from '../../../local/events/pattern.ts';

const glue = {
  source: 'aws.glue',
  'detail-type': 'Glue Job State Change',
  detail: { jobName: 'orders-curate', state: 'FAILED', message: '', retries: 3, tags: ['nightly', 'eu'], note: null },
  ip: '10.0.0.17',
  files: [
    { name: 'a.csv', size: 5 },
    { name: 'b.json', size: 50 },
  ],
};

const table: [name: string, pattern: unknown, matches: boolean][] = [
  ['a literal', { source: ['aws.glue'] }, true],
  ['another literal', { source: ['aws.s3'] }, false],
  ['one of several literals', { source: ['aws.s3', 'aws.glue'] }, true],
  ['fields of the detail, all of them', { detail: { state: ['FAILED'], jobName: ['x'] } }, false],
  ['a number', { detail: { retries: [3] } }, true],
  ['a number as text does not match', { detail: { retries: ['3'] } }, false],
  ['null', { detail: { note: [null] } }, true],
  ['null is not absent', { detail: { nothing: [null] } }, false],
  ['the empty string', { detail: { message: [''] } }, true],
  ['an element of an array', { detail: { tags: ['eu'] } }, true],
  ['prefix', { detail: { jobName: [{ prefix: 'orders-' }] } }, true],
  ['prefix of other case', { detail: { jobName: [{ prefix: 'ORDERS-' }] } }, false],
  ['prefix, case ignored', { detail: { jobName: [{ prefix: { 'equals-ignore-case': 'ORDERS-' } }] } }, true],
  ['suffix', { detail: { jobName: [{ suffix: 'curate' }] } }, true],
  ['suffix, case ignored', { detail: { jobName: [{ suffix: { 'equals-ignore-case': 'CURATE' } }] } }, true],
  ['equals-ignore-case', { detail: { state: [{ 'equals-ignore-case': 'failed' }] } }, true],
  ['anything-but', { detail: { state: [{ 'anything-but': 'SUCCEEDED' }] } }, true],
  ['anything-but, a list', { detail: { state: [{ 'anything-but': ['SUCCEEDED', 'FAILED'] }] } }, false],
  ['anything-but a number', { detail: { retries: [{ 'anything-but': [1, 2] }] } }, true],
  ['anything-but of an absent field', { detail: { nothing: [{ 'anything-but': 'x' }] } }, false],
  ['anything-but a prefix', { detail: { jobName: [{ 'anything-but': { prefix: 'orders' } }] } }, false],
  ['anything-but prefixes', { detail: { jobName: [{ 'anything-but': { prefix: ['a', 'b'] } }] } }, true],
  ['anything-but a suffix', { detail: { jobName: [{ 'anything-but': { suffix: '.tmp' } }] } }, true],
  [
    'anything-but, case ignored',
    { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'failed' } }] } },
    false,
  ],
  ['anything-but a wildcard', { detail: { jobName: [{ 'anything-but': { wildcard: '*-load' } }] } }, true],
  ['numeric, equal', { detail: { retries: [{ numeric: ['=', 3] }] } }, true],
  ['numeric, a range', { detail: { retries: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
  ['numeric, outside the range', { detail: { retries: [{ numeric: ['>', 3, '<', 9] }] } }, false],
  ['numeric, of a text', { detail: { state: [{ numeric: ['>', 0] }] } }, false],
  ['exists', { detail: { note: [{ exists: true }] } }, true],
  ['exists, of an absent field', { detail: { nothing: [{ exists: true }] } }, false],
  ['does not exist', { detail: { nothing: [{ exists: false }] } }, true],
  ['does not exist, below what does not exist', { nothing: { at: { all: [{ exists: false }] } } }, true],
  ['exists considers only leaves', { detail: [{ exists: true }] }, false],
  ['wildcard', { detail: { jobName: [{ wildcard: 'o*-*e' }] } }, true],
  ['wildcard that does not match', { detail: { jobName: [{ wildcard: 'orders-curate*e' }] } }, false],
  ['wildcard with a star in the text', { detail: { jobName: [{ wildcard: 'orders\\*' }] } }, false],
  ['cidr', { ip: [{ cidr: '10.0.0.0/24' }] }, true],
  ['cidr of another net', { ip: [{ cidr: '10.0.1.0/24' }] }, false],
  ['cidr of version 6', { ip: [{ cidr: '2001:db8::/32' }] }, false],
  ['$or', { $or: [{ source: ['aws.s3'] }, { detail: { state: ['FAILED'] } }] }, true],
  ['$or and a sibling field', { source: ['aws.s3'], $or: [{ source: ['aws.glue'] }, { ip: ['x'] }] }, false],
  ['$or within an object', { detail: { $or: [{ state: ['STOPPED'] }, { retries: [{ numeric: ['>', 2] }] }] } }, true],
  [
    'an array of objects, by one of them',
    { files: { name: [{ suffix: '.csv' }], size: [{ numeric: ['<', 9] }] } },
    true,
  ],
  ['never across two objects of an array', { files: { name: [{ suffix: '.csv' }], size: [50] } }, false],
];

describe('an event pattern', () => {
  test.each(table)('%s', (_name, pattern, expected) => {
    expect(compilePattern(pattern)(glue)).toBe(expected);
  });

  const invalid: [string, unknown][] = [
    ['not an object', 'aws.glue'],
    ['an empty object', {}],
    ['a bare value', { source: 'aws.glue' }],
    ['an empty list', { source: [] }],
    ['an unknown filter', { source: [{ starts: 'aws' }] }],
    ['a key of Object.prototype', { source: [{ toString: 'aws' }] }],
    ['two filters in one', { source: [{ prefix: 'a', suffix: 'b' }] }],
    ['a double star', { source: [{ wildcard: 'a**' }] }],
    ['an odd numeric', { n: [{ numeric: ['>'] }] }],
    ['a bad cidr', { ip: [{ cidr: '10.0.0.0/33' }] }],
    ['anything-but of mixed types', { n: [{ 'anything-but': [1, 'a'] }] }],
    ['$or of one', { $or: [{ n: [1] }] }],
  ];

  test.each(invalid)('is rejected: %s', (_name, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(InvalidEventPattern);
  });

  test('any JSON either compiles and tests any event, or is rejected as invalid', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (pattern, event) => {
        try {
          expect(typeof compilePattern(pattern)(event)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidEventPattern);
        }
      }),
    );
  });

  test('a wildcard matches like the equivalent regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 }).filter((p) => !p.includes('**'));
    fc.assert(
      fc.property(pattern, text, (wildcard, value) => {
        const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`, 's').test(value);
        expect(compilePattern({ v: [{ wildcard }] })({ v: value })).toBe(expected);
      }),
    );
  });
});
