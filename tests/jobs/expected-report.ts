import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The report, computed directly from the files, without the code under test. */
export function expectedReport(): string {
  const data = resolve('node_modules/vega-datasets/data');
  const lines = (file: string): string[][] =>
    readFileSync(join(data, file), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .slice(1)
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const sum = (into: Record<string, number>, key: string, by: number): void => {
    into[key] = (into[key] ?? 0) + by;
  };

  const code: Record<string, string> = {};
  for (const [iata = '', , , state = ''] of lines('airports.csv')) code[iata] = state;
  const departures: Record<string, number> = {};
  for (const [origin = '', , count] of lines('flights-airport.csv')) sum(departures, code[origin] ?? '', Number(count));
  const strikes: Record<string, number> = {};
  const cost: Record<string, number> = {};
  for (const row of lines('birdstrikes.csv')) {
    const state = row[5] === 'DC' ? 'District of Columbia' : (row[5] ?? '');
    sum(strikes, state, 1);
    sum(cost, state, Number(row[12]));
  }
  const rows = lines('population_engineers_hurricanes.csv')
    .map(([state = '', , people]) => ({ state, people: Number(people) }))
    .filter(({ state }) => state !== 'Puerto Rico')
    .sort((a, b) => (a.state < b.state ? -1 : 1));
  const codes =
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
      ' ',
    );
  return [
    'state,departures,strikes,strike_cost,population,strikes_per_100k_departures,strikes_per_million_people',
    ...rows.map(({ state, people }, i) => {
      const left = departures[codes[i] ?? ''] ?? 0;
      const hit = strikes[state] ?? 0;
      const per100k = left === 0 ? 0 : (hit * 1e5) / left;
      return [state, left, hit, cost[state] ?? 0, people, per100k.toFixed(2), ((hit * 1e6) / people).toFixed(2)].join();
    }),
    '',
  ].join('\n');
}
