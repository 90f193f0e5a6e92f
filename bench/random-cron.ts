import type { Random } from '../testing/random.ts';

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** The six fields of a random cron expression of EventBridge Scheduler, with everything its syntax allows. */
export function randomCron(random: Random, years: readonly [number, number]): string {
  const whole = random.integer;
  const one = <T>(...of: readonly [T, ...T[]]): T => random.pick(of);
  const list = (item: () => string): string => Array.from({ length: one(1, 1, 1, 2, 3) }, item).join(',');
  const name = (words: readonly string[], number: number): string =>
    one(String(number), words[number - 1] ?? String(number));

  const numbers = (least: number, most: number, words?: readonly string[]): string => {
    const written = (number: number): string => (words === undefined ? String(number) : name(words, number));
    const range = (): string => {
      const [first, last] = [whole(least, most), whole(least, most)];
      // Ranges of names may wrap around the year or the week.
      return words === undefined && last < first
        ? `${written(last)}-${written(first)}`
        : `${written(first)}-${written(last)}`;
    };
    const step = (): number => whole(1, Math.max(1, Math.min(most - least, 40)));
    return one(
      () => written(whole(least, most)),
      () => written(whole(least, most)),
      range,
      () => `${range()}/${step()}`,
      () => `${written(whole(least, most))}/${step()}`,
      () => `*/${step()}`,
    )();
  };

  const date = (): string =>
    one(
      () => 'L',
      () => 'LW',
      () => `${whole(1, 31)}W`,
      () => numbers(1, 31),
    )();
  const weekday = (): string =>
    one(
      () => 'L',
      () => `${name(weekdays, whole(1, 7))}L`,
      () => `${name(weekdays, whole(1, 7))}#${whole(1, 5)}`,
      () => numbers(1, 7, weekdays),
    )();
  const [dates, days] = one<() => readonly [string, string]>(
    () => ['*', '?'],
    () => ['?', '*'],
    () => [list(date), '?'],
    () => ['?', list(weekday)],
  )();
  return [
    // Every minute is rare: it has as many instants as all others together.
    one('0', '30', String(whole(0, 59)), random.chance(0.05) ? '*' : list(() => numbers(0, 59))),
    // The hours at which clocks change come more often than others.
    one(
      '*',
      String(whole(0, 3)),
      `${whole(0, 2)}-3`,
      list(() => numbers(0, 23)),
    ),
    dates,
    one(
      '*',
      '*',
      list(() => numbers(1, 12, months)),
    ),
    days,
    one(
      '*',
      '*',
      '*',
      list(() => numbers(...years)),
    ),
  ].join(' ');
}
