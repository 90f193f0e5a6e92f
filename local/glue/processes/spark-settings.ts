import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Settings of local Spark that do not depend on the buckets. */
const fixed = [
  'spark.master local[2]',
  'spark.ui.enabled false',
  // The progress bar would clutter the job's log.
  'spark.ui.showConsoleProgress false',
  'spark.driver.host 127.0.0.1',
  'spark.driver.bindAddress 127.0.0.1',
  'spark.driver.memory 1g',
  'spark.sql.shuffle.partitions 4',
  // Hadoop's default file system writes a .crc file beside each object, which would count as an arrival. Spark itself
  // needs it for `file:`.
  'spark.hadoop.fs.folder.impl org.apache.hadoop.fs.RawLocalFileSystem',
  'spark.hadoop.fs.AbstractFileSystem.folder.impl org.apache.hadoop.fs.local.RawLocalFs',
];

/**
 * Writes `spark-defaults.conf`, which maps `s3://BUCKET/` to the bucket's folder.
 *
 * @param options.texts text that may name buckets: the script and the arguments
 * @param options.warehouse folder of tables without a location of their own
 * @param options.jars jars in addition to Spark's own
 * @param options.conf the job's `--conf` argument
 * @returns the variables that point PySpark to the file
 */
export function writeSparkSettings(options: {
  readonly folder: string;
  readonly buckets: string;
  readonly texts: readonly string[];
  readonly warehouse: string;
  readonly jars: readonly string[];
  readonly conf: string | undefined;
  readonly python: string | undefined;
}): Record<string, string> {
  const lines = [...fixed, `spark.sql.warehouse.dir ${pathToFileURL(options.warehouse).href}`];
  for (const scheme of ['s3', 's3a', 's3n']) {
    lines.push(`spark.hadoop.fs.${scheme}.impl org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme`);
    lines.push(`spark.hadoop.fs.AbstractFileSystem.${scheme}.impl org.apache.hadoop.fs.viewfs.ViewFs`);
  }
  for (const bucket of bucketNames(options.buckets, options.texts)) {
    const folder = pathToFileURL(path.join(options.buckets, bucket)).href.replace(/^file:/, 'folder:');
    lines.push(`spark.hadoop.fs.viewfs.mounttable.${bucket}.linkFallback ${folder}`);
  }
  if (options.jars.length > 0) lines.push(`spark.driver.extraClassPath ${options.jars.join(path.delimiter)}`);
  // The job's settings come last, so that they override ours.
  lines.push(...settingsOf(options.conf));
  mkdirSync(options.folder, { recursive: true });
  writeFileSync(path.join(options.folder, 'spark-defaults.conf'), `${lines.join('\n')}\n`);
  const python = options.python === undefined ? {} : { PYSPARK_PYTHON: options.python };
  return { SPARK_CONF_DIR: options.folder, SPARK_LOCAL_IP: '127.0.0.1', ...python };
}

/** Glue accepts several settings in one argument: `spark.a=1 --conf spark.b=2`. */
function settingsOf(conf = ''): readonly string[] {
  return conf.split(/\s*--conf\s+/).flatMap((one) => {
    const [, name, value] = /^\s*(spark\.[\w.-]+)\s*=\s*(.*?)\s*$/s.exec(one) ?? [];
    return name === undefined || name === 'spark.master' ? [] : [`${name} ${value}`];
  });
}

/** Existing buckets, and named ones that may be created. */
function bucketNames(buckets: string, texts: readonly string[]): readonly string[] {
  const named = texts.flatMap((text) => [...text.matchAll(/\bs3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/g)]);
  return [...new Set([...foldersIn(buckets), ...named.map(([, bucket = '']) => bucket)])].sort();
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

/** Empty if the file is unreadable. The job itself then reports the problem. */
export function readScript(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
