import { useEffect, useState } from 'preact/hooks';
import { type Answer, AskError, get, noAnswer } from './ask.ts';
import { reportContact } from './contact.ts';

export type Viewed<View> = {
  /** The latest answer, kept while the server does not answer. Absent: none yet. */
  readonly value?: View;
  readonly error?: AskError;
  /** Asks now instead of at the next interval. */
  readonly again: () => void;
};

type State<View> = { readonly path: string; readonly value?: View; readonly error?: AskError };

type Heard<View> = Exclude<Answer<View>, 'same'>;

/** The last answer for each path, so going back shows it at once. */
const heard = new Map<string, Heard<unknown>>();
const remembered = 200;

/**
 * An answer of the API, requested again while it is shown. Nothing is repainted if the answer is the same.
 *
 * @param path undefined: nothing is asked
 * @param every milliseconds by the latest answer; undefined: it will not change
 * @param version it is asked for at once when this changes
 */
export function useView<View>(
  path: string | undefined,
  every: (value: View) => number | undefined,
  version = '',
): Viewed<View> {
  const [state, setState] = useState<State<View>>({ path: '' });
  const [turn, setTurn] = useState(0);
  // `every` is a new function each time, but always the same rule
  useEffect(() => {
    if (path === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    let last = recall<View>(path);
    if (last !== undefined) setState({ path, value: last.value });
    const ask = async (): Promise<void> => {
      let wait: number | undefined;
      try {
        const answer = document.hidden && last !== undefined ? 'same' : await get<View>(path, last?.tag);
        if (over) return;
        reportContact(true);
        if (answer !== 'same') {
          const isNews = last === undefined || answer.text === undefined || last.text !== answer.text;
          last = answer;
          keep(path, answer);
          if (isNews) setState({ path, value: answer.value });
        }
        setState((before) => (before.error === undefined ? before : { path, ...asState(last) }));
        wait = last === undefined ? 2_000 : every(last.value);
      } catch (error) {
        if (over) return;
        const problem = error instanceof AskError ? error : new AskError(noAnswer, String(error));
        if (problem.status === noAnswer) reportContact(false);
        setState({ path, ...asState(last), error: problem });
        wait = 2_000;
      }
      if (wait !== undefined) timer = setTimeout(() => void ask(), wait);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path, turn, version]);
  const again = (): void => setTurn((number) => number + 1);
  return state.path === path ? { ...state, again } : { again };
}

function asState<View>(last: { readonly value: View } | undefined): { readonly value?: View } {
  return last === undefined ? {} : { value: last.value };
}

/** Callers name the view's type for a path; all name the same. */
function recall<View>(path: string): Heard<View> | undefined {
  return heard.get(path) as Heard<View> | undefined;
}

function keep(path: string, answer: Heard<unknown>): void {
  heard.delete(path);
  heard.set(path, answer);
  const [oldest] = heard.keys();
  if (heard.size > remembered && oldest !== undefined) heard.delete(oldest);
}

/** Shows a value from another answer for a path, until the path itself is requested. */
export function remember(path: string, value: unknown): void {
  if (!heard.has(path)) keep(path, { value });
}
