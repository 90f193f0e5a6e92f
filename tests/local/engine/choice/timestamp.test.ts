import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../../../local/engine/choice/timestamp.ts';

describe('a timestamp', () => {
  test.each([
    ['2016-03-14T01:59:00Z', '2016-03-14T01:59:00.000Z', 0],
    ['2016-03-14T01:59Z', '2016-03-14T01:59:00.000Z', 0],
    ['2016-03-14T01:59:00.123456789Z', '2016-03-14T01:59:00.123Z', 456_789],
    ['2016-03-14T01:59:00-02:30', '2016-03-14T04:29:00.000Z', 0],
    ['2016-02-29t00:00:00z', '2016-02-29T00:00:00.000Z', 0],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z', 0],
  ])('%s', (text, iso, nanos) => {
    expect(parseTimestamp(text)).toEqual({ ms: Date.parse(iso), nanos });
  });

  test.each([
    '2016-12-05T21:29:29',
    '2016-12-05 21:29:29Z',
    '2016-13-05T21:29:29Z',
    '2016-12-05T25:29:29Z',
    '2015-02-29T00:00:00Z',
    '2016-12-05T24:00:00Z',
    '05-12-2016T21:29:29Z',
    '2016-12-05T21:29:29+19:00',
    '2023-02-24',
    '',
  ])('is not %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
