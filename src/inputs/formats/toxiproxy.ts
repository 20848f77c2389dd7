/**
 * Toxiproxy: proxies with toxics, as its `/proxies` answers or as one is asked for, are faults that were set, planned or
 * active; nothing says when, or how the service fared. A start configuration holds no toxics: it names what is depended on,
 * but not who depends, so that nothing follows from it.
 * Source: README of Shopify/toxiproxy, "Populating Toxiproxy" and "HTTP API".
 */
import type { Experiment } from '../../facts/experiment.js'
import type { Field } from '../field.js'
import type { Format, InputFile } from '../format.js'
import {
  type DocumentReading,
  documentsOf,
  isBroken,
  isData,
  isMapping,
  placed,
  plainText,
  readDocuments,
} from '../chaos-tools/document.js'
import { recordedDefinition } from '../chaos-tools/records.js'
import { faultNamed } from '../chaos-tools/roles.js'

const UPSTREAM = /\bupstream["']?\s*:/
const LISTEN = /\blisten["']?\s*:/
/** Of other proxies nothing has such. */
const TOXICS = /\btoxics["']?\s*:/
const SHOWN = 5

export default {
  name: 'toxiproxy',
  title: 'Toxiproxy proxies with toxics',
  recognises: (file: InputFile) =>
    isData(file) &&
    UPSTREAM.test(file.text) &&
    LISTEN.test(file.text) &&
    (isBroken(file) ? TOXICS.test(file.text) : documentsOf(file).some((root) => proxiesIn(root).length > 0)),
  read: (file: InputFile) => readDocuments(file, readProxies),
} satisfies Format

/** A list, or by name; every entry has to be one: other proxies have upstreams too. */
function proxiesIn(root: Field): Field[] {
  const entries = Array.isArray(root.value)
    ? root.items()
    : isMapping(root)
      ? root.entries().map(([, at]) => at)
      : []
  return entries.length > 0 && entries.every(isProxy) ? entries : []
}

function isProxy(entry: Field): boolean {
  return ['name', 'listen', 'upstream'].every((key) => plainText(entry.get(key)) !== null)
}

function readProxies(root: Field): DocumentReading {
  const proxies = proxiesIn(root)
  const facts = proxies.flatMap((proxy) => toxicsOf(proxy).map((toxic) => definitionOf(proxy, toxic)))
  if (facts.length > 0) return { facts }
  const names = proxies.map(
    (proxy) => `${plainText(proxy.get('name'))} to ${plainText(proxy.get('upstream'))}`,
  )
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  return {
    facts,
    unused: `Toxiproxy proxies without toxics, so without faults: ${names.slice(0, SHOWN).join(', ')}${more}`,
  }
}

function toxicsOf(proxy: Field): Field[] {
  const toxics = proxy.get('toxics')
  return Array.isArray(toxics.value) ? toxics.items().filter(isMapping) : []
}

/** It names one proxy and a share of its connections, which limits it; it states nothing else of an experiment. */
function definitionOf(proxy: Field, toxic: Field): Experiment {
  const name = plainText(proxy.get('name'))!
  const type = plainText(toxic.get('type')) ?? 'unknown type'
  const called = plainText(toxic.get('name')) ?? type
  const share = toxic.get('toxicity').number()
  if (share !== null && (share < 0 || share > 1))
    toxic.get('toxicity').problem(`toxicity: ${share} is no share; it must lie between 0 and 1`)
  return recordedDefinition({
    recordedBy: 'toxiproxy',
    source: placed(toxic),
    id: `toxiproxy-${name}-${called}`,
    title: `Toxic ${called} (${type}) on the proxy ${name}`,
    target: name,
    proxy: { name, upstream: plainText(proxy.get('upstream'))! },
    fault: faultNamed(`toxic ${type}`),
    noPlaceFor: ['hypothesis', 'baseline', 'observation', 'abort', 'rollback'],
    parts: {
      hypothesis: false,
      baseline: false,
      blastRadius: true,
      injection: share !== 0,
      observation: false,
      abort: false,
      rollback: false,
    },
  })
}
