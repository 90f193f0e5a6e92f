const units = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;

/** `500B`, `64KB`, `2GiB`. */
export const bytesPattern = /^(\d{1,9}) ?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;

/** Undefined: not a number of bytes. */
export function readBytes(written: number | string): number | undefined {
  if (typeof written === 'number') return written;
  const match = bytesPattern.exec(written);
  const unit = Object.entries(units).find(([name]) => name === match?.[2])?.[1];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}
