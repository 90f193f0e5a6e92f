import { type AnyState, lookOf } from '../page/states.ts';

/** A state's shape, for places that also show its word. */
export function StateShape({ state, size = 12 }: { readonly state: AnyState; readonly size?: number }) {
  const { shape, colour } = lookOf(state);
  return (
    <svg class={`shape ${colour}`} viewBox="0 0 12 12" width={size} height={size} aria-hidden="true">
      <path d={shape} />
    </svg>
  );
}

export function State({ state, more = '' }: { readonly state: AnyState; readonly more?: string }) {
  const { word, colour } = lookOf(state);
  return (
    <span class={`state ${colour}`}>
      <StateShape state={state} />
      {word}
      {more}
    </span>
  );
}
