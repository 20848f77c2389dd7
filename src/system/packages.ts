/** Joins code packages to the components that run them, by equal names; libraries belong to the services that use them. */
import type { CodePackage } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import { formatSource, type Source } from '../facts/source.js'
import { componentNamed, type Component } from './component.js'
import { commonFolders, folderOf } from './manifests/folders.js'
import { imageName, imageRepository } from './manifests/images.js'
import { reachedIn } from './reached.js'
import { addAlias, emptyComponent, runsOn } from './workloads.js'

/** Gives every service package a component, and every component the clients, practices and routes of its code. */
export function joinPackages(components: Component[], facts: Facts): Component[] {
  const packages = facts.of('package')
  const owners = new Map<string, Component[]>()
  const all = [...components]
  for (const pack of packages.filter((candidate) => isService(candidate, facts))) {
    const runners = runnersOf(pack, components)
    for (const runner of runners) addPackage(runner, pack, runs(runner, pack, components)!)
    owners.set(pack.folder, runners.length > 0 ? runners : [addComponent(pack, all)])
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
  attach(owners, all, facts)
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

/** Packages of one name, as in copies, are told apart by their folders. */
function addComponent(pack: CodePackage, all: Component[]): Component {
  const taken = new Set(['', ...all.map(({ id }) => id)])
  const id = [shortName(pack), pack.folder].find((candidate) => !taken.has(candidate)) ?? pack.source.path
  const component = emptyComponent(id, 'service')
  addPackage(component, pack, 'no manifest of that name')
  all.push(component)
  return component
}

function addPackage(component: Component, pack: CodePackage, reason: string): void {
  component.joins.push(`package ${pack.name}: ${reason}`)
  component.packages.push(pack)
  component.sources.push(pack.source)
  addAlias(component, pack.name, `package.json names it ${pack.name}`)
}

/**
 * The component that runs a package. One that is deployed to several namespaces is run by all of them; of several
 * systems, the one whose manifests are nearest runs it.
 */
function runnersOf(pack: CodePackage, components: Component[]): Component[] {
  const runners = components.filter((candidate) => runs(candidate, pack, components) !== null)
  // A service runs on: a CronJob that starts the same image is not where the package is at home.
  const first = runners.find((candidate) => candidate.workloads.some(runsOn)) ?? runners[0]
  if (!first) return []
  const called = new Set(first.workloads.map(({ name }) => name))
  const namesakes = runners.filter(
    (candidate) => candidate === first || candidate.workloads.some(({ name }) => called.has(name)),
  )
  const nearness = (component: Component): number =>
    Math.max(0, ...component.workloads.map(({ source }) => commonFolders(pack.folder, folderOf(source.path))))
  const nearest = Math.max(...namesakes.map(nearness))
  return namesakes.filter((candidate) => nearness(candidate) === nearest)
}

/** Why a component runs this package, or null. Only whole names count, and no alias that several components have. */
function runs(component: Component, pack: CodePackage, components: Component[]): string | null {
  const names = new Set([shortName(pack), pack.folder.split('/').at(-1)!].filter((name) => name !== ''))
  const called = component.workloads.find(({ name }) => names.has(name))
  if (called) return `its name is that of ${called.kind} ${called.name}`
  if (names.has(component.name)) return `its name is that of the component ${component.name}`
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
function attach(owners: Map<string, Component[]>, all: Component[], facts: Facts): void {
  const isReached = reachedIn(facts)
  const ownersOf = ownersIn(owners, facts)
  for (const client of facts.of('client').filter(isReached))
    for (const owner of ownersOf(client)) owner.clients.push(client)
  for (const practice of facts.of('practice').filter(isReached))
    for (const owner of ownersOf(practice)) owner.practices.push(practice)
  for (const route of facts.of('route').filter(isReached))
    for (const owner of withSameImage(ownersOf(route), all)) owner.routes.push(route)
  for (const path of facts.of('call-path').filter(isReached))
    for (const owner of ownersOf(path)) owner.paths.set(formatSource(path.source), path)
  for (const endpoint of facts.of('endpoint').filter(isReached))
    for (const owner of ownersOf(endpoint)) owner.endpoints.push(endpoint)
  for (const metric of facts.of('metric').filter(isReached))
    for (const owner of ownersOf(metric)) owner.metrics.push(metric)
}

/** A worker without a package of its own starts another file of the same image: the routes of the same code answer its probes. */
function withSameImage(owners: Component[], all: Component[]): Component[] {
  const images = new Set(owners.flatMap(ownImages))
  const isWorker = (one: Component): boolean =>
    one.packages.length === 0 && ownImages(one).some((image) => images.has(image))
  return images.size === 0
    ? owners
    : [...owners, ...all.filter((one) => !owners.includes(one) && isWorker(one))]
}

/** Of the first container of each workload; those that somebody built, as `node` runs anybody's code. */
function ownImages({ workloads }: Component): string[] {
  const images = workloads.map(({ containers: [first] }) => imageRepository(first?.image ?? null) ?? '')
  return images.filter((image) => image.includes('/'))
}

/** Those of the package that a fact stands in; of code that no package owns, those of the packages that load it. */
function ownersIn(
  owners: Map<string, Component[]>,
  facts: Facts,
): (fact: { package: string; source: Source }) => Component[] {
  const users = new Map(facts.of('shared-module').map((shared) => [shared.source.path, shared.users]))
  return ({ package: folder, source }) => {
    const known = owners.get(folder) ?? []
    if (known.length > 0) return known
    return [...new Set(users.get(source.path)?.flatMap((user) => owners.get(user) ?? []))]
  }
}
