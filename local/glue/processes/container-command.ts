import { userInfo } from 'node:os';

/**
 * The command inside a container of the job's image. The project and the home lie at the same paths there, and the
 * host's loopback is the container's own, where the local endpoint is.
 *
 * @param options.env what the container gets of the job's environment; the host's own `PATH` would not fit
 */
export function containerCommand(
  command: readonly string[],
  options: {
    readonly image: string;
    readonly name: string;
    readonly folders: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
  },
): readonly string[] {
  const { uid, gid } = userInfo();
  const mounts = [...new Set(options.folders)].flatMap((folder) => ['--volume', `${folder}:${folder}`]);
  // By name alone: the values come from docker's own environment and appear in no list of processes.
  const variables = Object.keys(options.env).flatMap((name) => ['--env', name]);
  const settings = ['--rm', '--network', 'host', '--name', options.name, '--user', `${uid}:${gid}`];
  const [program = '', ...rest] = command;
  const place = ['--workdir', options.cwd, '--entrypoint', program];
  return ['docker', 'run', ...settings, ...mounts, ...variables, ...place, options.image, ...rest];
}
