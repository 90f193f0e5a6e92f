import type { Example } from '../kit/example.ts';
import type { Random } from '../kit/random.ts';

export const weeklyJoin: Example = {
  about: 'two files within a week of each other, each processed at once, joined when both are there',
  // visits, orders and the join; the next week's visits have no orders yet
  runs: 4,
  async arrive({ put, pause, random }) {
    const { visits, orders } = week(random);
    put('s3://landing/visits/2026-03-02.csv', visits);
    put('s3://landing/visits/2026-03-09.csv', visits);
    await pause(2_000);
    put('s3://landing/orders/2026-03-02.csv', orders);
  },
  report: () => 's3://reports/weeks/2026-03-02.csv',
};

/** Some rows come twice, and some have no key. */
export function week(random: Random): { readonly visits: string; readonly orders: string } {
  const visitor = () => (random.whole(40) === 0 ? '' : `v${1 + random.whole(120)}`);
  const visits = Array.from({ length: 300 }, () => `${visitor()},${random.pick(['letter', 'search', 'street'])}`);
  const orders = Array.from({ length: 90 }, (_, index) => {
    const total = `${1 + random.whole(80)}.${String(random.whole(100)).padStart(2, '0')}`;
    return `o${index + 1},v${1 + random.whole(150)},${total}`;
  });
  const file = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return {
    visits: file('visitor,campaign', visits),
    orders: file('order_id,visitor,total', [...orders, ...orders.slice(0, 5)]),
  };
}
