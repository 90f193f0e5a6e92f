import * as z from 'zod/mini';
import { dateSteps, type ItemSource } from '../../calls/own-call.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { storedJson } from '../../ledger/decision.ts';
import { described, field, oneOf, value } from '../../reading/fields.ts';
import { timeOf } from '../../units/time-of.ts';
import type { Use } from '../kind/task-kind.ts';

const isExpression = (text: string): boolean => /^\{%[\s\S]*%\}$/.test(text);

const expression = z.string().check(z.regex(/^\{%[\s\S]*%\}$/));
const time = z.string().check(z.refine((text) => timeOf(text) !== undefined || isExpression(text)));
const address = z.string().check(z.refine((text) => /^s3:\/\/[^/*]+\/[^*]*$/.test(text) || isExpression(text)));

const folder = field(address, {
  expected: 'the address of a folder in S3, or an expression that makes one',
  remedy: 'write s3://BUCKET/FOLDER/; there are no patterns',
  examples: ['s3://landing/tables/'],
  description: 'The address of a folder: an item for each object below it',
});
const file = field(z.clone(address), {
  expected: 'the address of a file in S3, or an expression that makes one',
  remedy: 'write s3://BUCKET/KEY, or "{% $tasks.QUERY.output.result %}"',
  examples: ['s3://landing/tables.csv', '{% $tasks.query.output.result %}'],
  description: 'The address of a CSV file with a header, of JSON Lines, or of a JSON list: an item for each row',
});

const firstTime = field(time, {
  expected: 'a date or a time, or an expression that makes one',
  remedy: 'write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ',
  examples: ['2026-01-01', '{% $interval.start %}'],
  description: 'The first date, or a time in its hour',
});
const lastTime = field(z.clone(time), {
  expected: 'a date or a time, or an expression that makes one',
  remedy: 'write YYYY-MM-DD, which is included, or YYYY-MM-DDTHH:MM:SSZ, which is not',
  examples: ['2026-01-31', '{% $interval.end %}'],
  description: 'The last date, or the time before which the last item begins',
});
const dates = z.strictObject({ from: firstTime, to: lastTime, by: oneOf(dateSteps) });

/** As it is written: a list, an expression that makes one, or where the items come from. */
export const overField = described(
  'The items: a list, an expression that makes one, dates, the objects of a folder, or the rows of a file',
  field(
    z.union([
      expression,
      z.array(value),
      z.strictObject({ dates: described('Each hour, day, week or month of a range, in UTC', dates) }),
      z.strictObject({ objects: folder }),
      z.strictObject({ rows: file }),
    ]),
    {
      expected: 'a list, an expression that makes one, or `dates`, `objects` or `rows`',
      remedy:
        'write `over: [north, south]`, `over: { dates: { from: 2026-01-01, to: 2026-12-31, by: day } }`, `over: { objects: "s3://BUCKET/FOLDER/" }` or `over: { rows: "s3://BUCKET/FILE" }`',
    },
  ),
  [['north', 'south'], { dates: { from: '2026-01-01', to: '2026-01-31', by: 'day' } }, { rows: 's3://lake/shops.csv' }],
);
export type WrittenOver = z.output<typeof overField>;

/** With its expressions evaluated, the values may be anything. */
export const over = z.union([
  z.object({ list: storedJson }),
  z.object({ dates: z.object({ from: storedJson, to: storedJson, by: z.enum(dateSteps) }) }),
  z.object({ objects: storedJson }),
  z.object({ rows: storedJson }),
]);

export function readOver(written: WrittenOver): ItemSource {
  return isJsonObject(written) ? written : { list: written };
}

export function renamedOver(source: ItemSource, value: (value: Json) => Json): ItemSource {
  if ('list' in source) return { list: value(source.list) };
  if ('objects' in source) return { objects: value(source.objects) };
  if ('rows' in source) return { rows: value(source.rows) };
  const { from, to, by } = source.dates;
  return { dates: { from: value(from), to: value(to), by } };
}

/** What the functions list or read. Of an expression, the texts have to name the bucket. */
export function usesOf(source: ItemSource): Use[] {
  if ('objects' in source) return bucketsOf(source.objects).map((name) => ({ what: 'mapped-bucket', name }));
  return 'rows' in source ? bucketsOf(source.rows).map((name) => ({ what: 'mapped-file', name })) : [];
}

export function bucketsOf(address: Json): string[] {
  if (typeof address !== 'string') return [];
  const found = isExpression(address)
    ? address.matchAll(/['"]s3:\/\/([^/'"]+)\//g)
    : address.matchAll(/^s3:\/\/([^/]+)\//g);
  return [...new Set([...found].flatMap(([, name = '']) => name))];
}
