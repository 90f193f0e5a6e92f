/** Keys and indexes from the document's root. */
export type Path = readonly (string | number)[];

export function formatPath(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

/** A problem as a check sees it: where in the document, not yet where in the file. */
export type Finding = {
  readonly path: Path;
  /** The key is meant, not what stands behind it. */
  readonly key?: true;
  /** A place within the text of a string: how far behind the beginning of `text` it lies. */
  readonly within?: { readonly text: string; readonly offset: number };
  /** A place in the file, counted from its beginning, where there is no path that leads to it. */
  readonly offset?: number;
  readonly severity?: 'warning';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
};

export type Report = (finding: Finding) => void;
