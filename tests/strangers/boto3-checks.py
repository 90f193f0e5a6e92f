"""Calls the runtime at AWS_ENDPOINT_URL with boto3. Prints a line for each difference; the last line counts them."""
import io
import urllib.request

import boto3
from botocore.exceptions import ClientError

differences = 0
checks = 0


def expect(what, holds):
    global differences, checks
    checks += 1
    if not holds:
        differences += 1
        print('differs:', what)


def code(call, **arguments):
    try:
        call(**arguments)
        return None
    except ClientError as error:
        return error.response['Error']['Code']


s3, bucket = boto3.client('s3'), 'strangers'
s3.create_bucket(Bucket=bucket)
s3.put_object(Bucket=bucket, Key='k', Body=b'abcdef', ContentType='text/x', Metadata={'a': 'b'})
head = s3.head_object(Bucket=bucket, Key='k')
expect('content type and metadata', (head['ContentType'], head['Metadata']) == ('text/x', {'a': 'b'}))
expect('suffix range', s3.get_object(Bucket=bucket, Key='k', Range='bytes=-2')['Body'].read() == b'ef')
expect('If-None-Match', code(s3.put_object, Bucket=bucket, Key='k', IfNoneMatch='*') == 'PreconditionFailed')
for call, more in [
    (s3.put_object_tagging, {'Key': 'k', 'Tagging': {'TagSet': []}}),
    (s3.put_object_legal_hold, {'Key': 'k', 'LegalHold': {'Status': 'ON'}}),
    (s3.put_bucket_policy, {'Policy': '{}'}),
    (s3.get_bucket_cors, {}),
]:
    expect('NotImplemented', code(call, Bucket=bucket, **more) == 'NotImplemented')
expect('the object is untouched', s3.get_object(Bucket=bucket, Key='k')['Body'].read() == b'abcdef')
s3.copy_object(Bucket=bucket, Key='copy', CopySource=f'{bucket}/k')
expect('copy', s3.head_object(Bucket=bucket, Key='copy')['ContentType'] == 'text/x')
s3.upload_fileobj(io.BytesIO(b'x' * 12_000_000), bucket, 'parts')
large = s3.head_object(Bucket=bucket, Key='parts')
expect('an upload in parts', (large['ContentLength'], large['ETag'][-3:]) == (12_000_000, '-2"'))
boto3.resource('s3').Bucket(bucket).object_versions.filter(Prefix='parts').delete()
expect('deleted by its version', code(s3.head_object, Bucket=bucket, Key='parts') == '404')
signed = s3.generate_presigned_url('put_object', Params={'Bucket': bucket, 'Key': 'signed', 'ContentType': 'a/b'})
put = urllib.request.Request(signed, data=b'x', method='PUT', headers={'Content-Type': 'a/b'})
expect('presigned', urllib.request.urlopen(put).status == 200)
s3.delete_object(Bucket=bucket, Key='signed')
for index in range(1_005):
    s3.put_object(Bucket=bucket, Key=f'many/{index:04}', Body=b'')
resource = boto3.resource('s3').Bucket(bucket)
expect('more than a page of ListObjects', len(list(resource.objects.all())) == 1_007)
expect('a bucket that is not empty', code(s3.delete_bucket, Bucket=bucket) == 'BucketNotEmpty')
resource.objects.all().delete()
resource.delete()
expect('deleted', code(s3.list_objects_v2, Bucket=bucket) == 'NoSuchBucket')
expect('sts', boto3.client('sts').get_caller_identity()['Account'] == '000000000000')
expect('a service that is not served', code(boto3.client('iam').list_roles) == 'InvalidAction')

sfn = boto3.client('stepfunctions')
expect('no ARN', code(sfn.describe_state_machine, stateMachineArn='garbage') == 'InvalidArn')
events = boto3.client('events')
entries = [{'Source': 'aws.s3', 'DetailType': 'd', 'Detail': '{}'}, {'Source': 's', 'DetailType': 'd', 'Detail': '[1]'}]
codes = [entry.get('ErrorCode') for entry in events.put_events(Entries=entries)['Entries']]
expect('PutEvents', codes == ['NotAuthorizedForSource', 'MalformedDetail'])
print(f'{checks} checks, {differences} differences')
raise SystemExit(differences)
