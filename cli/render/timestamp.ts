/** `2026-11-22 03:00:12 UTC`, of epoch milliseconds. */
export function timestamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
