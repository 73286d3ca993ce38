/** The modules that a node is of, outermost first, by what the exporter wrote down. */
import { moduleOf } from '../plan/tensors';
import type { NodeMessage } from '../proto/messages';
import { foldedNormOf, isFolded } from './folded';

export interface Scope {
  /** By PyTorch's names: "layer1", "layer1.0", "layer1.0.conv1". The network itself is none. */
  readonly modules: readonly string[];
  /** What the node computes there: "relu_1", "Conv". */
  readonly step: string;
  /** Whether PyTorch writes the result over the first input, so that this is what a hook of the module before finds. */
  readonly overwrites: boolean;
  /** Whether the file's exporter writes down what is done in place. */
  readonly tellsOverwriting: boolean;
  /** The convolution into which the innermost module, a batch norm, is folded. */
  readonly folded?: string | undefined;
}

export function scopeOf(node: NodeMessage): Scope {
  const scope = writtenScope(node);
  if (!isFolded(node)) return scope;
  const convolution = moduleOf(node.inputs[1] ?? '');
  if (convolution !== undefined) return { ...scope, folded: convolution };
  const own = scope.modules.at(-1);
  const norm = own === undefined ? undefined : foldedNormOf(own);
  return norm === undefined ? scope : { ...scope, modules: [...scope.modules.slice(0, -1), norm], folded: own };
}

function writtenScope(node: NodeMessage): Scope {
  const scopes = node.metadata.get('pkg.torch.onnx.name_scopes');
  if (scopes !== undefined) return ofScopes(textsIn(scopes), node);
  const namespace = node.metadata.get('namespace');
  if (namespace !== undefined)
    return ofScopes(
      namespace.split('/').map((each) => each.replace(/:.*/s, '')),
      node,
    );
  if (node.name.startsWith('/')) return ofPath(node.name.slice(1).split('/'));
  return ofTensorFlow(node);
}

/** A list as Python writes it: ['', 'features', 'features.0', 'conv2d']. */
function textsIn(list: string): string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text);
}

function ofScopes(scopes: readonly string[], { outputs, name, metadata }: NodeMessage): Scope {
  const modules = scopes.slice(0, -1).filter((each) => each !== '' && !each.startsWith('_empty_nn_module_stack'));
  return {
    modules,
    step: scopes.at(-1) ?? outputs[0] ?? name,
    overwrites: overwrites(metadata),
    tellsOverwriting: true,
  };
}

/** Libraries whose activation modules work in place throughout; a call says it in its own line. */
const IN_PLACE_NETWORKS = /^\['(torchvision\.models\.|timm\.models\.resnet\.)/;

function overwrites(metadata: ReadonlyMap<string, string>): boolean {
  const line = metadata.get('pkg.torch.onnx.stack_trace')?.trimEnd().split('\n').at(-1) ?? '';
  if (/\binplace=True\b|^\s*[\w.]+ [+*]= /.test(line)) return true;
  return (
    /\bself\.inplace\)$/.test(line) && IN_PLACE_NETWORKS.test(metadata.get('pkg.torch.onnx.class_hierarchy') ?? '')
  );
}

/** "/layer1/layer1.0/conv1/Conv": each part is the module's own name, which for those in a list begins with the list's. */
function ofPath(parts: readonly string[]): Scope {
  const modules: string[] = [];
  let before = '';
  for (const part of parts.slice(0, -1)) {
    const outer = modules.at(-1);
    const isItem = before !== '' && part.startsWith(`${before}.`);
    if (isItem) modules.push(`${outer ?? ''}${part.slice(before.length)}`);
    else modules.push(outer === undefined ? part : `${outer}.${part}`);
    before = part;
  }
  return { modules, step: parts.at(-1) ?? '', overwrites: false, tellsOverwriting: false };
}

/** "StatefulPartitionedCall/model/conv1/Relu": the layer's name is the last but one. */
function ofTensorFlow({ name, outputs, operator }: NodeMessage): Scope {
  const parts = name.split('/').filter((part) => part !== '' && part !== 'StatefulPartitionedCall');
  if (parts.length < 2)
    return { modules: [], step: name || (outputs[0] ?? operator), overwrites: false, tellsOverwriting: true };
  const module = parts.slice(parts.length > 2 ? 1 : 0, -1).join('/');
  return { modules: [module], step: parts.at(-1) ?? '', overwrites: false, tellsOverwriting: true };
}
