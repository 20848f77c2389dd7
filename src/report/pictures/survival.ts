/** The survival curve of recovery times: share not yet recovered, its band, censored runs as ticks, the objective as a line. */
import type * as Vega from 'vega'
import type * as VegaLite from 'vega-lite'
import { importPackage } from '../import-package.js'
import type { RecoveryView } from '../view/recovery.js'

/** The style sheet of the page names the face. */
const FONT = 'inherit'
const SIZE = { width: 215, height: 95 }

/** Null when nobody recovered: a level line tells nothing that the counts do not. */
export async function drawSurvival({ curve, objectiveSeconds }: RecoveryView): Promise<string | null> {
  if (curve.every(({ survival }) => survival === 1)) return null
  const [{ View, parse }, { compile }] = await Promise.all([
    importPackage<typeof Vega>('vega'),
    importPackage<typeof VegaLite>('vega-lite'),
  ])
  const drawn = fromStart(curve)
  const axis = {
    labelFontSize: 10,
    titleFontSize: 10,
    titleFontWeight: 'normal' as const,
    grid: false,
    domainColor: '#444',
    tickColor: '#444',
  }
  const time = {
    field: 'time',
    type: 'quantitative' as const,
    axis: { ...axis, title: 'seconds', tickCount: 6 },
  }
  const share = {
    field: 'survival',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { ...axis, title: 'not yet recovered', format: '.0%', tickCount: 5 },
  }
  const { spec } = compile({
    ...SIZE,
    background: 'transparent',
    config: { font: FONT, view: { stroke: null } },
    data: { values: drawn },
    layer: [
      {
        transform: [{ filter: 'datum.low !== null && datum.high !== null' }],
        mark: { type: 'area', interpolate: 'step-after', color: '#000', opacity: 0.12 },
        encoding: { x: time, y: { ...share, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', interpolate: 'step-after', color: '#000', strokeWidth: 1.4 },
        encoding: { x: time, y: share },
      },
      {
        transform: [{ filter: 'datum.censored > 0' }],
        mark: { type: 'tick', orient: 'vertical', size: 11, thickness: 1.4, color: '#000' },
        encoding: { x: time, y: share },
      },
      ...(objectiveSeconds === null ? [] : [objectiveLine(objectiveSeconds)]),
    ],
  })
  const view = new View(parse(spec), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  return svg.replace(/ id="[^"]*"/g, '')
}

function objectiveLine(seconds: number) {
  return {
    data: { values: [{ time: seconds }] },
    layer: [
      {
        mark: { type: 'rule' as const, strokeDash: [4, 3], color: '#000', strokeWidth: 1 },
        encoding: { x: { field: 'time', type: 'quantitative' as const } },
      },
      {
        mark: { type: 'text' as const, text: 'objective', align: 'left' as const, dx: 4, fontSize: 10 },
        encoding: { x: { field: 'time', type: 'quantitative' as const }, y: { value: 5 } },
      },
    ],
  }
}

/** Nobody has recovered at time 0: the curve starts there at 1. */
function fromStart(curve: RecoveryView['curve']): RecoveryView['curve'] {
  return curve[0]?.time === 0 ? curve : [{ time: 0, survival: 1, low: 1, high: 1, censored: 0 }, ...curve]
}
