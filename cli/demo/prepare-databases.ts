import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readCsv } from './read-csv.ts';

/**
 * The four operational databases, each from one file of the npm package `vega-datasets`. Columns are text unless they
 * are named here: SQLite would take an airport's code such as `0E8` for a number.
 */
const sources = [
  { database: 'airports', file: 'airports.csv', numbers: { latitude: 'REAL', longitude: 'REAL' } },
  { database: 'flights', file: 'flights-airport.csv', numbers: { count: 'INTEGER' } },
  { database: 'strikes', file: 'birdstrikes.csv', numbers: { 'Cost Total $': 'INTEGER' } },
  { database: 'population', file: 'population_engineers_hurricanes.csv', numbers: { population: 'INTEGER' } },
] satisfies { database: string; file: string; numbers: Record<string, 'INTEGER' | 'REAL'> }[];

/** @returns the rows of each database, by its name: the table in `NAME.sqlite` is called NAME, too. */
export function prepareDatabases(folder: string): Record<string, number> {
  mkdirSync(folder, { recursive: true });
  const data = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data');
  return Object.fromEntries(
    sources.map(({ database, file, numbers }) => {
      const rows = readCsv(readFileSync(join(data, file), 'utf8'));
      return [database, load(join(folder, `${database}.sqlite`), database, rows, numbers)];
    }),
  );
}

function load(path: string, table: string, rows: string[][], numbers: Readonly<Record<string, string>>): number {
  const [header = [], ...body] = rows;
  const columns = header.map((name) => `"${name}" ${numbers[name] ?? 'TEXT'}`).join(', ');
  // Made beside its place and moved there, so that nobody ever meets half a database.
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const database = new DatabaseSync(part);
  try {
    database.exec(`CREATE TABLE ${table} (${columns}) STRICT; BEGIN`);
    const insert = database.prepare(`INSERT INTO ${table} VALUES (${header.map(() => '?').join(', ')})`);
    for (const row of body) insert.run(...row);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  renameSync(part, path);
  return body.length;
}
