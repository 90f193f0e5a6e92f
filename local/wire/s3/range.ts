/**
 * The first and the last byte. `whole` if the header is missing or invalid. Undefined if the range lies outside the
 * object.
 */
export function readRange(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | 'whole' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? undefined : { from: size - length, to: size - 1 };
  }
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return Number(first) > to ? undefined : { from: Number(first), to };
}
