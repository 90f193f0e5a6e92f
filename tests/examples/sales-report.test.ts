import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { salesLines } from '../../examples/kit/sales-data.ts';
import { expectedSales } from './expected-sales.ts';
import { missing, runExample, temporaryFile } from './run-example.ts';

test('the report of the sample sales has exact sums in cents', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const ran = runExample('sales-report', '--param', 'report_year=2022');
  expect(ran.err).toBe('');
  expect(ran.report).toBe(expectedSales(salesLines(createRandom(1), 2_000, [2020, 2021, 2022]), '2022'));
  expect(ran.report.split('\n')).toHaveLength(7);
});

test('a user’s file is summed exactly, without its unreadable rows', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const sale = (price: unknown, datetime: unknown, category: unknown) =>
    JSON.stringify({ product_name: 'P', price, customer_id: 'c', order_id: 'o', datetime, category });
  const data = temporaryFile('mine.json');
  writeFileSync(
    data,
    [
      ...Array.from({ length: 10 }, () => sale('0.1', '2021-05-01T10:00:00Z', 'Toys, big')),
      sale('0.005', '2021-12-31 23:59:59', 'Art'),
      sale('90071992547409.93', '2021-01-01 00:00:00', 'Art'),
      sale('1', '2020-12-31 23:59:59', 'Art'),
      sale('much', '2021-01-01 00:00:00', 'Art'),
      sale('5', null, 'Art'),
      'no JSON at all',
    ].join('\n'),
  );
  const ran = runExample('sales-report', '--data', data, '--param', 'report_year=2021');
  expect(ran.err).toBe('');
  expect(ran.report).toBe('category,total_sales,report_year\nArt,90071992547409.94,2021\n"Toys, big",1.00,2021\n');
});
