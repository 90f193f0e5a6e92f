type Days = `${number}d`;
type Hours = `${number}h`;
type Minutes = `${number}m`;
type Seconds = `${number}s`;
type UpToMinutes = Minutes | Seconds | `${Minutes}${Seconds}`;
type UpToHours = Hours | UpToMinutes | `${Hours}${UpToMinutes}`;

/** A duration such as `90s`, `2m`, `1h30m` or `7d`: whole numbers with their units, the largest first. */
export type Duration = Days | UpToHours | `${Days}${UpToHours}`;

/** JSONata between `{%` and `%}`. */
export type Expression = `{%${string}%}`;
