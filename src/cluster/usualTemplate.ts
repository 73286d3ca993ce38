/** The script that a person starts from: see `fillTemplate`. */
export const USUAL_TEMPLATE = String.raw`#!/bin/bash
# How EpochLens hands tasks to Slurm, by: epochlens sweep STUDY --on slurm
# This file is yours: edit it as your cluster needs. It is read at each submission. Words in double braces are filled in
# then; an #SBATCH line whose value nobody asked for is left out, so that the cluster decides.
#SBATCH --job-name={{name}}
#SBATCH --array={{array}}
#SBATCH --output="{{logs}}/%a.txt"
#SBATCH --open-mode=append
#SBATCH --partition={{partition}}
#SBATCH --account={{account}}
#SBATCH --time={{time}}
#SBATCH --mem={{memory}}
#SBATCH --cpus-per-task={{cpus}}
# So many seconds before its time is up a task is told: it finishes its step, keeps it, and goes on in another turn.
#SBATCH --signal=B:USR2@{{warning}}
#SBATCH --requeue
# Such as a GPU for each task: take one # away.
##SBATCH --gres=gpu:1

# Such as what your cluster's programs are found by:
# module load cuda

# Such as a container, in which scontrol and sbatch must be found as well:
# container="apptainer exec --nv /shared/image.sif"
container=

if ! [ -f {{job}}/job.json ]; then
  echo "epochlens: node $(hostname) does not see this folder, which must be on a disk that all nodes share: "{{job}} >&2
  exit 2
fi
{{prepare}}
# Slurm tells this script alone of what is to come: it passes that on, and waits.
pass() { kill -s "$1" "$child" 2>/dev/null; }
$container {{program}} task {{job}} "$SLURM_ARRAY_TASK_ID" &
child=$!
trap 'pass USR2' USR2
trap 'pass TERM' TERM
while kill -0 "$child" 2>/dev/null; do wait "$child"; done
wait "$child"
`;
