/** Activations that write over their input in files that do not say so. */

/** Modules that only networks of torchvision, and ResNets of timm, have: all their activations work in place. */
const IN_PLACE: readonly RegExp[] = [
  /^features\.denseblock1\.denselayer1\.relu1$/,
  /^inception3a\.branch1$/,
  /^Mixed_5b\.branch1x1$/,
  /^trunk_output\.block1\.block1-0\.f\.a$/,
  /^stage2\.0\.branch2\.2$/,
  /^layers\.8\.0\.layers\.1$/,
  /^features\.3\.squeeze_activation$/,
  /^features\.1\.conv\.0\.2$/,
];

/** Those whose blocks add in place as well. */
const ADDING_IN_PLACE: readonly RegExp[] = [
  /^layer1\.0\.(relu|act1)$/,
  /^features\.1\.block\.0\.0$/,
  /^features\.1\.0\.block\.0\.0$/,
];

const ACTIVATIONS = ['Relu', 'Clip', 'LeakyRelu', 'HardSwish'];

/** Which operators write over their first input, in a network of these modules. */
export function operatorsInPlace(modules: ReadonlySet<string>): ReadonlySet<string> {
  const has = (some: readonly RegExp[]) => [...modules].some((name) => some.some((each) => each.test(name)));
  if (has(ADDING_IN_PLACE)) return new Set([...ACTIVATIONS, 'Add']);
  return new Set(has(IN_PLACE) ? ACTIVATIONS : []);
}
