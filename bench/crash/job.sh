#!/bin/sh
# A job of `npm run bench -- crash --what runtime`: says that it was started, works for a moment, and ends as it is told.
while [ $# -gt 1 ]; do
  case "$1" in
    --gluewright_run) run=$2 ;;
    --gluewright_task) task=$2 ;;
    --gluewright_attempt) attempt=$2 ;;
    --gluewright_output) output=$2 ;;
    --starts) starts=$2 ;;
    --seconds) seconds=$2 ;;
    --fails) fails=$2 ;;
  esac
  shift 2
done
# One short line, appended by one write: lines of jobs side by side do not mix.
echo "$run $task $attempt" >>"$starts"
sleep "$seconds"
if [ "$fails" = always ] || [ "$fails" = "$attempt" ]; then exit 1; fi
if [ -n "$output" ]; then echo '{"rows": 1}' >"$output"; fi
