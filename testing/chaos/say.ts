/** Prints a failure. */
export type Say = (what: string) => void;
