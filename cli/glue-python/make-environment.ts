import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  type GluePythonVersion,
  gluePythonFolder,
  gluePythons,
  readyMark,
} from '../../local/glue/processes/glue-python.ts';
import type { Cli } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { type Environment, runPip, runProgram } from './run-pip.ts';

/** Modules that Glue has besides Spark, and that scripts import most. */
const provided = ['boto3', 'numpy', 'pandas', 'pyarrow', 'requests', 's3fs'];

/** @returns the path of its Python */
export function makeEnvironment(version: GluePythonVersion, { terminal }: Cli, quiet: boolean): string {
  const { python, pyspark } = gluePythons[version];
  const base = findPython(python, terminal.env);
  if (base === undefined) {
    const message = `Glue ${version} has Python ${python}, and there is no python${python} on PATH or in pyenv: install it and try again`;
    throw new CommandError(exitCodes.unavailable, message);
  }
  if (spawnSync('java', ['-version'], { env: { ...terminal.env } }).status !== 0) {
    terminal.err('gluewright: there is no java on PATH: PySpark needs Java 17 when a job runs');
  }
  const folder = gluePythonFolder(version, terminal.env);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  if (!quiet) terminal.out(`making ${folder} with pyspark ${pyspark}: about 800 MB, which takes a few minutes`);
  const made = path.join(folder, 'bin', 'python');
  runProgram([base, '-m', 'venv', folder], terminal.env);
  runPip(made, [`pyspark==${pyspark}`, ...provided], terminal.env);
  writeFileSync(path.join(folder, readyMark), '');
  return made;
}

/** The Python of that version: by its name, as `python3`, or among pyenv's. */
function findPython(version: string, env: Environment): string | undefined {
  const tell = ['-c', 'import sys, venv; print("%d.%d" % sys.version_info[:2])'];
  return [`python${version}`, 'python3', 'python', ...pyenvPythons(version, env)].find((name) => {
    const said = spawnSync(name, tell, { encoding: 'utf8', env: { ...env } });
    return said.status === 0 && said.stdout.trim() === version;
  });
}

function pyenvPythons(version: string, { PYENV_ROOT, HOME }: Environment): readonly string[] {
  const folder = path.join(PYENV_ROOT ?? path.join(HOME ?? homedir(), '.pyenv'), 'versions');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith(`${version}.`)).map((name) => path.join(folder, name, 'bin', 'python'));
}
