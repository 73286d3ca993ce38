/** What torchvision calls the modules of blocks that this program calls as timm does. */

/** Of a block without an expansion, and of the others: where in torchvision's sequence each lies. */
const WITHOUT_EXPANSION = { conv_dw: [0, 0], bn1: [0, 1], conv_pw: [1, 0], bn2: [1, 1] } as const;
const WITH_EXPANSION = {
  conv_pw: [0, 0],
  bn1: [0, 1],
  conv_dw: [1, 0],
  bn2: [1, 1],
  conv_pwl: [2, 0],
  bn3: [2, 1],
} as const;
const SQUEEZE = { 'se.conv_reduce': 'fc1', 'se.conv_expand': 'fc2' } as const;

/**
 * "1.0" for a block's `conv_dw`: convolutions with their batch norms are modules of two, and squeeze-and-excitation comes
 * before the last.
 * @param module without the block's name
 */
export function moduleInBlock(module: string, hasExpansion: boolean, hasSqueeze: boolean): string {
  const last = hasExpansion ? 2 : 1;
  const squeeze = lookUp(SQUEEZE, module);
  if (squeeze !== undefined) return `${last}.${squeeze}`;
  const place = lookUp<readonly [number, number]>(hasExpansion ? WITH_EXPANSION : WITHOUT_EXPANSION, module);
  if (place === undefined) return module;
  const [at, part] = place;
  return `${at === last && hasSqueeze ? at + 1 : at}.${part}`;
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return table[key];
}

/** A tensor's name by the name of its module. */
export function tensorNaming(ofModule: (module: string) => string): (tensor: string) => string {
  return (tensor) => {
    const dot = tensor.lastIndexOf('.');
    return `${ofModule(tensor.slice(0, dot))}${tensor.slice(dot)}`;
  };
}
