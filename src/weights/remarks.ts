/** What a person should be told of a network that was read from a file, a sentence each. */
import { isFileNetwork } from '../architectures';
import type { StateDictChoice, StoredNetwork } from './network';
import { TOP_LEVEL } from './names/candidates';
import { contradictedArchitecture } from './names/claimedArchitecture';

const MOST_NAMES = 3;

export function remarksOn(network: Omit<StoredNetwork, 'tensors'>): string[] {
  const { stateDict, leftOut, unknown, architecture, metadata, foldedBatchNorms } = network;
  const claimed = isFileNetwork(architecture) ? undefined : contradictedArchitecture(metadata, architecture);
  const remarks = stateDict === undefined ? [] : [stateDictText(stateDict)];
  if (foldedBatchNorms !== undefined)
    remarks.push(
      `${foldedBatchNorms} batch norms are folded into the layers before them, as the graph has it (ε = 1e-5, PyTorch’s default).`,
    );
  if (leftOut.length > 0) {
    const names = `${leftOut.slice(0, MOST_NAMES).join(', ')}${leftOut.length > MOST_NAMES ? ', …' : ''}`;
    const [plural, are] = leftOut.length === 1 ? ['', 'is'] : ['s', 'are'];
    remarks.push(`${leftOut.length} tensor${plural} beside the network ${are} left out: ${names}.`);
  }
  if (unknown.length > 0) {
    remarks.push(`What lies under ${unknown.slice(0, MOST_NAMES).join(', ')} is of no network that is known here.`);
  }
  if (claimed !== undefined) {
    remarks.push(`The file says ${claimed.place}: ${claimed.name}; its weights are read as ${architecture}.`);
  }
  return remarks;
}

/** "The weights under state_dict_ema are taken; the file also has state_dict (--state-dict chooses)." */
export function stateDictText({ chosen, others }: StateDictChoice): string {
  const under = chosen === TOP_LEVEL ? 'at the top level' : `under ${chosen}`;
  return others.length === 0
    ? `The file has averaged weights alone, ${under}.`
    : `The weights ${under} are taken; the file also has ${others.join(', ')} (--state-dict chooses).`;
}
