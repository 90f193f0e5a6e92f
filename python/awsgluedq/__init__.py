"""A local stand-in for AWS Glue's data quality transform, on PySpark."""
