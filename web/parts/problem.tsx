import type { Viewed } from '../api/use-view.ts';

/** Shown until something has come, and when it does not come. */
export function Pending({ view, what }: { readonly view: Viewed<unknown>; readonly what: string }) {
  if (view.error === undefined) return <p class="dim">Reading {what} …</p>;
  return (
    <p class="problem" role="alert">
      Cannot read {what}: {view.error.message}{' '}
      <button type="button" onClick={view.again}>
        Try again
      </button>
    </p>
  );
}
