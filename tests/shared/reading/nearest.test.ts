import { expect, test } from 'vitest';
import { editDistance, Nearest } from '../../../shared/reading/nearest.ts';

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['abc', 'xbc', 1],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
])('%j and %j are %i apart', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test.each([
  ['tiemout', 'timeout'],
  ['After', 'after'],
  ['x', undefined],
  ['something', undefined],
  ['any_success', 'any_succeeded'],
  ['ordered', undefined],
])('%s was meant to be %s', (name, expected) => {
  expect(
    new Nearest().of(name, [
      'after',
      'timeout',
      'a',
      'any_succeeded',
      'any_failed',
      'all_succeeded',
      'ordered_by_day',
      'ordered_by_hour',
    ]),
  ).toBe(expected);
});

test('among very many names nothing is suggested', () => {
  const nearest = new Nearest();
  const names = Array.from({ length: 1000 }, (_, at) => `name${at}`);
  for (let at = 0; at < 400; at += 1) nearest.of('nam', names);
  expect(nearest.of('tiemout', ['timeout'])).toBeUndefined();
});
