/** Facts as a system: components joined across the kinds of evidence, their dependencies, guards and alerts. */
import type { Facts } from '../facts/fact.js'
import { compareText } from '../facts/source.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { Policies } from '../knowledge/policies.js'
import { alertsOf } from './alerts/alerts.js'
import { componentNamed, declaredAlias, System, type Component, type Dependency } from './component.js'
import { guardsOfComponent } from './component-guards.js'
import { findDependencies } from './dependencies.js'
import { isDefinedByOthers } from './exported-metrics.js'
import { withProxy } from './guards.js'
import type { Manifests } from './manifests/manifests.js'
import { joinPackages } from './packages.js'
import { proxiedCall } from './mesh/proxied-calls.js'
import type { Traffic } from './mesh/traffic.js'
import { addAlias, componentsOfWorkloads, emptyComponent } from './workloads.js'

export function buildSystem(
  facts: Facts,
  manifests: Manifests,
  traffic: Traffic,
  configuration: Configuration,
  policies: Policies,
): System {
  const seen = componentsOfWorkloads(manifests, policies.componentKinds, configuration)
  const declared = declareComponents(seen, configuration)
  const joined = joinPackages(declared, facts)
  const { components, dependencies, unresolved } = findDependencies(
    joined,
    manifests,
    configuration,
    policies.componentKinds,
  )
  for (const dependency of dependencies) addProxy(dependency, components, traffic, manifests)
  for (const component of components) {
    component.guards = guardsOfComponent(component)
    component.alerts = alertsOf(component, facts.of('alert'), policies.detection, (metric) =>
      isDefinedByOthers(metric, component, components),
    )
  }
  return new System(
    components.sort((a, b) => compareText(a.id, b.id)),
    dependencies,
    unresolved,
  )
}

function addProxy(
  dependency: Dependency,
  components: Component[],
  traffic: Traffic,
  manifests: Manifests,
): void {
  const [from, to] = [dependency.from, dependency.to].map((id) => components.find((one) => one.id === id))
  if (!from || !to) return
  dependency.proxied = proxiedCall({ ...dependency, from, to }, traffic, manifests)
  dependency.guards = withProxy(dependency.guards, dependency.proxied.guards)
}

/** What `resilience.yaml` says of a component wins over what was seen. */
function declareComponents(components: Component[], configuration: Configuration): Component[] {
  const all = [...components]
  for (const declaration of configuration.components) {
    let component = componentNamed(declaration.id, all)
    if (!component) {
      component = emptyComponent(declaration.id, declaration.kind ?? 'service')
      component.joins.push('declared in resilience.yaml')
      all.push(component)
    }
    if (declaration.kind !== undefined) component.kind = declaration.kind
    if (declaration.tier !== undefined) component.tier = declaration.tier
    for (const alias of declaration.aliases) declareAlias(component, alias)
  }
  return all
}

/** Also an alias that a label or Service gives it already: what is declared decides between several that have it. */
function declareAlias(component: Component, alias: string): void {
  addAlias(component, alias, declaredAlias(alias))
  if (!component.joins.includes(declaredAlias(alias))) component.joins.push(declaredAlias(alias))
}
