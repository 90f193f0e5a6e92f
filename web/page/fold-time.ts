export type Span = { readonly from: number; readonly to: number };

/** A part of the axis: to scale, or a folded long gap. */
export type Stretch = Span & { readonly left: number; readonly width: number; readonly folded: boolean };

const foldedWidth = 0.03;

/**
 * An axis from 0 to 1 that narrows idle gaps longer than a tenth of the whole.
 *
 * @param spans in which something was going on, in milliseconds, in any order
 */
export function foldTime(spans: readonly Span[]): readonly Stretch[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const first = sorted[0]?.from ?? 0;
  const busy: Span[] = [];
  for (const { from, to } of sorted) {
    const last = busy.at(-1);
    if (last !== undefined && from <= last.to) busy[busy.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else busy.push({ from, to });
  }
  const whole = Math.max(1, (busy.at(-1)?.to ?? first) - first);
  const parts: (Span & { readonly folded: boolean })[] = [];
  let at = first;
  for (const { from, to } of busy) {
    if (from - at > whole / 10) {
      if (at > first) parts.push({ from: at, to: from, folded: true });
      else parts.push({ from: at, to: from, folded: false });
      parts.push({ from, to, folded: false });
    } else {
      const last = parts.at(-1);
      if (last !== undefined && !last.folded) parts[parts.length - 1] = { ...last, to };
      else parts.push({ from: at, to, folded: false });
    }
    at = to;
  }
  const foldedCount = parts.filter(({ folded }) => folded).length;
  const open = parts.reduce((sum, { from, to, folded }) => sum + (folded ? 0 : to - from), 0);
  const room = 1 - foldedCount * foldedWidth;
  let left = 0;
  return parts.map((part) => {
    const width = part.folded ? foldedWidth : open === 0 ? room : ((part.to - part.from) / open) * room;
    const stretch = { ...part, left, width };
    left += width;
    return stretch;
  });
}

/** A time's position on the axis, from 0 to 1. */
export function placeOf(time: number, axis: readonly Stretch[]): number {
  for (const { from, to, left, width } of axis) {
    if (time <= to) return left + (to === from ? 0 : Math.max(0, (time - from) / (to - from))) * width;
  }
  return 1;
}

export type Tick = { readonly time: number; readonly place: number; readonly anchor: 'start' | 'middle' | 'end' };

/** Times to label on the axis: both ends, and quarters outside folded gaps. */
export function ticksOf(axis: readonly Stretch[]): readonly Tick[] {
  const open = axis.filter(({ folded, width }) => !folded && width > 0);
  return [0, 0.25, 0.5, 0.75, 1].flatMap((place): Tick[] => {
    const stretch = open.find(({ left, width }) => place >= left - 1e-9 && place <= left + width + 1e-9);
    if (stretch === undefined) return [];
    const { from, to, left, width } = stretch;
    const anchor = place === 0 ? 'start' : place === 1 ? 'end' : 'middle';
    return [{ time: Math.round(from + ((place - left) / width) * (to - from)), place, anchor }];
  });
}
