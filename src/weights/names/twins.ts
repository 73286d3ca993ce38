/** Networks that a state dict does not tell apart: the same names and shapes, and something else that they compute. */
import { ARCHITECTURE_NAMES, architecture, type ArchitectureName } from '../../architectures';
import { layoutsOf, type Layout } from './layouts';

/** The others that are called and shaped as this layout is. */
export function twinsOf(layout: Layout): readonly ArchitectureName[] {
  const own = signatureOf(layout);
  const { tensorCount } = architecture(layout.architecture);
  return ARCHITECTURE_NAMES.filter((name) => {
    const isAlike = name !== layout.architecture && architecture(name).tensorCount === tensorCount;
    return isAlike && sharesLandmark(name, layout) && layoutsOf(name).some((each) => signatureOf(each) === own);
  });
}

/** Before anything is declared. */
function sharesLandmark(name: ArchitectureName, { architecture: own }: Layout): boolean {
  const { landmarks } = architecture(own);
  return architecture(name).landmarks.some((each) => landmarks.includes(each));
}

const SIGNATURES = new WeakMap<Layout, string>();

function signatureOf(layout: Layout): string {
  const known = SIGNATURES.get(layout);
  if (known !== undefined) return known;
  const signature = layout.tensors.map(({ name, shape }) => `${name}:${shape.join()}`).join(';');
  SIGNATURES.set(layout, signature);
  return signature;
}
