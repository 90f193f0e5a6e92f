import { expect, test } from 'vitest';
import { nameInterval } from '../../../../shared/triggers/kinds/name-interval.ts';

test('a call without the parameter has no interval', () => {
  expect(nameInterval({ of: '{day}', timezone: 'UTC' }, {})).toEqual({
    problem: 'the interval is made of the parameter `day`, which is not given',
  });
});
