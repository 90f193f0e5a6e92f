import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { GluePythonVersion } from './glue-python.ts';

/** File and table formats that need jars beyond those of pip's PySpark. */
export const sparkFormats = ['avro', 'iceberg', 'delta', 'hudi'] as const;
export type SparkFormat = (typeof sparkFormats)[number];

type Parts = { readonly jars: readonly string[]; readonly modules?: readonly string[] };

/**
 * The Maven coordinates of each format's jars and the pip names of its modules, in the versions that Glue has
 * (https://docs.aws.amazon.com/glue/latest/dg/release-notes.html). Hudi has no jar for the Spark of Glue 6.0.
 */
export const formatParts: Readonly<Record<GluePythonVersion, Partial<Readonly<Record<SparkFormat, Parts>>>>> = {
  '5.1': {
    avro: { jars: ['org.apache.spark:spark-avro_2.12:3.5.6'] },
    iceberg: {
      jars: [
        'org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.0',
        // Connects to the Data Catalog and S3.
        'org.apache.iceberg:iceberg-aws-bundle:1.10.0',
      ],
    },
    delta: { jars: ['io.delta:delta-spark_2.12:3.3.2'], modules: ['delta-spark==3.3.2'] },
    hudi: { jars: ['org.apache.hudi:hudi-spark3.5-bundle_2.12:1.0.2'] },
  },
  '6.0': {
    avro: { jars: ['org.apache.spark:spark-avro_2.13:4.1.1'] },
    iceberg: {
      jars: [
        'org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.11.0',
        'org.apache.iceberg:iceberg-aws-bundle:1.11.0',
      ],
    },
    delta: { jars: ['io.delta:delta-spark_4.1_2.13:4.2.0'], modules: ['delta-spark==4.2.0'] },
  },
};

/** The folder of a format's jars, beside the `bin` of its Python. It exists only when it is complete. */
export function jarFolder(python: string, format: SparkFormat): string {
  return path.join(path.dirname(python), '..', 'jars', format);
}

/** The formats that a job can use: Avro and the table formats in its `--datalake-formats`, if they are installed. */
export function loadedFormats(python: string | undefined, datalakeFormats = ''): readonly SparkFormat[] {
  if (python === undefined) return [];
  const named = new Set(['avro', ...datalakeFormats.split(/[,\s]+/)]);
  return sparkFormats.filter((format) => named.has(format) && existsSync(jarFolder(python, format)));
}

/** The paths of these formats' jars. */
export function jarsOf(python: string, formats: readonly SparkFormat[]): readonly string[] {
  return formats.flatMap((format) => {
    const folder = jarFolder(python, format);
    return readdirSync(folder).map((name) => path.join(folder, name));
  });
}
