import { userInfo } from 'node:os';

/**
 * The command inside a container of the job's image. The project and the home have the same paths there. The container
 * shares the host's loopback, where the local endpoint listens.
 *
 * @param options.env the variables that the container gets. The host's `PATH` is not among them.
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
  // Passes names only, so that values appear in no process list: docker reads them from its own environment.
  const variables = Object.keys(options.env).flatMap((name) => ['--env', name]);
  const settings = ['--rm', '--network', 'host', '--name', options.name, '--user', `${uid}:${gid}`];
  const [program = '', ...rest] = command;
  const place = ['--workdir', options.cwd, '--entrypoint', program];
  return ['docker', 'run', ...settings, ...mounts, ...variables, ...place, options.image, ...rest];
}
