#!/bin/bash

# Codes an archive on a Ray cluster: on the first machine, then on each of the others, then once on the first.

set -eu

case ${1:?head, join ADDRESS, or code} in
    head) exec ray start --head --port=6379 --include-dashboard=false ;;
    join) exec ray start --address="${2:?the first machine, as 10.0.0.1:6379}" ;;
    code) exec turnstone code s3://news/archive/ -o s3://news/record --on ray --address auto ;;
    *) echo "there is no $1; give head, join ADDRESS, or code" >&2 && exit 2 ;;
esac
