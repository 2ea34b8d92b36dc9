import { SankeyChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Flow } from '../api/types';
import { figureLabel } from '../figures/figure';
import { useFormat, useText } from '../text/text';
import { sankey, STAGES, throughput } from './sankey';

register([SankeyChart, TooltipComponent, SVGRenderer]);

interface Props {
  flows: Flow[];
  currency: string;
  onOpen: (figure: string) => void;
}

const NARROW = 560;
const MARGIN_NARROW = 78;
const MARGIN_WIDE = 150;

/** On a phone there is no room for the labels of P and C′: the letters above stand for them. */
const MIDDLE = [2, 3];

const SIDES: Flow['side'][] = ['money', 'hours', 'outside'];

/** Money above, hours below, by the stages of the circuit. The table under the picture says the same to those who cannot see it. */
export default function Flows({ flows, currency, onOpen }: Props) {
  const t = useText();
  const staged = flows.every((flow) => flow.from.stage && flow.to.stage);
  return (
    <figure className="flows">
      {staged && <div className="stages" aria-hidden="true">{STAGES.map((stage) => <span key={stage} title={t.circuit.groups[stage]}>{stage.replace("'", '′')}</span>)}</div>}
      {SIDES.map((side) => {
        const own = flows.filter((flow) => flow.side === side);
        return own.length > 0 && (
          <div key={side} className={`flow ${side}`}>
            <h3>{t.circuit.sides[side]}</h3>
            <Sankey side={side} flows={own} currency={currency} onOpen={onOpen} />
          </div>
        );
      })}
      <figcaption className="muted">{t.circuit.caption}{flows.some((flow) => flow.from.key.startsWith('declared')) && ` ${t.circuit.dashed}`}</figcaption>
    </figure>
  );
}

function Sankey({ side, flows, currency, onOpen }: Props & { side: Flow['side'] }) {
  const t = useText();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current!;
    const chart = init(element, null, { renderer: 'svg' });
    const amount = (value: number) => (side === 'hours' ? format.hours(value) : format.money(value, currency));
    const draw = () => {
      const { nodes, links } = sankey(flows);
      const label = new Map(nodes.map((node) => [node.name, shownLabel(figureLabel({ key: node.name, label: node.label }, t), element.clientWidth < NARROW)]));
      const narrow = element.clientWidth < NARROW;
      const colours = coloursOf(element);
      const margin = narrow ? MARGIN_NARROW : MARGIN_WIDE;
      const step = (element.clientWidth - margin - 14) / (STAGES.length - 1);
      // The last stage has the margin, the second one on a phone the room of the two after it, every other its own step.
      const labelWidth = (depth: number | undefined) =>
        (depth === STAGES.length - 1 || depth === undefined ? margin - 8 : narrow && depth === 1 ? 2.6 * step : step - 20);
      chart.setOption({
        animation: false,
        tooltip: {
          trigger: 'item', backgroundColor: colours.sheet, borderColor: colours.line, textStyle: { color: colours.ink },
          formatter: (hovered: { dataType: string; name: string; data: { source?: string; target?: string; value?: number } }) =>
            hovered.dataType === 'edge'
              ? `${label.get(hovered.data.source ?? '')} → ${label.get(hovered.data.target ?? '')}<br><b>${amount(hovered.data.value ?? 0)}</b>`
              : `${label.get(hovered.name)}<br><b>${amount(throughput(hovered.name, links))}</b>`,
        },
        series: [{
          type: 'sankey', left: 2, right: margin, top: 20, bottom: 14, nodeWidth: 12, nodeGap: 26, draggable: false,
          emphasis: { focus: 'adjacency' },
          label: {
            color: colours.ink, fontFamily: getComputedStyle(element).fontFamily, fontSize: narrow ? 10 : 13, lineHeight: narrow ? 12 : 17,
            ...(narrow ? { textBorderColor: colours.sheet, textBorderWidth: 2.5 } : {}),
            formatter: (node: { name: string }) => `${label.get(node.name)}\n${amount(throughput(node.name, links))}`,
          },
          itemStyle: { color: side === 'hours' ? colours.accent : colours.warm, borderWidth: 0 },
          lineStyle: { color: side === 'hours' ? colours.accent : colours.warm, opacity: 0.22, curveness: 0.5 },
          nodes: nodes.map((node) => ({ ...node, itemStyle: node.declared ? { color: colours.sheet, borderColor: colours.accent, borderWidth: 1.5, borderType: 'dashed' } : undefined, label: { width: labelWidth(node.depth), overflow: narrow && node.depth === 0 ? 'none' : 'break', show: !(narrow && MIDDLE.includes(node.depth ?? -1)) } })),
          links: links.map((link) => ({ ...link, lineStyle: link.declared ? { opacity: 0.1 } : undefined })),
        }],
      }, true);
      chart.resize({ height: Math.max(150, 60 * tallest(nodes, links)) });
    };
    draw();
    opening(chart, flows, onOpen);
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener('change', draw);
      chart.dispose();
    };
  }, [side, flows, currency, onOpen, format, t]);
  return <div ref={place} className="sankey" role="img" aria-label={t.circuit.pictureOf[side]} />;
}

/** On a phone the dashes alone say that hours are declared; the caption explains them. */
function shownLabel(label: string, narrow: boolean): string {
  return narrow ? label.replace(/ \([^)]*\)$/, '') : label;
}

function opening(chart: EChartsType, flows: Flow[], onOpen: (figure: string) => void): void {
  chart.on('click', (event) => {
    const data = event.data as { figure?: string; name?: string };
    const figure = data.figure ?? flows.find((flow) => flow.to.key === data.name)?.figure ?? flows.find((flow) => flow.from.key === data.name)?.figure;
    if (figure) onOpen(figure);
  });
}

function coloursOf(element: HTMLElement): Record<'ink' | 'sheet' | 'line' | 'accent' | 'warm', string> {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return { ink: of('ink'), sheet: of('sheet'), line: of('line'), accent: of('accent'), warm: of('warm') };
}

/** How many nodes stand above each other at the fullest stage. */
function tallest(nodes: { name: string; depth?: number }[], links: { source: string; target: string }[]): number {
  const depth = new Map(nodes.map((node) => [node.name, node.depth ?? 0]));
  if (nodes.some((node) => node.depth === undefined)) {
    // No cycles, so a pass for each node settles the longest way to all of them.
    for (let pass = 0; pass < nodes.length; pass++) {
      for (const link of links) depth.set(link.target, Math.max(depth.get(link.target)!, depth.get(link.source)! + 1));
    }
  }
  const perStage = new Map<number, number>();
  for (const at of depth.values()) perStage.set(at, (perStage.get(at) ?? 0) + 1);
  return Math.max(...perStage.values());
}
