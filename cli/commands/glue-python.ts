import { findGluePython, type GluePythonVersion, gluePythons } from '../../local/glue/processes/glue-python.ts';
import type { SparkFormat } from '../../local/glue/processes/spark-formats.ts';
import { formatsOf, installFormat, missingFormats } from '../glue-python/install-formats.ts';
import { makeEnvironment } from '../glue-python/make-environment.ts';
import { runPip } from '../glue-python/run-pip.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

type Options = JsonOption & { readonly glueVersion: string; readonly add?: string; readonly formats?: string };

export const gluePython: Register = (program, cli) => {
  addCommand(
    program,
    'glue-python',
    'make the Python environment for Spark jobs of a Glue version, with pip',
    'glue-python --glue-version 6.0',
  )
    .option('--glue-version <version>', Object.keys(gluePythons).join(' or '), '5.1')
    .option('--add <modules>', 'further modules to install, as in --additional-python-modules')
    .option('--formats <names>', 'avro, iceberg, delta, hudi: fetch only their jars (default: all available)')
    .action(({ glueVersion, add = '', formats, json }: Options) => {
      const version = versionOf(glueVersion);
      const wanted = formatsOf(formats, version);
      const { env } = cli.terminal;
      const was = findGluePython(version, env);
      const python = was ?? makeEnvironment(version, cli, json === true);
      const modules = add.split(',').map((one) => one.trim());
      runPip(
        python,
        modules.filter((one) => one !== ''),
        env,
      );
      for (const format of missingFormats(python, wanted)) {
        if (json !== true) cli.terminal.out(`fetching the jars of ${format}`);
        install(python, version, format, cli, formats !== undefined);
      }
      const missing = missingFormats(python, wanted);
      const has = wanted.filter((format) => !missing.includes(format));
      if (json) printJson(cli, { glueVersion: version, python, made: was === undefined, formats: has });
      else cli.terminal.out(`Spark jobs with glueVersion "${version}" run on ${python}`);
    });
};

/** A missing format is an error only if `--formats` names it. The environment is useful without the others. */
function install(python: string, version: GluePythonVersion, format: SparkFormat, cli: Cli, named: boolean): void {
  try {
    installFormat(python, version, format, cli.terminal.env);
  } catch (error) {
    if (named || !(error instanceof CommandError)) throw error;
    cli.terminal.err(`gluewright: jobs cannot use ${format}: ${error.message}`);
  }
}

function versionOf(text: string): GluePythonVersion {
  if (text === '5.1' || text === '6.0') return text;
  throw new CommandError(exitCodes.usage, `--glue-version takes ${Object.keys(gluePythons).join(' or ')}, not ${text}`);
}
