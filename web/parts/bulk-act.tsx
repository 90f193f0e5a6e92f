import { useRef, useState } from 'preact/hooks';
import { act } from '../api/ask.ts';
import { printable } from '../page/printable.ts';

export type BulkItem = { readonly id: string; readonly words: string; readonly path: string; readonly body: unknown };

type Props = {
  /** `Stop` */
  readonly verb: string;
  /** The singular: `live run`. */
  readonly noun: string;
  readonly items: readonly BulkItem[];
  readonly then: () => void;
};

type Told = { readonly done: number; readonly refused: readonly string[]; readonly over: boolean };

/**
 * One act on several things. It shows the whole set and its size first, and acts on exactly this set, not on what a
 * filter matches by then.
 */
export function BulkAct({ verb, noun, items, then }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [set, setSet] = useState<readonly BulkItem[]>([]);
  const [told, setTold] = useState<Told>();
  const count = (list: readonly BulkItem[]): string => `${list.length} ${noun}${list.length === 1 ? '' : 's'}`;
  if (items.length === 0 && set.length === 0) return null;
  const perform = async (): Promise<void> => {
    const refused: string[] = [];
    let done = 0;
    setTold({ done, refused, over: false });
    for (const { id, path, body } of set) {
      try {
        await act<unknown>(path, body, crypto.randomUUID());
      } catch (error) {
        refused.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      }
      done += 1;
      setTold({ done, refused: [...refused], over: done === set.length });
    }
    then();
  };
  return (
    <>
      {items.length > 0 && (
        <button
          type="button"
          onClick={() => {
            setSet(items);
            setTold(undefined);
            dialog.current?.showModal();
          }}
        >
          {verb} {count(items)} …
        </button>
      )}
      <dialog ref={dialog} aria-label={`${verb} ${count(set)}`} onClose={() => setSet([])}>
        <h2>
          {verb} {count(set)}?
        </h2>
        <ul class="plain scroll named" tabIndex={0}>
          {set.map(({ id, words }) => (
            <li key={id}>{printable(words)}</li>
          ))}
        </ul>
        <p role="status">
          {told !== undefined && `${told.done} of ${set.length} requested, ${told.refused.length} refused.`}
        </p>
        {told?.refused.map((why) => (
          <p key={why} class="problem">
            {printable(why)}
          </p>
        ))}
        <p class="tools">
          {told === undefined && (
            <button type="button" class="primary" onClick={() => void perform()}>
              {verb} these {count(set)}
            </button>
          )}
          <button type="button" disabled={told?.over === false} onClick={() => dialog.current?.close()}>
            {told === undefined ? 'Cancel' : 'Close'}
          </button>
        </p>
      </dialog>
    </>
  );
}
