/** Tells of something that is wrong. */
export type Say = (what: string) => void;
