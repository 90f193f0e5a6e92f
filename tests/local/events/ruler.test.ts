import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createBus } from '../../../local/events/bus.ts';
import { compilePattern } from '../../../local/events/pattern.ts';

describe('a pattern matches as AWS’s Event Ruler has it:', () => {
  test.each<[object, object, boolean]>([
    [{ a: { b: [{ exists: false }] } }, { a: [] }, true],
    [{ a: { b: [{ exists: false }] } }, { a: [{ b: 1 }, {}] }, false],
    [{ d: { id: ['x'], del: [{ exists: false }] } }, { d: [{ id: 'x' }, { id: 'y', del: 1 }] }, false],
    [{ d: { id: ['x'], del: [{ exists: false }] } }, { d: [{ id: 'x' }, { id: 'y' }] }, true],
    [
      { d: { id: ['x'], n: [1] } },
      {
        d: [
          { id: 'x', n: 2 },
          { id: 'y', n: 1 },
        ],
      },
      false,
    ],
    [{ 'detail.state': ['x'] }, { detail: { state: 'x' } }, true],
    [{ 'detail.state': ['x'] }, { detail: [{ state: 'y' }, { state: 'x' }] }, true],
    [{ $or: ['x'] }, { $or: 'x' }, true],
    [{ a: [{ exactly: 'x' }] }, { a: 'x' }, true],
  ])('%j, %j: %s', (pattern, event, matches) => {
    expect(compilePattern(pattern)(event)).toBe(matches);
  });

  test.each([
    { a: [{ 'anything-but': { prefix: '' } }] },
    { a: [{ 'anything-but': { suffix: [''] } }] },
    { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] },
    { a: [{ prefix: { 'equals-ignore-case': 'x', other: 'y' } }] },
    { foo: {} },
    { a: [{ numeric: ['=', 2, '<', 3] }] },
    { a: [{ numeric: ['<', 5, '>', 1] }] },
    { a: [{ numeric: ['>', 1, '>', 2] }] },
    { a: [{ numeric: ['>', 5, '<', 1] }] },
    { a: [{ numeric: ['<', 6e9] }] },
    { a: [{ cidr: '10.0.0.1/32' }] },
  ])('%j is rejected', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/Event pattern is not valid/);
  });
});

describe('PutEvents', () => {
  const bus = () => {
    const clock = createVirtualClock(0);
    return createBus({ database: new DatabaseSync(':memory:'), clock, uuid: () => 'id', account: '0', region: 'r' });
  };
  const entry = { Source: 's', DetailType: 'd', Detail: '{}' };

  test.each([
    [{ ...entry, Source: 'aws.s3' }, 'NotAuthorizedForSource', 'Not authorized for the source.'],
    [{ ...entry, Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ ...entry, Detail: '"x"' }, 'MalformedDetail', 'Detail is malformed.'],
    [
      { ...entry, Source: '' },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      { Source: 's', Detail: '{}' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
  ])('rejects %j as %s', async (one, ErrorCode, ErrorMessage) => {
    const answer = await bus().operations.PutEvents?.({ Entries: [one, entry] });
    expect(answer).toEqual({ Entries: [{ ErrorCode, ErrorMessage }, { EventId: 'id' }], FailedEntryCount: 1 });
  });

  test('rejects more than 256 KB, and 11 entries', async () => {
    const large = { ...entry, Detail: JSON.stringify({ a: 'x'.repeat(270_000) }) };
    await expect(bus().operations.PutEvents?.({ Entries: [large] })).rejects.toThrow(/over the limit/);
    await expect(bus().operations.PutEvents?.({ Entries: Array(11).fill(entry) })).rejects.toThrow(
      /less than or equal to 10/,
    );
  });

  test('keeps the time that an event states', () => {
    expect(bus().put({ source: 's', detailType: 'd', detail: {}, time: 86_400_000 }).time).toBe('1970-01-02T00:00:00Z');
  });
});
