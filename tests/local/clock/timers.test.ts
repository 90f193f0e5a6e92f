import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createTimers } from '../../../local/clock/timers.ts';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';

/** A database that refuses writes until `seconds` have passed. */
function world(seconds: number) {
  const clock = createVirtualClock(0);
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE written (at); PRAGMA query_only = ON');
  clock.at(seconds * 1_000, () => database.exec('PRAGMA query_only = OFF'));
  const write = () => void database.prepare('INSERT INTO written VALUES (?)').run(clock.now());
  const written = () =>
    database
      .prepare('SELECT at FROM written')
      .all()
      .map(({ at }) => at);
  return { clock, timers: createTimers(clock), write, written };
}

describe('a write that the disk refuses', () => {
  test('in a timer is retried until the disk accepts it', async () => {
    const { clock, timers, write, written } = world(5.5);
    timers.at(1_000, write);
    await clock.run(() => false);
    expect(written()).toEqual([6_000]);
  });

  test('is retried even without a timer', async () => {
    const { clock, timers, write, written } = world(2.5);
    timers.retryWrite(write);
    await clock.run(() => false);
    expect(written()).toEqual([3_000]);
  });

  test('is not retried after a cancellation', async () => {
    const { clock, timers, write, written } = world(5);
    const cancel = timers.at(1_000, write);
    timers.at(1_000, write);
    clock.at(2_500, cancel);
    clock.at(3_500, () => timers.cancelAll());
    await clock.run(() => false);
    expect(written()).toEqual([]);
  });

  test('differs from any other failure, which is thrown', async () => {
    const { timers } = world(0);
    const fail = () => {
      throw new RangeError('a mistake');
    };
    expect(() => timers.retryWrite(fail)).toThrow(RangeError);
  });
});
