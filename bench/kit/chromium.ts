import { existsSync } from 'node:fs';

export const chromiumAt = '/usr/bin/chromium';

export const hasBrowser = existsSync(chromiumAt);

/** root in a container cannot use Chromium's sandbox. */
export const launching = {
  executablePath: chromiumAt,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
};
