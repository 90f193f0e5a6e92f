import { Component } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TaskState } from '../../shared/views/run/run-view.ts';
import { printable } from '../page/printable.ts';
import { lookOf } from '../page/states.ts';
import { fitText } from './fit-text.ts';

export const box = { width: 176, height: 36 };

export type DrawnNode = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly href: string;
  readonly state: TaskState | undefined;
  /** The number of tasks in a folded group. */
  readonly tasks: number | undefined;
  readonly isSelected: boolean;
};

/** Nodes drawn in one task of the browser: the first lot is what is in sight. */
const lot = 150;

/** All nodes, from left to right: those in sight at once, the others lot by lot, so that no frame waits for all. */
export function GraphNodes({ nodes }: { readonly nodes: readonly DrawnNode[] }) {
  const [lots, setLots] = useState(1);
  const all = Math.ceil(nodes.length / lot);
  useEffect(() => {
    if (lots >= all) return;
    const frame = requestAnimationFrame(() => setLots(lots + 1));
    return () => cancelAnimationFrame(frame);
  }, [lots, all]);
  return (
    <>
      {Array.from({ length: Math.min(lots, all) }, (_, index) => (
        <Lot key={index} nodes={nodes.slice(index * lot, (index + 1) * lot)} />
      ))}
    </>
  );
}

class Lot extends Component<{ readonly nodes: readonly DrawnNode[] }> {
  override shouldComponentUpdate({ nodes }: { readonly nodes: readonly DrawnNode[] }): boolean {
    const { nodes: before } = this.props;
    return nodes.length !== before.length || nodes.some((node, index) => !isSame(node, before[index]));
  }

  override render({ nodes }: { readonly nodes: readonly DrawnNode[] }) {
    return nodes.map((node) => <Node key={node.key} node={node} />);
  }
}

function isSame(one: DrawnNode, other: DrawnNode | undefined): boolean {
  return (
    other !== undefined &&
    one.key === other.key &&
    one.x === other.x &&
    one.y === other.y &&
    one.href === other.href &&
    one.state === other.state &&
    one.tasks === other.tasks &&
    one.isSelected === other.isSelected
  );
}

function Node({ node }: { readonly node: DrawnNode }) {
  const { key: name, x, y, href, state, tasks, isSelected } = node;
  const look = state === undefined ? undefined : lookOf(state);
  const shown = printable(name);
  const left = look === undefined ? 12 : 31;
  // the whole name is in the title
  const short = fitText(shown, box.width - left - 8);
  const words = [...(tasks === undefined ? [] : [`${tasks} tasks`]), ...(look === undefined ? [] : [look.word])];
  return (
    <a href={href} data-task={shown} {...(isSelected ? { 'aria-current': 'true' as const } : {})}>
      {short !== shown && <title>{shown}</title>}
      <g class={`node ${look?.colour ?? 'plain'}`} transform={`translate(${x} ${y})`}>
        {tasks !== undefined && <rect class="pile" x={4} y={4} width={box.width} height={box.height} rx={8} />}
        <rect width={box.width} height={box.height} rx={8} />
        {look !== undefined && <path class="mark" transform="translate(11 12)" d={look.shape} />}
        <text x={left} y={words.length === 0 ? 22 : 16}>
          {short}
        </text>
        {words.length > 0 && (
          <text class="word" x={left} y={29}>
            {words.join(', ')}
          </text>
        )}
      </g>
    </a>
  );
}
