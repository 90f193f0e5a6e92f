import { useEffect, useRef, useState } from 'preact/hooks';
import { paths } from './paths.ts';

export type EventStream = {
  /** How many events have arrived. When it grows, the view is out of date. */
  readonly heard: number;
  /** Whether events arrive as they happen. The view then needs few requests. */
  readonly isOpen: boolean;
};

/**
 * The events of a run as they happen. The stream stays closed if the server cannot stream, and while the page is
 * hidden: a browser opens only six connections to a server.
 *
 * @param after an id of an event: only later ones count. Undefined: there is nothing to wait for
 */
export function useEventStream(run: string, after: string | undefined): EventStream {
  const [stream, setStream] = useState<EventStream>({ heard: 0, isOpen: false });
  const since = useRef(after);
  since.current = after;
  const isWanted = after !== undefined;
  useEffect(() => {
    if (!isWanted) return;
    let source: EventSource | undefined;
    let hasAnswered = false;
    const count = (): void => setStream(({ heard }) => ({ heard: heard + 1, isOpen: true }));
    const setOpen = (isOpen: boolean): void =>
      setStream((before) => (before.isOpen === isOpen ? before : { ...before, isOpen }));
    const close = (): void => {
      source?.close();
      source = undefined;
    };
    const open = (): void => {
      if (document.hidden || source !== undefined) return;
      source = new EventSource(paths.events(run, since.current));
      source.onopen = () => {
        hasAnswered = true;
        setOpen(true);
      };
      source.onmessage = count;
      // A function must end each answer in time. The browser then reconnects, and continues after the last event. If
      // reconnecting fails, polling takes over, and reports a server that is down.
      source.onerror = () => {
        if (!hasAnswered || source?.readyState === EventSource.CLOSED) setOpen(false);
        hasAnswered = false;
      };
      source.addEventListener('settled', () => {
        close();
        setOpen(false);
      });
    };
    const onVisible = (): void => {
      if (document.hidden) close();
      else open();
    };
    open();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      close();
    };
  }, [run, isWanted]);
  return stream;
}
