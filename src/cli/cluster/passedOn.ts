/** What a task on another machine is told of this one's environment, where it is set: where data and weights lie. */
const PLACES = [
  'EPOCHLENS_DATA',
  'EPOCHLENS_CACHE',
  'EPOCHLENS_NATIVE',
  'EPOCHLENS_ONNXRUNTIME',
  'XDG_CACHE_HOME',
  'HF_HOME',
  'HF_HUB_CACHE',
  'HUGGINGFACE_HUB_CACHE',
] as const;

/** Where a training is shown beside. Credentials are no one's to write into a script. */
const LOGGING = ['EPOCHLENS_TENSORBOARD', 'MLFLOW_TRACKING_URI'] as const;

type Variables = Readonly<Record<string, string>>;

/** By their names; `ssh` and pods pass none of them on by themselves. */
export function passedOn(): Variables {
  return { ...placesPassedOn(), ...loggingPassedOn() };
}

/** Paths, or "off". */
export function placesPassedOn(): Variables {
  return set(PLACES);
}

/** But for an address that has a name and a password in it, which `http://name:password@host` is. */
export function loggingPassedOn(): Variables {
  return Object.fromEntries(Object.entries(set(LOGGING)).filter(([, value]) => !value.includes('@')));
}

function set(names: readonly string[]): Variables {
  const all = names.map((name) => [name, process.env[name] ?? ''] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}
