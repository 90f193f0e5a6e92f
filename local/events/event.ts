/** An event as EventBridge delivers it. */
export type Event = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, UTC, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
};

/** The part of an event that a service or `PutEvents` provides. The bus adds the rest. */
export type EventEntry = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** Epoch milliseconds. Absent: now. */
  readonly time?: number;
};
