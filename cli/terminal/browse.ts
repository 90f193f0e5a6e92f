import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer' };

/** Opens an address in the user's browser, where there is one. The address is printed as well, so a failure is harmless. */
export function browse(address: string): void {
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [address], { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}
