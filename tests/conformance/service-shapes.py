"""Writes local/engine/test-state/service-shapes.json from botocore's service models: what mocked results are held to."""
import json
import sys

import botocore.loaders

SERVICES = {
    'athena': 'athena', 'batch': 'batch', 'codebuild': 'codebuild', 'databrew': 'databrew', 'dynamodb': 'dynamodb',
    'ecs': 'ecs', 'eventbridge': 'events', 'glue': 'glue', 'kms': 'kms', 'lambda': 'lambda', 's3': 's3',
    'secretsmanager': 'secretsmanager', 'sfn': 'stepfunctions', 'sns': 'sns', 'sqs': 'sqs', 'ssm': 'ssm', 'sts': 'sts',
}
# Only operations with these prefixes are called by state machines. Others would only enlarge the file.
VERBS = ('Get', 'Put', 'List', 'Start', 'Describe', 'Send', 'Publish', 'Encrypt', 'Decrypt', 'Create', 'Update',
         'Delete', 'Query', 'Scan', 'Run', 'Submit', 'Invoke', 'Head', 'Copy', 'Generate', 'Receive', 'Assume', 'Batch')
LARGE = {'glue', 'ssm', 'batch', 'codebuild', 'databrew'}
LARGE_VERBS = ('Start', 'Submit', 'GetParameter', 'PutParameter', 'GetJobRun', 'DescribeJobs')
# Recorded checks of AWS where botocore's model is newer.
RECORDED = {('lambda', 'MemorySize'): [128, 10240]}
NUMBERS = {'integer', 'long', 'double', 'float'}


def upper(name):
    return name[:1].upper() + name[1:]


def service_shapes(name):
    model = botocore.loaders.Loader().load_service_model(name, 'service-2')
    shapes = {}

    def add(shape_name):
        if shape_name in shapes:
            return shape_name
        shape = model['shapes'][shape_name]
        kind = shape['type']
        if kind == 'structure':
            entry = shapes[shape_name] = {'m': {}}
            if shape.get('document') or shape.get('eventstream'):
                entry.clear()
                return shape_name
            for member, of in shape.get('members', {}).items():
                if of.get('location') == 'statusCode' and name != 'lambda':
                    continue
                entry['m'][upper(member)] = add(of['shape'])
            if shape.get('required'):
                entry['r'] = [upper(member) for member in shape['required']]
        elif kind == 'list':
            shapes[shape_name] = {}
            shapes[shape_name] = {'l': add(shape['member']['shape'])}
        elif kind in NUMBERS:
            shapes[shape_name] = {'n': RECORDED.get((name, shape_name), [shape.get('min'), shape.get('max')])}
        elif kind == 'boolean':
            shapes[shape_name] = {'b': 1}
        elif kind == 'map':
            shapes[shape_name] = {}
            shapes[shape_name] = {'p': add(shape['value']['shape'])}
        elif 'enum' in shape:
            shapes[shape_name] = {'e': shape['enum']}
        else:
            shapes[shape_name] = {'s': [shape.get('min'), shape.get('max')]}
        return shape_name

    operations = {}
    verbs = LARGE_VERBS if name in LARGE else VERBS
    for operation in model['operations'].values():
        if operation['name'].startswith(verbs):
            output = operation.get('output')
            if output is not None:
                operations[operation['name'][:1].lower() + operation['name'][1:]] = add(output['shape'])
    ids = {shape: index for index, shape in enumerate(shapes)}

    def numbered(entry):
        result = dict(entry)
        if 'm' in entry:
            result['m'] = {member: ids[shape] for member, shape in entry['m'].items()}
        for key in ('l', 'p'):
            if key in entry:
                result[key] = ids[entry[key]]
        return result

    return {'operations': {key: ids[shape] for key, shape in operations.items()},
            'shapes': [numbered(entry) for entry in shapes.values()]}


result = {key: service_shapes(name) for key, name in SERVICES.items()}
json.dump(result, sys.stdout, separators=(',', ':'))
