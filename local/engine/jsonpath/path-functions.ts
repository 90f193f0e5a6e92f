type PathFunction = (value: unknown) => unknown;

const aggregate =
  (fold: (numbers: readonly number[]) => number): PathFunction =>
  (value) => {
    const numbers = Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
    return numbers.length === 0 ? undefined : fold(numbers);
  };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, item) => total + item, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
const deviation = (numbers: readonly number[]): number =>
  Math.sqrt(mean(numbers.map((item) => item * item)) - mean(numbers) ** 2);

function length(value: unknown): unknown {
  if (Array.isArray(value)) return value.length;
  // In Jayway, a string and a number have none.
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
}

/**
 * `$.items.length()`: functions at the end of a path, as in AWS's JsonPath library. Undefined if there is no result.
 */
export const pathFunctions: Readonly<Record<string, PathFunction>> = {
  length,
  size: length,
  min: aggregate((numbers) => numbers.reduce((least, item) => Math.min(least, item))),
  max: aggregate((numbers) => numbers.reduce((most, item) => Math.max(most, item))),
  sum: aggregate(sum),
  avg: aggregate(mean),
  stddev: aggregate(deviation),
  keys: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined,
  first: (value) => (Array.isArray(value) ? value[0] : undefined),
  last: (value) => (Array.isArray(value) ? value.at(-1) : undefined),
};
