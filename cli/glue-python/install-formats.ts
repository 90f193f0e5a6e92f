import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { GluePythonVersion } from '../../local/glue/processes/glue-python.ts';
import { formatParts, jarFolder, type SparkFormat, sparkFormats } from '../../local/glue/processes/spark-formats.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { type Environment, runPip } from './run-pip.ts';

/** Parses a list of formats such as `iceberg,delta`. Without a list, returns all formats of the Glue version. */
export function formatsOf(text: string | undefined, version: GluePythonVersion): readonly SparkFormat[] {
  const there = sparkFormats.filter((format) => formatParts[version][format] !== undefined);
  if (text === undefined) return there;
  const names = text.split(/[,\s]+/).filter((name) => name !== '');
  const wrong = names.find((name) => !there.some((format) => format === name));
  if (wrong !== undefined) {
    throw new CommandError(exitCodes.usage, `--formats takes ${there.join(', ')} with Glue ${version}, not ${wrong}`);
  }
  return there.filter((format) => names.includes(format));
}

export function missingFormats(python: string, formats: readonly SparkFormat[]): readonly SparkFormat[] {
  return formats.filter((format) => !existsSync(jarFolder(python, format)));
}

/** A Python script that makes Spark fetch the packages, and prints the folder of Spark's own jars. */
const resolve = `import os, pyspark
from pyspark.java_gateway import launch_gateway
launch_gateway().shutdown()
print(os.path.join(os.path.dirname(pyspark.__file__), "jars"))`;

/**
 * Fetches a format's jars from Maven Central, with Spark's own resolver, and its modules with pip.
 *
 * @throws {CommandError} if a jar or a module is not available
 */
export function installFormat(python: string, version: GluePythonVersion, format: SparkFormat, env: Environment): void {
  const { jars = [], modules = [] } = formatParts[version][format] ?? {};
  runPip(python, modules, env, '--no-deps');
  const folder = jarFolder(python, format);
  const cache = `${folder}.ivy`;
  // An interrupted command may have left an incomplete jar, which the resolver would not replace.
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const submit = `--packages ${jars.join(',')} --conf "spark.jars.ivy=${cache}" pyspark-shell`;
  const spark = { ...env, PYSPARK_SUBMIT_ARGS: submit, SPARK_LOCAL_IP: '127.0.0.1' };
  try {
    const { status, stdout, stderr } = spawnSync(python, ['-c', resolve], { encoding: 'utf8', env: spark });
    const fetched = path.join(cache, 'jars');
    if (status !== 0 || !existsSync(fetched)) throw new CommandError(exitCodes.unavailable, unavailable(jars, stderr));
    removeOwnJars(fetched, stdout.trim().split('\n').at(-1) ?? '');
    renameSync(fetched, folder);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Removes jars that Spark already has, often in another version: `GROUP_NAME-1.2.jar` is Spark's `NAME-1.3.jar`. */
function removeOwnJars(fetched: string, own: string): void {
  const nameOf = (jar: string) => jar.replace(/-\d[^_]*\.jar$/, '');
  const names = new Set(readdirSync(own).map(nameOf));
  for (const jar of readdirSync(fetched)) {
    if (names.has(nameOf(jar.replace(/^[^_]*_/, '')))) rmSync(path.join(fetched, jar));
  }
}

function unavailable(jars: readonly string[], stderr: string): string {
  const reason = /^.*(?:Exception|Error): .*$/m.exec(stderr)?.[0] ?? stderr.trim().split('\n').at(-1) ?? '';
  const mirror = 'to use a mirror of Maven Central, set the variable DEFAULT_ARTIFACT_REPOSITORY';
  return `cannot fetch ${jars.join(', ')}: ${reason}\n  ${mirror}`;
}
