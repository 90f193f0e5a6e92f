/** A project with a mistake in it that people make. */
export type Mistake = {
  /** What went wrong in somebody's head. */
  readonly title: string;
  /** The pipeline file; `jobs/jobs.yml` and further files where they matter. */
  readonly file: string;
  readonly jobs?: string;
  readonly others?: Readonly<Record<string, string>>;
};

export const pipeline = (...lines: readonly string[]): string => ['pipeline: p', ...lines, ''].join('\n');

/** A pipeline with the task `load`, and more lines below `tasks`. */
export const task = (body: string, ...more: readonly string[]): string =>
  pipeline('tasks:', `  load: { ${body} }`, ...more.map((line) => `  ${line}`));
