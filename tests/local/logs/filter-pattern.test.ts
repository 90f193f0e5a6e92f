import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../local/logs/filter-pattern.ts';

describe('a filter pattern', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR occurred', true],
    ['ERROR', 'an error occurred', false],
    ['ERROR disk', 'disk: ERROR', true],
    ['ERROR disk', 'ERROR', false],
    ['"disk full"', 'the disk full of it', true],
    ['"disk full"', 'full disk', false],
    ['ERROR -retry', 'ERROR, will retry', false],
    ['?ERROR ?WARN', 'WARN: low', true],
    ['?ERROR ?WARN', 'INFO', false],
  ])('%j matches %j: %s', (pattern, message, matches) => {
    expect(compileFilter(pattern)(message)).toBe(matches);
  });

  test.each(['{ $.level = "x" }', '[ip, user]', '%ERR.R%'])('%j is rejected, rather than read as terms', (pattern) => {
    expect(() => compileFilter(pattern)).toThrow(expect.objectContaining({ name: 'InvalidParameterException' }));
  });
});
