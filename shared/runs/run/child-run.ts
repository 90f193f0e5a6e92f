/** The attempt that starts a run, and which of its items the run is for. Absent: it starts only one. */
export type RunParent = {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  readonly index?: number;
};

/** The run's id follows from these. */
export function childNames({ run, task, attempt, index }: RunParent): {
  readonly cause: string;
  readonly label: string;
} {
  const item = index === undefined ? [] : [index];
  return {
    cause: [`task ${run}`, task, attempt, ...item].join('/'),
    label: [run, task, attempt, ...item].join('-'),
  };
}
