import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Format } from '../../crawls/read-schema.ts';
import { identifier, literal } from '../../sql/sql-text.ts';
import { type Context, QueryFailed } from './context.ts';
import { folderAddress } from './folder-address.ts';
import { attachTables } from './select.ts';
import type { Properties } from './split-statement.ts';

const formats: Readonly<Record<string, Format>> = { parquet: 'parquet', json: 'json', textfile: 'csv', csv: 'csv' };

export type Written = { readonly format: Format; readonly keys: readonly string[] };

/** Writes a query's rows below an address. A rerun of the query writes the same keys. */
export async function writeRows(text: string, to: string, properties: Properties, context: Context): Promise<Written> {
  const { data, sql, query } = context;
  const said = properties.format ?? 'parquet';
  const format = formats[said.toLowerCase()];
  if (format === undefined)
    throw new QueryFailed(`format ${said} is not supported locally: use PARQUET, JSON or TEXTFILE`);
  const address = folderAddress(to);
  if (address === undefined) throw new QueryFailed(`${to} is not an S3 address`);
  await attachTables(text, context);
  const keys = [...(properties.partitioned_by ?? '').matchAll(/'([^']+)'/g)].map(([, key = '']) => identifier(key));
  const delimiter = format === 'csv' ? [`DELIMITER ${literal(properties.field_delimiter ?? ',')}`, 'HEADER false'] : [];
  const partitioned = keys.length === 0 ? [] : [`PARTITION_BY (${keys.join(', ')})`];
  const draft = path.join(sql.folder, keys.length === 0 ? `${query.id}.${format}` : 'rows');
  const options = [`FORMAT ${format}`, ...delimiter, ...partitioned].join(', ');
  await sql.rows(`COPY (${text}) TO ${literal(draft)} (${options})`);
  const put = (below: string, file: string): string => {
    const key = `${address.key}${below}`;
    data.s3.put(address.bucket, key, readFileSync(file));
    return key;
  };
  if (keys.length === 0) return { format, keys: [put(`${query.id}.${format}`, draft)] };
  const files = readdirSync(draft, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return {
    format,
    keys: files.map(({ parentPath, name }) => {
      const folder = path.relative(draft, parentPath).split(path.sep).join('/');
      // Two queries may write to the same partition.
      return put(`${folder}/${query.id}-${name}`, path.join(parentPath, name));
    }),
  };
}
