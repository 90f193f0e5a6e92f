import fc from 'fast-check';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Values, ranges, steps and lists of a field. Names may replace its numbers. */
function field(min: number, max: number, names: readonly string[] = []): fc.Arbitrary<string> {
  const number = fc.integer({ min, max });
  const value = (from: number): fc.Arbitrary<string> =>
    fc.constantFrom(String(from), names[from - min] ?? String(from));
  const range = fc.uniqueArray(number, { minLength: 2, maxLength: 2 }).chain((ends) => {
    const [from = min, to = max] = ends.toSorted((one, other) => one - other);
    return fc.tuple(value(from), value(to)).map((texts) => texts.join('-'));
  });
  const step = fc.tuple(number, fc.integer({ min: 1, max })).map(([from, by]) => `${from}/${by}`);
  const item = fc.oneof(number.chain(value), range, step);
  return fc.oneof(
    fc.constant('*'),
    item,
    fc.uniqueArray(item, { minLength: 2, maxLength: 3 }).map((items) => items.join(',')),
  );
}

const dayOfMonth = fc.oneof(field(1, 31), fc.constantFrom('L', '1W', '15W', '28W'));
const dayOfWeek = fc.oneof(
  field(1, 7, weekdays),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(([day, nth]) => `${day}#${nth}`),
  fc.integer({ min: 1, max: 7 }).map((day) => `${day}L`),
);
const days = fc.oneof(
  dayOfMonth.map((day) => [day, '?'] as const),
  dayOfWeek.map((day) => ['?', day] as const),
);

/** `cron(…)` as EventBridge has it, without its `cron(` and `)`. */
export const cronExpression: fc.Arbitrary<string> = fc
  .tuple(field(0, 59), field(0, 23), days, field(1, 12, months), fc.constantFrom('*', '2027', '2026-2036', '2026/2'))
  .map(([minute, hour, [day, weekday], month, year]) => [minute, hour, day, month, weekday, year].join(' '));
