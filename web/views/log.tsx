import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { goQuietly, hrefWith } from '../page/route.ts';
import { type LogBlock, LogText } from '../parts/log-text.tsx';
import { useShown } from '../parts/shown.ts';

/** The shown parts of the API's log view. Times are present only if the log has them. */
type LogView = {
  readonly lines: readonly { readonly at?: string; readonly stream?: string; readonly text: string }[];
  readonly next?: string;
};

type Props = {
  readonly run: string;
  readonly task: string;
  readonly attempt?: number;
  readonly settled: boolean;
  /** How many lines at a time. */
  readonly lines: number;
  /** Also search, and pages of earlier lines. */
  readonly whole?: boolean;
};

/** The API's limit of lines in one answer. */
const mostLines = 1_000;
const longest = 4_000;

/** One block of text, so the browser's find and copy work. The server searches the rest. */
export function Log({ run, task, attempt, settled, lines, whole = false }: Props) {
  const { route, times } = useShown();
  const { grep = '', from = 'end', skip } = whole ? route.query : {};
  const asked = {
    attempt,
    limit: Math.min(lines, mostLines),
    from: from === 'start' ? 'start' : 'end',
    search: grep,
    cursor: skip,
  };
  const view = useView<LogView>(paths.log(run, task, asked), () => (settled ? undefined : 1_500));
  const block = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  const [hit, setHit] = useState({ of: grep, number: 0 });
  const found = view.value?.lines ?? [];
  const blocks = blocksOf(found, times.clock);
  const hits = grep === '' ? 0 : blocks.reduce((sum, { text }) => sum + text.split(grep).length - 1, 0);
  const current = hit.of === grep ? hit.number : 0;
  const goToHit = (step: number): void => {
    const number = current === 0 && step < 0 ? hits : ((current - 1 + step + hits) % hits) + 1;
    setHit({ of: grep, number });
  };
  // keep the end in view, unless the reader scrolled away
  useLayoutEffect(() => {
    if (block.current !== null && atEnd.current && from !== 'start' && current === 0)
      block.current.scrollTop = block.current.scrollHeight;
  });
  useLayoutEffect(() => {
    if (current > 0) block.current?.querySelector('mark.here')?.scrollIntoView({ block: 'nearest' });
  }, [current, grep]);
  return (
    <section aria-label={`Log of ${printable(task)}`}>
      <div class="log-head">
        <h3>
          {title(grep, from, skip)} {!settled && view.value !== undefined && <span class="dim">· following</span>}
        </h3>
        {whole && (
          <p class="tools">
            <a class="chip" href={hrefWith(route, { from: from === 'start' ? '' : 'start', skip: '' })}>
              {from === 'start' ? 'From the end' : 'From the start'}
            </a>
            {view.value?.next !== undefined && (
              <a class="chip" href={hrefWith(route, { skip: view.value.next })}>
                {from === 'start' ? 'Later lines' : 'Earlier lines'}
              </a>
            )}
            {skip !== undefined && (
              <a class="chip" href={hrefWith(route, { skip: '' })}>
                {from === 'start' ? 'First lines' : 'Latest lines'}
              </a>
            )}
            {hits > 0 && (
              <>
                <span class="dim" role="status">
                  {current === 0 ? `${hits} hit${hits === 1 ? '' : 's'}` : `hit ${current} of ${hits}`}
                </span>
                <button type="button" class="small" data-hit="previous" onClick={() => goToHit(-1)}>
                  Previous hit
                </button>
                <button type="button" class="small" data-hit="next" onClick={() => goToHit(1)}>
                  Next hit
                </button>
              </>
            )}
            <label>
              <span class="dim">Search</span>{' '}
              <input
                type="search"
                defaultValue={grep}
                maxLength={200}
                onChange={(event) => goQuietly(hrefWith(route, { grep: event.currentTarget.value, skip: '' }))}
              />
            </label>
          </p>
        )}
      </div>
      {view.value === undefined ? (
        <p class="dim">{wordsFor(view.error, task)}</p>
      ) : (
        <pre
          class="log"
          ref={block}
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            atEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
          }}
        >
          {found.length === 0 && (grep === '' ? 'The log is empty.' : 'No line contains this text.')}
          <LogText blocks={blocks} wanted={grep} current={current} />
        </pre>
      )}
    </section>
  );
}

function title(grep: string, from: string, skip: string | undefined): string {
  if (grep !== '') return `Log: lines with “${printable(grep)}”`;
  if (skip !== undefined) return 'Log';
  return from === 'start' ? 'Log: first lines' : 'Log: last lines';
}

function wordsFor(error: { readonly status: number; readonly message: string } | undefined, task: string): string {
  if (error === undefined) return 'Reading the log …';
  return error.status === 404 ? `There is no log of ${printable(task)}.` : `Cannot read the log: ${error.message}`;
}

/** Lines of one stream that follow each other are one piece of text. */
function blocksOf(lines: LogView['lines'], clock: (instant: number) => string): LogBlock[] {
  const blocks: { isError: boolean; texts: string[] }[] = [];
  for (const { at, stream, text } of lines) {
    const isError = stream === 'error';
    const cut = text.length > longest ? `${text.slice(0, longest)} … ${text.length} characters` : text;
    const line = `${at === undefined ? '' : `${clock(Date.parse(at))} `}${printable(cut)}\n`;
    const last = blocks.at(-1);
    if (last?.isError === isError) last.texts.push(line);
    else blocks.push({ isError, texts: [line] });
  }
  return blocks.map(({ isError, texts }) => ({ isError, text: texts.join('') }));
}
