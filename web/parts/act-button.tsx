import { useAct } from '../api/use-act.ts';
import { printable } from '../page/printable.ts';

type Props = {
  readonly path: string;
  readonly body?: unknown;
  readonly label: string;
  /** Whether the act has taken effect; until then it is shown as requested. */
  readonly done?: boolean;
  readonly then?: (answer: unknown) => void;
  readonly look?: 'primary' | 'danger' | 'small';
};

/** A button for one act. It shows the act as requested until the views show its effect. */
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
