import { useAct } from '../api/use-act.ts';
import { printable } from '../page/printable.ts';

type Props = {
  readonly path: string;
  readonly body?: unknown;
  readonly label: string;
  /** The request has become true. Until then the button says that it was requested. */
  readonly done?: boolean;
  readonly then?: (answer: unknown) => void;
  readonly look?: 'primary' | 'danger' | 'small';
};

/** Requests one act, and says so until the views show that it is done. */
export function ActButton({ path, body = {}, label, done = false, then, look }: Props) {
  const { state, why, perform } = useAct(then);
  const isAsked = state === 'asked' && !done;
  return (
    <span class="act">
      <button
        type="button"
        class={look ?? ''}
        disabled={state === 'sending' || isAsked}
        onClick={() => void perform(path, body)}
      >
        {printable(label)}
      </button>
      {isAsked && (
        <span role="status" class="asked">
          requested
        </span>
      )}
      {state === 'refused' && (
        <span class="problem" role="alert">
          {printable(why ?? '')}
        </span>
      )}
    </span>
  );
}
