import type { Example } from '../kit/example.ts';
import type { Random } from '../kit/random.ts';

/** How many files each supplier sends. `south` ends with a marker. */
export const suppliers = { north: 12, south: 3, east: 2 } as const;

export const productFeed: Example = {
  about: 'files in batches by number, quiet time and marker, one run a batch',
  // north: five, five, and after the quiet time two; south: by its marker; east: after the quiet time
  runs: 5,
  async arrive({ put, pause, random }) {
    for (const [key, text] of Object.entries(feed(random))) put(`s3://landing/${key}`, text);
    // S3 promises no order, so a supplier sends the marker well after its files
    await pause(2_000);
    put('s3://landing/feed/south/_COMPLETE', '');
  },
  report: () => 's3://reports/products/report.csv',
};

/** The files by key. */
export function feed(random: Random): Readonly<Record<string, string>> {
  const files = Object.entries(suppliers).flatMap(([supplier, count]) =>
    Array.from({ length: count }, (_, index): [string, string] => {
      const rows = Array.from({ length: 1 + random.whole(20) }, () =>
        JSON.stringify({
          sku: `p${random.whole(200)}`,
          price: `${random.whole(90)}.${String(random.whole(100)).padStart(2, '0')}`,
        }),
      );
      return [`feed/${supplier}/part-${String(index + 1).padStart(2, '0')}.jsonl`, `${rows.join('\n')}\n`];
    }),
  );
  return Object.fromEntries(files);
}
