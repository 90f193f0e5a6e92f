/** A year's sales report, in whole cents without floating point. */
export function expectedSales(lines: string, year: string): string {
  const cents = new Map<string, bigint>();
  for (const line of lines.trimEnd().split('\n')) {
    const row: { price: string; datetime: string; category: string } = JSON.parse(line);
    if (!row.datetime.startsWith(year)) continue;
    cents.set(row.category, (cents.get(row.category) ?? 0n) + BigInt(row.price.replace('.', '')));
  }
  const rows = [...cents]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([category, sum]) => `${category},${sum / 100n}.${String(sum % 100n).padStart(2, '0')},${year}`);
  return ['category,total_sales,report_year', ...rows, ''].join('\n');
}
