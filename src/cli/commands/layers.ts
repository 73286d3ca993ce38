import type { Command } from 'commander';
import type { Declaration, TargetLayer } from '../../architectures';
import { createOutput, table } from '../printing/output';
import { namedLayers, type NamedLayers } from '../options/namedLayers';

/** `layers`: the feature maps of a network that can be explained. */
export function addLayers(program: Command): void {
  program
    .command('layers')
    .description('list the layers that can be explained: their channels, their size, and which is the default')
    .argument('<network>', 'a run folder, a study file (each of its models), an .onnx file, or an architecture’s name')
    .option('--json', 'one JSON document on standard output')
    .action(async (argument: string, { json }: { json?: boolean }) => {
      const output = createOutput(json ?? false);
      const networks = await namedLayers(argument);
      output.document(networks.map(toJson));
      for (const [at, network] of networks.entries()) {
        output.line(`${at > 0 ? '\n' : ''}${network.name}, input ${network.inputSize}×${network.inputSize}`);
        for (const line of table([['layer', 'channels', 'size', 'also called', ''], ...rowsOf(network)]))
          output.line(line);
      }
    });
}

function rowsOf({ targetLayers, defaultLayer, studyLayer }: NamedLayers): string[][] {
  return targetLayers.map((layer) => [
    layer.name,
    String(layer.channels),
    sizeText(layer),
    layer.aliases?.join(', ') ?? '',
    [...(layer === defaultLayer ? ['default'] : []), ...(layer.name === studyLayer ? ['of the study'] : [])].join(', '),
  ]);
}

/** "7×7", and of tokens how many have no position. */
function sizeText({ height, width, view }: TargetLayer): string {
  const size = `${height}×${width}`;
  if (view?.kind !== 'tokens') return size;
  return view.prefix === 0 ? `${size} tokens` : `${size} tokens, ${view.prefix} left aside`;
}

function toJson({ name, inputSize, studyLayer, targetLayers, defaultLayer }: NamedLayers) {
  return {
    network: name,
    inputSize,
    layers: targetLayers.map((layer) => jsonOf(layer, defaultLayer, studyLayer)),
  };
}

function jsonOf(layer: TargetLayer, defaultLayer: Declaration['defaultLayer'], studyLayer: string | undefined) {
  const { name, channels, height, width, aliases = [], view } = layer;
  return {
    name,
    channels,
    height,
    width,
    aliases,
    ...(view?.kind === 'tokens' && { tokensLeftAside: view.prefix }),
    default: layer === defaultLayer,
    ...(studyLayer !== undefined && { study: name === studyLayer }),
  };
}
