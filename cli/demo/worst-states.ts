import { table } from '../render/table.ts';
import { readCsv } from './read-csv.ts';

const shown = [
  { key: 'state', title: 'STATE' },
  { key: 'departures', title: 'DEPARTURES', align: 'right' },
  { key: 'strikes', title: 'STRIKES', align: 'right' },
  { key: 'strike_cost', title: 'COST $', align: 'right' },
  { key: 'strikes_per_100k_departures', title: 'PER 100,000 DEPARTURES', align: 'right' },
  { key: 'strikes_per_million_people', title: 'PER MILLION PEOPLE', align: 'right' },
] as const;

/** The states with the most strikes per 100,000 departures, as a table, in order of name where they are equal. */
export function worstStates(report: string, count: number): string[] {
  const [header = [], ...rows] = readCsv(report);
  const by = header.indexOf('strikes_per_100k_departures');
  const worst = rows.toSorted((a, b) => Number(b[by]) - Number(a[by])).slice(0, count);
  return table(
    shown,
    worst.map((row) => shown.map(({ key }) => thousands(row[header.indexOf(key)] ?? ''))),
  );
}

function thousands(text: string): string {
  return /^\d+$/.test(text) ? Number(text).toLocaleString('en') : text;
}
