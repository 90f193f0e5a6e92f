import { readFileSync } from 'node:fs';
import type { Example } from '../kit/example.ts';
import { salesLines } from '../kit/sales-data.ts';

export const salesLake: Example = {
  about: 'a crawler, folders by category and year, a crawler, and a report by SQL',
  pipeline: 'sales-lake',
  params: { report_year: '2021' },
  prepare({ put, random }, data) {
    const lines = data === undefined ? salesLines(random, 2_000, [2020, 2021, 2022]) : readFileSync(data);
    put('s3://landing/sales/sales.json', lines);
  },
  report: ({ report_year }) => `s3://reports/sales/${report_year}/report.csv`,
};
