/** The report of `run.mjs --out`: by area, the number of cases and of those that ended as on AWS. */
export type Results = { readonly by: Readonly<Record<string, Counts>> };

type Counts = {
  readonly n: number;
  readonly result: number;
  readonly cause: number;
  /** Of those with a recorded history. */
  readonly h: number;
  readonly hFull: number;
};

const intro = `# Support for the Amazon States Language

\`npm run conformance -- --write\` makes this page. The embedded engine repeats executions that were recorded on AWS, so
every claim here is tested. *Result* is the status and the output, or the status and the error's name. *Cause* is also
the error's text. *History* is the whole list of events with ids and details, if it was recorded.
`;

/** The page for people: one line for each area of the recordings. */
export function supportPage(pure: Results, stubbed: Results): string {
  return `${intro}
## Executions that call no other service

${table(pure)}

## Executions with tasks, each answered as it was recorded

${table(stubbed)}
`;
}

function table({ by }: Results): string {
  const areas = Object.keys(by).filter((area) => !area.startsWith('='));
  const rows = [...areas.toSorted().map((area) => row(area, by[area])), row('**all**', by['= TOTAL'])];
  return ['| area | cases | result | cause | history |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function row(area: string, counts: Counts | undefined): string {
  if (counts === undefined) return `| ${area} | | | | |`;
  const { n, result, cause, h, hFull } = counts;
  const history = h === 0 ? '–' : `${hFull} of ${h}`;
  return `| ${area} | ${n} | ${result} | ${cause} | ${history} |`;
}
