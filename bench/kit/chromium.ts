import { existsSync } from 'node:fs';

export const chromiumAt = '/usr/bin/chromium';

export const hasBrowser = existsSync(chromiumAt);

/** A container's root has no sandbox to give. */
export const launching = {
  executablePath: chromiumAt,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
};
