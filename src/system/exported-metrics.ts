/** Metrics that code defines, under the names by which they are scraped. */
import { metricPatterns } from '../knowledge/alerts/metric-patterns.js'
import type { Component } from './component.js'

/** A scraped name has the name in code and perhaps a unit or a suffix behind it. */
export function isScraped(name: string, metrics: string[]): boolean {
  const scraped = name.replace(/[^\w:]/g, '_')
  const { suffixes } = metricPatterns().exports
  return metrics.some((metric) => metric.startsWith(scraped) && suffixes.test(metric.slice(scraped.length)))
}

/** Whether the code of other components defines a metric, and that of this one, which was read, does not. */
export function isDefinedByOthers(metric: string, component: Component, all: Component[]): boolean {
  const defines = ({ metrics }: Component): boolean => metrics.some(({ name }) => isScraped(name, [metric]))
  return component.packages.length > 0 && !defines(component) && all.some(defines)
}
