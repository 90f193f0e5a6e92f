import { useRef, useState } from 'preact/hooks';
import { AskError, act } from './ask.ts';

export type Act = {
  /** `asked`: the server has accepted it; the views show when it has taken effect. */
  readonly state: 'idle' | 'sending' | 'asked' | 'refused';
  readonly why?: string;
  readonly perform: (path: string, body: unknown) => Promise<unknown>;
};

/** Pressing twice acts once: the key stays the same until the server has answered. */
export function useAct(then: (answer: unknown) => void = () => undefined): Act {
  const [state, setState] = useState<{ state: Act['state']; why?: string }>({ state: 'idle' });
  const key = useRef<string>(undefined);
  return {
    ...state,
    async perform(path, body) {
      key.current ??= crypto.randomUUID();
      setState({ state: 'sending' });
      try {
        const answer = await act<unknown>(path, body, key.current);
        key.current = undefined;
        setState({ state: 'asked' });
        then(answer);
        return answer;
      } catch (error) {
        if (error instanceof AskError && error.status !== 0) key.current = undefined;
        setState({ state: 'refused', why: error instanceof Error ? error.message : String(error) });
        return undefined;
      }
    },
  };
}
