import { writeFileSync } from 'node:fs';
import { expectRun, simulate } from 'gluewright/testing';
import { expect, test } from 'vitest';
import { createRandom } from '../../examples/kit/random.ts';
import { salesLines } from '../../examples/kit/sales-data.ts';
import { expectedSales } from './expected-sales.ts';
import { missing, runExample, temporaryFile } from './run-example.ts';

const file = 'examples/sales-lake/statemachines/sales-lake.yml';
const tasks = ['crawl-raw', 'partition', 'crawl-lake', 'totals', 'report'];

/** In a simulation, crawls go by the crawler's name and queries by the workgroup's. */
test.each([
  ['raw-sales', 'crawl-raw'],
  ['partition', 'partition'],
  ['lake-sales', 'crawl-lake'],
  ['primary', 'totals'],
  ['report', 'report'],
])('if %s fails, no later task runs on old data', async (name, task) => {
  const run = await simulate(file, { params: { report_year: 2021 }, jobs: { [name]: { state: 'FAILED' } } });

  const at = tasks.indexOf(task);
  expectRun(run)
    .toHaveFailed()
    .tasksToBe('succeeded', ...tasks.slice(0, at))
    .tasksToBe('failed', task);
  expectRun(run).tasksToBe('upstream_failed', ...tasks.slice(at + 1));
});

test('the SQL report has exact sums in cents', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const ran = runExample('sales-lake', '--param', 'report_year=2020');
  expect(ran.err).toBe('');
  expect(ran.report).toBe(expectedSales(salesLines(createRandom(1), 2_000, [2020, 2021, 2022]), '2020'));
});

test('a category may have any name, and its sum is exact', (c) => {
  const why = missing();
  if (why !== undefined) return c.skip(why);
  const data = temporaryFile('mine.json');
  const sale = (price: string, category: string) =>
    JSON.stringify({ product_name: 'A', price, customer_id: 'c', order_id: 'o', datetime: '2021-05-01', category });
  const sales = [
    sale('0.105', 'Home & Garden/50%=x'),
    sale('90071992547409.93', 'Big'),
    sale('0.005', 'Big'),
    sale('much', 'Big'),
  ];
  writeFileSync(data, [...sales, 'no JSON at all', ''].join('\n'));
  const ran = runExample('sales-lake', '--data', data);
  expect(ran.report).toBe(
    'category,total_sales,report_year\nBig,90071992547409.94,2021\nHome & Garden/50%=x,0.11,2021\n',
  );
});
