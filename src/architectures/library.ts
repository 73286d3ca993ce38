/** Python that makes a network which timm or torchvision has. */
import type { PythonNetwork } from './architecture';

export function createdBy(library: 'timm' | 'torchvision', name: string, classes: number): PythonNetwork {
  const call =
    library === 'timm'
      ? `timm.create_model("${name}", num_classes=${classes})`
      : `torchvision.models.${name}(num_classes=${classes})`;
  return { imports: [`import ${library}`], lines: [`model = ${call}`] };
}
