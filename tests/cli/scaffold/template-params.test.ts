import { expect, test } from 'vitest';
import { readTemplateParam, type TemplateParam } from '../../../cli/scaffold/template-params.ts';

const param = (type: Exclude<TemplateParam['type'], 'choice'>): TemplateParam => ({
  name: 'p',
  type,
  about: '',
  example: '',
});
const choice: TemplateParam = { name: 'p', type: 'choice', about: '', example: '', choices: ['csv', 'json'] };

test.each<[TemplateParam, string, string]>([
  [param('name'), ' city-trips2 ', 'city-trips2'],
  [param('bucket address'), 's3://lake', 's3://lake/'],
  [param('bucket address'), 's3://landing/sales/day=1', 's3://landing/sales/day=1/'],
  [param('column name'), 'Größe "in" m² ($)', 'Größe "in" m² ($)'],
  [param('cron'), 'cron(0 6 1 1 ? *)', 'cron(0 6 1 1 ? *)'],
  [param('cron'), 'none', 'none'],
  [choice, 'csv', 'csv'],
])('%j takes %j', (of, text, value) => {
  expect(readTemplateParam(of, text)).toEqual({ value });
});

test.each<[TemplateParam, string]>([
  ...['', 'Sales', 'a_b', 'a--b', '../a', '1a', 'a: {}', 'constructor', 'a'.repeat(41)].map(
    (text): [TemplateParam, string] => [param('name'), text],
  ),
  ...['lake', 's3://', 's3://Lake/', 's3://lake/../x', 's3://lake//x', "s3://lake/a'b", 's3://lake/{% 1 %}'].map(
    (text): [TemplateParam, string] => [param('bucket address'), text],
  ),
  ...['', '{% 1 %}', '--format', 'a\nb', 'a{b', 'a'.repeat(129)].map((text): [TemplateParam, string] => [
    param('column name'),
    text,
  ]),
  ...['0 6 * * *', 'cron(0 6)', 'rate(1 hour)', 'at(2026-11-22T03:00:00)', ''].map((text): [TemplateParam, string] => [
    param('cron'),
    text,
  ]),
  [choice, 'xml'],
])('%j refuses %j', (of, text) => {
  expect(readTemplateParam(of, text)).toEqual({ problem: expect.stringMatching(/./) });
});
