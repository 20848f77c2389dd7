/** SafetyPolicy: what experiments may do in each environment, and when. */
import type { Format, InputFile, Reading } from '../format.js'
import { mentionsKind, markLost, readEntries } from '../own-documents.js'
import { policyOf } from './safety-policy/policy.js'
import { environmentPolicySchema } from './safety-policy/schema.js'

const KIND = 'SafetyPolicy'

export default {
  name: 'safety-policy',
  title: 'Safety policy of experiments',

  recognises(file: InputFile): boolean {
    return mentionsKind(file, KIND)
  },

  read(file: InputFile): Reading {
    const { items, problems, lost } = readEntries(file, KIND, 'environments', environmentPolicySchema)
    const facts = items.map((item) => {
      const { policy, unknownFaults } = policyOf(item.key, item.value, item.source)
      for (const fault of unknownFaults) {
        const { path, line, column } = item.sourceOf(['limits', fault])
        const message = `fault "${fault}" is not in the vocabulary; its limits are not checked`
        problems.push({ path, line, column, message })
      }
      return policy
    })
    return { facts, problems, ...markLost(lost, facts.length) }
  },
} satisfies Format
