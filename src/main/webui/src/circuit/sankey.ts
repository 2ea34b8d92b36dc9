import type { Flow } from '../api/types';

export const STAGES = ['M', 'C', 'P', "C'", "M'"] as const;

export interface SankeyNode {
  name: string;
  label: string;
  depth?: number;
  /** Holds hours that nobody observed. */
  declared: boolean;
}

export interface SankeyLink {
  source: string;
  target: string;
  value: number;
  figure: string;
  declared: boolean;
}

/** One side of the flows as nodes and links; with a stage given for each node, both sides align by stage. */
export function sankey(flows: Flow[]): { nodes: SankeyNode[]; links: SankeyLink[] } {
  const nodes = new Map<string, SankeyNode>();
  for (const node of flows.flatMap((flow) => [flow.from, flow.to])) {
    const depth = STAGES.findIndex((stage) => stage === node.stage);
    if (!nodes.has(node.key)) nodes.set(node.key, { name: node.key, label: node.label, declared: isDeclared(node.key), ...(depth < 0 ? {} : { depth }) });
  }
  const links = flows
    .filter((flow) => flow.value > 0 && flow.from.key !== flow.to.key)
    .map((flow) => ({ source: flow.from.key, target: flow.to.key, value: flow.value, figure: flow.figure, declared: isDeclared(flow.from.key) }));
  const all = [...nodes.values()];
  // A depth for some nodes only would tear the picture apart: then the chart decides for all.
  return { nodes: all.every((node) => node.depth !== undefined) ? all : all.map(({ name, label, declared }) => ({ name, label, declared })), links };
}

function isDeclared(key: string): boolean {
  return key.split('.').includes('declared');
}

/** What stands at a node: what flows in, or at a source what flows out. */
export function throughput(name: string, links: SankeyLink[]): number {
  const sum = (side: 'source' | 'target') => links.filter((link) => link[side] === name).reduce((total, link) => total + link.value, 0);
  return Math.max(sum('target'), sum('source'));
}
