import { useLayoutEffect, useRef } from 'preact/hooks';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { useShown } from '../parts/shown.ts';

/** What is shown of an answer of the API about a task's log. */
type LogView = {
  readonly lines: readonly (string | { readonly at?: string; readonly text: string })[];
  readonly next?: string;
};

type Props = {
  readonly run: string;
  readonly task: string;
  readonly attempt?: number;
  readonly settled: boolean;
  /** How many of the last ones. */
  readonly lines: number;
};

/** The API gives no more lines at a time. */
const mostLines = 1_000;

/** One block of text: the browser's own find and copy work on it. */
export function Log({ run, task, attempt, settled, lines }: Props) {
  const { times } = useShown();
  const view = useView<LogView>(
    paths.log(run, task, { attempt, limit: Math.min(lines, mostLines), from: 'end' }),
    () => (settled ? undefined : 1_500),
  );
  const block = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  // The end of a log says what happened: it stays in sight, unless the reader has scrolled away from it.
  useLayoutEffect(() => {
    if (block.current !== null && atEnd.current) block.current.scrollTop = block.current.scrollHeight;
  });
  if (view.value === undefined) {
    if (view.error?.status === 404) return <p class="dim">There is no log of {printable(task)} here.</p>;
    return <p class="dim">{view.error === undefined ? 'Reading the log …' : `The log: ${view.error.message}`}</p>;
  }
  const text = view.value.lines
    .slice(-lines)
    .map((line) =>
      typeof line === 'string'
        ? line
        : `${line.at === undefined ? '' : `${times.clock(Date.parse(line.at))} `}${line.text}`,
    )
    .map((line) => printable(line.length > 4_000 ? `${line.slice(0, 4_000)} … ${line.length} characters` : line))
    .join('\n');
  return (
    <>
      <h3 class="log-title">Log of {printable(task)}, the last lines</h3>
      <pre
        class="log"
        ref={block}
        tabIndex={0}
        role="region"
        aria-label={`Log of ${printable(task)}`}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
        }}
      >
        {text === '' ? 'It is empty.' : text}
      </pre>
    </>
  );
}
