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

const intro = `# What of the Amazon States Language is supported

Made by \`npm run conformance -- --write\` from executions that were recorded on AWS and are repeated by the embedded
engine: nothing is claimed here that is not run. *Result* is status and output, or status and the error's name; *cause*
is the text of the error as well; *history* is the whole list of events with their ids and details, where one was
recorded.
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
