/** Pixels. */
export const cell = 24;
/** Rows that are drawn together. */
export const block = 4;
export const headHeight = 64;
/** The width for task names in a grid of this width. */
export function namesRoom(width: number): number {
  return width < 500 ? 120 : 190;
}

export type Window = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Extra cells outside the view, so that scrolling shows something at once. */
const spare = 4;

/** The indices of the cells in sight. */
export function rangeOf(from: number, room: number, length: number): number[] {
  const first = Math.max(0, Math.floor(from / cell) - spare);
  const last = Math.min(length, Math.ceil((from + room) / cell) + spare);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

export function clamp(index: number, length: number): number {
  return Math.min(Math.max(0, index), Math.max(0, length - 1));
}

/** The same, in whole blocks. */
export function blocksOf(
  from: number,
  room: number,
  length: number,
): { readonly first: number; readonly count: number } {
  const rows = rangeOf(from, room, length);
  const first = Math.floor((rows[0] ?? 0) / block) * block;
  const end = Math.ceil(((rows.at(-1) ?? 0) + 1) / block) * block;
  return { first, count: Math.max(0, Math.min(end, length) - first) };
}

/** The nearest scroll position with the cell in view. */
export function into(place: number, scroll: number, room: number): number {
  return Math.min(Math.max(scroll, place + cell - room), place);
}
