import { present } from '../../shared/json.ts';

/** In characters. A lane takes two. */
const widest = 64;

export type GraphNode = { readonly name: string; readonly after: readonly string[] };
export type GraphRow = {
  readonly name: string;
  readonly drawing: string;
  /** The open lanes below the row, if the next node follows this one directly. */
  readonly below?: string;
};

/**
 * A DAG drawn in lanes, one row for each node, upstream first:
 *
 *     ● airports
 *     │ ● flights
 *     ●─╯ report
 *
 * A node keeps its lane open until the last node that comes after it has been drawn. `│` between two `─` is a lane
 * that is passed behind, not joined. A node directly below another in one lane comes after it: unrelated nodes never
 * stand so. All drawings have the same width; they are empty where it would be too great to read.
 */
export function graphRows(nodes: readonly GraphNode[]): GraphRow[] {
  const order = drawingOrder(nodes);
  const waiting = new Map<string, number>();
  for (const upstream of order.flatMap((node) => node.after)) waiting.set(upstream, (waiting.get(upstream) ?? 0) + 1);

  const lanes: (string | undefined)[] = [];
  let above: { readonly lane: number; readonly name: string } | undefined;
  const rows = order.map((node) => {
    const joined = new Set<number>();
    const closing = new Set<number>();
    for (const upstream of node.after) {
      const lane = lanes.indexOf(upstream);
      const left = (waiting.get(upstream) ?? 1) - 1;
      waiting.set(upstream, left);
      joined.add(lane);
      if (left === 0) closing.add(lane);
    }
    const own = closing.size > 0 ? Math.min(...closing) : firstFree(lanes, above?.lane);
    const linked = above?.lane === own && node.after.includes(above.name);
    above = { lane: own, name: node.name };
    const before = [...lanes];
    for (const lane of closing) lanes[lane] = undefined;
    lanes[own] = (waiting.get(node.name) ?? 0) > 0 ? node.name : undefined;
    const open = before.map((lane) => (lane === undefined ? ' ' : '│')).join(' ');
    return { name: node.name, cells: drawRow(before, own, joined, closing), above: linked ? open : undefined };
  });
  const width = Math.max(0, ...rows.map((row) => row.cells.length));
  return rows.map(({ name, cells }, at) => {
    const below = rows[at + 1]?.above;
    if (width > widest) return { name, drawing: '' };
    return { name, drawing: cells.padEnd(width), ...present({ below: below?.padEnd(width) }) };
  });
}

function drawRow(
  lanes: readonly (string | undefined)[],
  own: number,
  joined: Set<number>,
  closing: Set<number>,
): string {
  const first = Math.min(own, ...joined);
  const last = Math.max(own, ...joined);
  let row = '';
  for (let lane = 0; lane < Math.max(lanes.length, own + 1); lane += 1) {
    const inside = lane >= first && lane <= last;
    row +=
      lane === own ? '●' : joined.has(lane) ? joint(lane, first, last, closing.has(lane)) : passed(lanes[lane], inside);
    row += inside && lane < last ? '─' : ' ';
  }
  return row.trimEnd();
}

function joint(lane: number, first: number, last: number, closes: boolean): string {
  if (lane === first) return closes ? '╰' : '├';
  if (lane === last) return closes ? '╯' : '┤';
  return closes ? '┴' : '┼';
}

function passed(open: string | undefined, inside: boolean): string {
  return open !== undefined ? '│' : inside ? '─' : ' ';
}

/** @param except the lane of the row above, where a node would seem to follow it */
function firstFree(lanes: readonly (string | undefined)[], except: number | undefined): number {
  const free = lanes.findIndex((lane, at) => lane === undefined && at !== except);
  if (free !== -1) return free;
  return lanes.length === except ? lanes.length + 1 : lanes.length;
}

/** Upstream first, and as late as possible, so that few lanes are open at a time. */
function drawingOrder(nodes: readonly GraphNode[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const order: GraphNode[] = [];
  const place = (start: GraphNode): void => {
    // A stack of our own: a chain of thousands of tasks is deeper than the call stack.
    const stack = [start];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const upstream = done.has(node.name) ? undefined : node.after.find((name) => !done.has(name) && byName.has(name));
      const next = upstream === undefined ? undefined : byName.get(upstream);
      if (next !== undefined) stack.push(next);
      else {
        stack.pop();
        if (!done.has(node.name)) order.push(node);
        done.add(node.name);
      }
    }
  };
  const needed = new Set(nodes.flatMap((node) => node.after));
  for (const node of nodes) if (!needed.has(node.name)) place(node);
  return order;
}
