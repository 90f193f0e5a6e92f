import { useAct } from '../api/use-act.ts';

type Props = {
  readonly path: string;
  readonly body?: unknown;
  readonly label: string;
  /** Whether it has become true: until then it is shown as asked. */
  readonly done?: boolean;
  readonly then?: (answer: unknown) => void;
  readonly primary?: boolean;
};

export function ActButton({ path, body = {}, label, done = false, then, primary = false }: Props) {
  const { state, why, perform } = useAct(then);
  const isAsked = state === 'asked' && !done;
  return (
    <span class="act">
      <button
        type="button"
        class={primary ? 'primary' : ''}
        disabled={state === 'sending' || isAsked}
        onClick={() => void perform(path, body)}
      >
        {label}
      </button>
      {isAsked && <span role="status"> asked</span>}
      {state === 'refused' && (
        <span class="problem" role="alert">
          {why}
        </span>
      )}
    </span>
  );
}
