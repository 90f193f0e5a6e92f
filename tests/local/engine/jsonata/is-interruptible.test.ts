import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { isInterruptible } from '../../../../local/engine/jsonata/is-interruptible.ts';

const judged = (text: string): boolean => isInterruptible(text, jsonata(text).ast());

describe('an expression can be stopped in process', () => {
  test.each([
    '$states.input.rows + 1',
    "$join(names, ', ')",
    '$join(names)',
    "$substring($join([$keys(tasks)], ', '), 0, 1000)",
  ])('%s', (text) => expect(judged(text)).toBe(true));
});

describe('an expression has to be evaluated where it can be ended', () => {
  test.each([
    ['$match(text, /(a+)+$/)', 'a pattern may take for ever'],
    ['[1..9]', 'a range is made in one go'],
    ['$join(names, separator)', 'the separator may be long'],
    ["$join(names, '-----------------')", 'the separator is long'],
    ["$join($match(text, /a/).match, ', ')", 'what is joined is looked at, too'],
    ['$map(names, $join)', 'nobody knows what it is called with'],
    ['$pad("", n)', 'its result may be of any length'],
    ['input.constructor', 'every object has it'],
  ])('%s: %s', (text) => expect(judged(text)).toBe(false));
});
