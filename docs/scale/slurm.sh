#!/bin/bash
#SBATCH --job-name=turnstone
#SBATCH --array=0-99
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=24:00:00
#SBATCH --requeue

# Codes a plan as an array of 100 tasks on a file system that all machines see:
#
#   turnstone plan archive/ -o record
#   sbatch --wait slurm.sh record
#   turnstone merge record
#
# A task that is killed, requeued or submitted again does what is missing of its share. For one task again:
# sbatch --array=17 slurm.sh record

set -eu

record=${1:?the directory that turnstone plan was given with -o}
tasks=100 # as many as --array has; not SLURM_ARRAY_TASK_COUNT, which is 1 where one task is submitted again

exec turnstone worker "$record" --task "$SLURM_ARRAY_TASK_ID" --of "$tasks" --workers "${SLURM_CPUS_PER_TASK:-1}"
