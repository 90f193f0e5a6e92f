import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readCsv } from './read-csv.ts';

/**
 * The four operational databases, each from one file of the npm package `vega-datasets`. Columns are text unless
 * named here, because SQLite would read an airport's code such as `0E8` as a number.
 */
const sources = [
  { database: 'airports', file: 'airports.csv', numbers: { latitude: 'REAL', longitude: 'REAL' } },
  { database: 'flights', file: 'flights-airport.csv', numbers: { count: 'INTEGER' } },
  { database: 'strikes', file: 'birdstrikes.csv', numbers: { 'Cost Total $': 'INTEGER' } },
  { database: 'population', file: 'population_engineers_hurricanes.csv', numbers: { population: 'INTEGER' } },
] satisfies { database: string; file: string; numbers: Record<string, 'INTEGER' | 'REAL'> }[];

export const databases: readonly string[] = sources.map((source) => source.database);

/**
 * Loads the databases again, each as `NAME.sqlite` with one table NAME.
 *
 * @param drafts a folder on the same file system where they are made, so that nobody ever sees half a database
 * @returns the rows of each, by name
 */
export function prepareDatabases(folder: string, drafts: string): Record<string, number> {
  for (const needed of [folder, drafts]) mkdirSync(needed, { recursive: true });
  const data = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data');
  return Object.fromEntries(
    sources.map(({ database, file, numbers }) => {
      const rows = readCsv(readFileSync(join(data, file), 'utf8'));
      return [database, load(folder, drafts, database, rows, numbers)];
    }),
  );
}

function load(
  folder: string,
  drafts: string,
  name: string,
  rows: string[][],
  numbers: Readonly<Record<string, string>>,
): number {
  const [header = [], ...body] = rows;
  const columns = header.map((column) => `"${column}" ${numbers[column] ?? 'TEXT'}`).join(', ');
  const file = `${name}.sqlite`;
  const draft = join(drafts, file);
  rmSync(draft, { force: true });
  const database = new DatabaseSync(draft);
  try {
    database.exec(`CREATE TABLE ${name} (${columns}) STRICT; BEGIN`);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${header.map(() => '?').join(', ')})`);
    for (const row of body) insert.run(...row);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  renameSync(draft, join(folder, file));
  return body.length;
}
