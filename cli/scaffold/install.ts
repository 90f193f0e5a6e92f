import { spawnSync } from 'node:child_process';

/** The package manager that started this process: npx, pnpm dlx and yarn dlx identify themselves. */
function packageManager(env: Readonly<Record<string, string | undefined>>): 'npm' | 'pnpm' | 'yarn' {
  const agent = env.npm_config_user_agent ?? '';
  return agent.startsWith('pnpm/') ? 'pnpm' : agent.startsWith('yarn/') ? 'yarn' : 'npm';
}

/** Installs the packages of package.json. @returns what went wrong, if anything */
export function install(folder: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const manager = packageManager(env);
  const words = manager === 'npm' ? ['install', '--no-audit', '--no-fund', '--prefer-offline'] : ['install'];
  const { status, stderr, error } = spawnSync(manager, words, {
    cwd: folder,
    env,
    encoding: 'utf8',
    // Windows has npm.cmd
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return undefined;
  const said = error?.message ?? stderr.trim().split('\n').slice(0, 3).join('; ');
  return `${manager} install failed: ${said}`;
}
