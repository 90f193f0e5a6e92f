/** The result of another project's suite: the number of differences, or why it was skipped. */
export type Verdict = { readonly differences: number } | { readonly skipped: string };
