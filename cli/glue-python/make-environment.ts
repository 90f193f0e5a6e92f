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

/** The modules of Glue that scripts import most, besides Spark. */
const provided = ['boto3', 'numpy', 'pandas', 'pyarrow', 'requests', 's3fs'];

/** @returns the path of the environment's Python */
export function makeEnvironment(version: GluePythonVersion, { terminal }: Cli, quiet: boolean): string {
  const { python, pyspark } = gluePythons[version];
  const base = findPython(python, terminal.env);
  if (base === undefined) {
    const message = `Glue ${version} needs Python ${python}, but python${python} is neither on PATH nor in pyenv: install it and try again`;
    throw new CommandError(exitCodes.unavailable, message);
  }
  if (spawnSync('java', ['-version'], { env: { ...terminal.env } }).status !== 0) {
    terminal.err('gluewright: java is not on PATH: PySpark needs Java 17 to run a job');
  }
  const folder = gluePythonFolder(version, terminal.env);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  if (!quiet) terminal.out(`installing pyspark ${pyspark} in ${folder}: about 800 MB, which takes a few minutes`);
  const made = path.join(folder, 'bin', 'python');
  runProgram([base, '-m', 'venv', folder], terminal.env);
  runPip(made, [`pyspark==${pyspark}`, ...provided], terminal.env);
  writeFileSync(path.join(folder, readyMark), '');
  return made;
}

/** Finds a Python of this version: under its versioned name, as `python3` or `python`, or in pyenv. */
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
