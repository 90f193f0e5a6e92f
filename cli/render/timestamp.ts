/** `2026-11-22 03:00:12 UTC`, of ISO 8601 or epoch milliseconds. */
export function timestamp(time: number | string): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
