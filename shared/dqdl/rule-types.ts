/** The rule types of DQDL, as AWS documents them. */
export const ruleTypes = [
  ...['AggregateMatch', 'ColumnCorrelation', 'ColumnCount', 'ColumnDataType', 'ColumnExists'],
  ...['ColumnLength', 'ColumnNamesMatchPattern', 'ColumnValues', 'Completeness', 'CustomSql', 'DataFreshness'],
  ...['DatasetMatch', 'DetectAnomalies', 'DistinctValuesCount', 'Entropy', 'FileFreshness', 'FileMatch', 'FileSize'],
  ...['FileUniqueness', 'IsComplete', 'IsPrimaryKey', 'IsUnique', 'Mean', 'ReferentialIntegrity', 'RowCount'],
  ...['RowCountMatch', 'SchemaMatch', 'StandardDeviation', 'Sum', 'Uniqueness', 'UniqueValueRatio'],
];
