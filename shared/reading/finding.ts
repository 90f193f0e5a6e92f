/** Keys and indexes from the document's root. */
export type Path = readonly (string | number)[];

export function formatPath(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

/** A problem as a check sees it, with its place in the document but not yet in the file. */
export type Finding = {
  readonly path: Path;
  /** The key is meant, not its value. */
  readonly key?: true;
  /** A place within a string: the offset from the beginning of `text`. */
  readonly within?: { readonly text: string; readonly offset: number };
  /** An offset from the beginning of the file, if no path leads to the place. */
  readonly offset?: number;
  readonly severity?: 'warning';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
};

export type Report = (finding: Finding) => void;
