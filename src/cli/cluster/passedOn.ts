/** What a task on another machine is told of this one's environment, where it is set: where data and weights lie. */
const NAMES = [
  'EPOCHLENS_DATA',
  'EPOCHLENS_CACHE',
  'EPOCHLENS_NATIVE',
  'EPOCHLENS_ONNXRUNTIME',
  'XDG_CACHE_HOME',
  'HF_HOME',
  'HF_HUB_CACHE',
  'HUGGINGFACE_HUB_CACHE',
] as const;

/** By their names; `ssh` and pods pass none of them on by themselves. */
export function passedOn(): Readonly<Record<string, string>> {
  const all = NAMES.map((name) => [name, process.env[name] ?? ''] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}
