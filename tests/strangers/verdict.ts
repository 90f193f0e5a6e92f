/** What a suite of others says: how often we differ, or why it was not run. */
export type Verdict = { readonly differences: number } | { readonly skipped: string };
