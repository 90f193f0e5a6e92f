import type { Viewed } from '../api/use-view.ts';

/** Shown while a view loads, and if it fails. */
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
