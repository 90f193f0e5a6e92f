import type { Random } from './random.ts';

type Product = readonly [name: string, category: string];

const products: readonly [Product, ...Product[]] = [
  ['Desk lamp', 'Home'],
  ['Kettle', 'Kitchen'],
  ['Chef’s knife', 'Kitchen'],
  ['Garden hose', 'Garden'],
  ['Spade', 'Garden'],
  ['Novel', 'Books'],
  ['Atlas', 'Books'],
  ['Headphones', 'Electronics'],
];

/** JSON Lines of sales: prices are texts, as shops export them. */
export function salesLines(random: Random, rows: number, years: readonly [number, ...number[]]): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const [product, category] = random.pick(products);
    const two = (value: number) => String(value).padStart(2, '0');
    const date = `${random.pick(years)}-${two(1 + random.whole(12))}-${two(1 + random.whole(28))}`;
    const time = `${two(random.whole(24))}:${two(random.whole(60))}:${two(random.whole(60))}`;
    return JSON.stringify({
      product_name: product,
      price: `${1 + random.whole(200)}.${two(random.whole(100))}`,
      customer_id: `c${1 + random.whole(500)}`,
      order_id: `o${index + 1}`,
      datetime: `${date} ${time}`,
      category,
    });
  });
  return `${lines.join('\n')}\n`;
}
