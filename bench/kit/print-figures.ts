type Figure = string | number;

/** Prints the settings on one line and each figure on its own, or everything as one line of JSON. */
export function printFigures(
  bench: string,
  asJson: boolean,
  {
    settings,
    ...figures
  }: { readonly settings: Readonly<Record<string, Figure>> } & Readonly<
    Record<string, Figure | readonly object[] | Readonly<Record<string, Figure>>>
  >,
): void {
  if (asJson) {
    console.log(JSON.stringify({ bench, settings, ...figures }));
    return;
  }
  console.log(
    Object.entries(settings)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  );
  for (const [name, value] of Object.entries(figures)) {
    if (Array.isArray(value)) console.table(value.map((row: object) => rounded(row)));
    else console.log(`${name.padEnd(28)} ${shown(value)}`);
  }
}

function rounded(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [name, shown(value)]));
}

function shown(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Math.abs(value) < 10 ? Number(value.toFixed(3)) : Number(value.toFixed(1));
}
