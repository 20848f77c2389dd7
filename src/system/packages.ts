/** Joins code packages to the components that run them, by equal names; libraries belong to the services that use them. */
import type { CodePackage } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import { componentNamed, type Component } from './component.js'
import { reachedIn } from './reached.js'
import { addAlias, emptyComponent, imageName, runsOn } from './workloads.js'

/** Gives every service package a component, and every component the clients, practices and routes of its code. */
export function joinPackages(components: Component[], facts: Facts): Component[] {
  const packages = facts.of('package')
  const owners = new Map<string, Component[]>()
  const all = [...components]
  for (const pack of packages.filter((candidate) => isService(candidate, facts))) {
    let component = runnerOf(pack, components)
    if (!component) {
      // Packages of one name, as in copies, are told apart by their folders.
      const isTaken = all.some((candidate) => candidate.id === shortName(pack))
      component = emptyComponent(isTaken ? pack.folder : shortName(pack), 'service')
      component.joins.push(`package ${pack.name}: no manifest of that name`)
      all.push(component)
    } else {
      component.joins.push(`package ${pack.name}: ${runs(component, pack, components)}`)
    }
    component.packages.push(pack)
    component.sources.push(pack.source)
    addAlias(component, pack.name, `package.json names it ${pack.name}`)
    owners.set(pack.folder, [component])
  }
  const libraries = packages.filter((pack) => !owners.has(pack.folder) && pack.role === 'library')
  for (const library of libraries) {
    const users = [...usersOf(library, libraries)]
    owners.set(
      library.folder,
      all.filter((component) =>
        component.packages.some((pack) => users.some((used) => dependsOn(pack, used))),
      ),
    )
  }
  attach(owners, facts)
  return all
}

/** A library and the libraries through which it is used. */
function usersOf(library: CodePackage, libraries: CodePackage[]): Set<CodePackage> {
  const users = new Set([library])
  for (const used of users) for (const other of libraries) if (dependsOn(other, used)) users.add(other)
  return users
}

function dependsOn(pack: CodePackage, { name }: CodePackage): boolean {
  return Object.hasOwn(pack.dependencies, name)
}

function isService(pack: CodePackage, facts: Facts): boolean {
  if (pack.role !== 'library') return pack.role === 'service'
  return facts
    .of('server')
    .filter(reachedIn(facts))
    .some((server) => server.package === pack.folder)
}

/** A service runs on: a CronJob that starts the same image is not where the package is at home. */
function runnerOf(pack: CodePackage, components: Component[]): Component | undefined {
  const runners = components.filter((candidate) => runs(candidate, pack, components) !== null)
  return runners.find((candidate) => candidate.workloads.some(runsOn)) ?? runners[0]
}

/** Why a component runs this package, or null. Only whole names count, and no alias that several components have. */
function runs(component: Component, pack: CodePackage, components: Component[]): string | null {
  const names = new Set([shortName(pack), pack.folder.split('/').at(-1)!].filter((name) => name !== ''))
  if (names.has(component.name))
    return `its name is that of ${component.workloads[0]?.kind ?? 'the component'} ${component.name}`
  const alias = component.aliases.find(
    (candidate) => names.has(candidate) && componentNamed(candidate, components) === component,
  )
  if (alias !== undefined) return `its name is the alias ${alias}`
  const image = component.workloads
    .flatMap((workload) => workload.containers.map((container) => imageName(container.image)))
    .find((name) => name !== null && names.has(name))
  return image === undefined ? null : `its name is that of the image ${image}`
}

/** Without the scope: `@shop/cart` → `cart`. */
export function shortName(pack: CodePackage): string {
  return pack.name.replace(/^@[^/]+\//, '')
}

/** Code that is not reached is nobody's: it makes no dependency, and guards and endangers nothing. */
function attach(owners: Map<string, Component[]>, facts: Facts): void {
  const isReached = reachedIn(facts)
  for (const client of facts.of('client').filter(isReached))
    for (const owner of owners.get(client.package) ?? []) owner.clients.push(client)
  for (const practice of facts.of('practice').filter(isReached))
    for (const owner of owners.get(practice.package) ?? []) owner.practices.push(practice)
  for (const route of facts.of('route').filter(isReached))
    for (const owner of owners.get(route.package) ?? []) owner.routes.push(route)
}
