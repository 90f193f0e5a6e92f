# Asks a runtime at AWS_ENDPOINT_URL what users ask AWS with its command. Prints a line for each difference; its status counts.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 99
checks=0 differences=0

# expect WHAT WANTED COMMAND…: the command's output, or its status where it fails
expect() {
  local what=$1 wanted=$2 got
  shift 2
  got=$("$@" 2>stderr) || got="$? $(sed -n 's/.*(\(.*\)) when calling.*/\1/p' stderr)"
  checks=$((checks + 1))
  [ "$got" = "$wanted" ] && return
  differences=$((differences + 1))
  printf 'differs: %s\n  wanted %s\n  got    %s\n' "$what" "$wanted" "$got"
}
keys() { aws s3api list-objects-v2 --bucket "$1" --query 'join(`,`, Contents[].Key || `[]`)' --output text; }
s3() { aws s3 "$@" --only-show-errors; }

mkdir -p source/deep && echo one >source/a.txt && echo '{}' >source/deep/b.json
head -c 9000000 /dev/zero >large
expect 'mb' 'make_bucket: strangers-one' aws s3 mb s3://strangers-one
expect 'mb, another' 'make_bucket: strangers-two' aws s3 mb s3://strangers-two
expect 'sync up' '' s3 sync source s3://strangers-one/p
expect 'sync again finds nothing to do' '' aws s3 sync source s3://strangers-one/p
expect 'keys' 'p/a.txt,p/deep/b.json' keys strangers-one
expect 'content type by the name' 'application/json' aws s3api head-object --bucket strangers-one --key p/deep/b.json --query ContentType --output text
expect 'cp in parts, with metadata' '' s3 cp large s3://strangers-one/large --metadata day=monday --cache-control max-age=3
expect 'metadata' 'monday	max-age=3	9000000' aws s3api head-object --bucket strangers-one --key large --query '[Metadata.day,CacheControl,ContentLength]' --output text
expect 'cp down' '' s3 cp s3://strangers-one/large back
expect 'the same bytes' '' cmp large back
expect 'cp between buckets' '' s3 cp s3://strangers-one/large s3://strangers-two/large
expect 'mv' '' s3 mv s3://strangers-one/p/a.txt s3://strangers-two/a.txt
expect 'mv leaves nothing' 'large,p/deep/b.json' keys strangers-one
expect 'sync between buckets' '' s3 sync s3://strangers-one/p s3://strangers-two/p
rm source/deep/b.json && echo two >source/c.txt
expect 'sync --delete' '' s3 sync source s3://strangers-one/p --delete
expect 'sync --delete leaves what is here' 'large,p/a.txt,p/c.txt' keys strangers-one
expect 'rm' '' s3 rm s3://strangers-one/p/c.txt
expect 'rb of a full bucket' '1 BucketNotEmpty' aws s3 rb s3://strangers-two
expect 'rb --force' 'remove_bucket: strangers-two' bash -c 'aws s3 rb s3://strangers-two --force | tail -1'
expect 'head-bucket' '255 404' aws s3api head-bucket --bucket strangers-two
expect 'location' 'None' aws s3api get-bucket-location --bucket strangers-one --query LocationConstraint --output text
expect 'versions' 'null,null' aws s3api list-object-versions --bucket strangers-one --query 'join(`,`, Versions[].VersionId)' --output text
expect 'range' '2' aws s3api get-object --bucket strangers-one --key p/a.txt --range bytes=-2 out --query ContentLength --output text
expect 'checksum' 'LIsI2lzmA5jh8Zrw5dzMdE3ydLgmq+WF6rpoxSVDSAY=' aws s3api put-object --bucket strangers-one --key sum --body source/a.txt --checksum-algorithm SHA256 --query ChecksumSHA256 --output text
expect 'if-none-match' '255 PreconditionFailed' aws s3api put-object --bucket strangers-one --key sum --if-none-match '*'
expect 'presign' 'one' bash -c 'curl -sf "$(aws s3 presign s3://strangers-one/p/a.txt)"'
expect 'what is not served' '255 NotImplemented' aws s3api put-bucket-versioning --bucket strangers-one --versioning-configuration Status=Enabled

machine='{"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"a":1},"End":true}}}'
role=arn:aws:iam::000000000000:role/r
arn=arn:aws:states:us-east-1:000000000000:stateMachine:strangers
expect 'create-state-machine' "$arn" aws stepfunctions create-state-machine --name strangers --role-arn $role --definition "$machine" --query stateMachineArn --output text
expect 'start-sync-execution' '255 StateMachineTypeNotSupported' aws stepfunctions start-sync-execution --state-machine-arn $arn
expect 'start-execution' "${arn/stateMachine/execution}:one" aws stepfunctions start-execution --state-machine-arn $arn --name one --query executionArn --output text
expect 'describe-execution' 'SUCCEEDED	{"a":1}' aws stepfunctions describe-execution --execution-arn "${arn/stateMachine/execution}:one" --query '[status,output]' --output text
expect 'history' 'ExecutionStarted,PassStateEntered,PassStateExited,ExecutionSucceeded' aws stepfunctions get-execution-history --execution-arn "${arn/stateMachine/execution}:one" --query 'join(`,`, events[].type)' --output text
expect 'validate' 'FAIL' aws stepfunctions validate-state-machine-definition --definition '{}' --query result --output text
expect 'test-state' 'RETRIABLE' aws stepfunctions test-state --definition '{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Retry":[{"ErrorEquals":["E"]}],"End":true}' --mock '{"errorOutput":{"error":"E"}}' --query status --output text
expect 'put-events' '1' aws events put-events --entries '[{"Source":"s","DetailType":"d","Detail":"[1]"}]' --query FailedEntryCount --output text
expect 'test-event-pattern' 'True' aws events test-event-pattern --event-pattern '{"source":[{"prefix":"a"}]}' --event '{"id":"1","account":"1","source":"ab","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail-type":"d","detail":{}}' --query Result --output text
printf '%s checks, %s differences\n' "$checks" "$differences"
exit "$differences"
