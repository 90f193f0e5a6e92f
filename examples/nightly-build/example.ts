import type { Example } from '../kit/example.ts';
import type { Random } from '../kit/random.ts';

export const nightlyBuild: Example = {
  about: 'two extracts, a rate lookup, a join, a data-quality gate with quarantine, an approval, a publication',
  pipeline: 'nightly-build',
  params: { day: '2026-03-02' },
  approvals: ['approve'],
  prepare({ put, random }) {
    for (const [name, text] of Object.entries(shop(random))) put(`s3://landing/shop/${name}.csv`, text);
  },
  report: ({ day }) => `s3://reports/nightly/${day}.csv`,
};

/** Orders of three days. Some come twice, some have no key, and some have a customer that nobody knows. */
export function shop(random: Random): Readonly<Record<'orders' | 'customers', string>> {
  const customers = Array.from(
    { length: 80 },
    (_, index) => `c${index + 1},${random.pick(['Austria', 'Germany', 'Portugal', 'Switzerland'])}`,
  );
  const orders = Array.from({ length: 600 }, (_, index) => {
    const id = random.whole(40) === 0 ? '' : `o${index + 1}`;
    const total = `${1 + random.whole(90)}.${String(random.whole(100)).padStart(2, '0')}`;
    const currency = random.pick(['EUR', 'EUR', 'USD', 'GBP', 'CHF']);
    return `${id},2026-03-0${1 + random.whole(3)},c${1 + random.whole(82)},${total},${currency}`;
  });
  const file = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return {
    orders: file('order_id,day,customer_id,total,currency', [...orders, ...orders.slice(0, 20)]),
    customers: file('customer_id,country', [...customers, ',Austria']),
  };
}
