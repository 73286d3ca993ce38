/** Values from 0 to 255, to whole grey levels. By hand: `Uint8Array.from` takes ten times as long. */
export function rounded(values: Float32Array | Float64Array): Uint8Array {
  const levels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) levels[i] = Math.round(values[i] as number);
  return levels;
}
