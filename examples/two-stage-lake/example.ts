import type { Example } from '../kit/example.ts';
import type { Random } from '../kit/random.ts';

export const twoStageLake: Example = {
  about: 'raw objects are staged one by one, and go into the lake in batches',
  // one run for each raw object, and one batch that ends at twenty-four, before five minutes
  runs: 25,
  async arrive({ put, random }) {
    for (const [key, text] of Object.entries(readings(random))) put(`s3://raw/${key}`, text);
  },
  report: () => 's3://reports/sensors/report.csv',
};

/** Twenty-four files by key. Some rows lack a number. */
export function readings(random: Random): Readonly<Record<string, string>> {
  const two = (value: number) => String(value).padStart(2, '0');
  const files = Array.from({ length: 24 }, (_, hour): [string, string] => {
    const rows = Array.from({ length: 5 + random.whole(20) }, () => {
      const celsius = random.whole(15) === 0 ? 'broken' : `${random.whole(300) / 10}`;
      return `s${1 + random.whole(6)},2026-03-02T${two(hour)}:${two(random.whole(60))}:${two(random.whole(60))}Z,${celsius}`;
    });
    return [`sensors/2026/03/02/${two(hour)}.csv`, `${['sensor,taken,celsius', ...rows].join('\n')}\n`];
  });
  return Object.fromEntries(files);
}
