import { describe, expect, it } from 'vitest'
import { experimentActions } from '../../../src/knowledge/experiment-actions.js'
import { isUnscoped } from '../../../src/rules/subjects/unscoped-commands.js'

const { unscoped } = experimentActions()

describe('a command', () => {
  it.each([
    'kubectl delete pod -l app=cart',
    'kubectl -n shop delete pods --selector=app=cart | head -1',
    'kubectl delete -l app=cart pods',
    'kubectl delete pods --all -n shop',
    'kubectl delete pod,svc -lapp=cart',
    'kubectl delete deployments.apps --all',
    "bash -c 'kubectl get pods && /usr/local/bin/kubectl delete sts -l app=db'",
    'oc delete po --selector app=cart --grace-period=0',
    'kubectl delete $(kubectl get pods -l app=cart -o name)',
    'kubectl get pods -l app=cart -o name | xargs kubectl delete',
    'chaosk8s.pod.actions.terminate_pods(all=true, label_selector=app=cart)',
  ])('%s hits more than one target', (command) => expect(isUnscoped(command, unscoped)).toBe(true))

  it.each([
    'kubectl delete pod cart-0 -n shop',
    'kubectl get pods -l app=cart -o name | head -1 | xargs kubectl delete',
    'kubectl delete networkpolicy -l chaos=partition',
    'kubectl delete pod cart-0 --all-namespaces=false',
    'kubectl delete pods -l app=cart --dry-run=client',
    'kubectl scale deployment/cart --replicas=0',
    'docker rm --all',
    '',
    'kubectl delete pod $(kubectl get pods -l app=cart -o name | head -1)',
    'kubectl delete pod `kubectl get pods -l app=cart -o jsonpath={.items[0].metadata.name}`',
    'kubectl get pods -l app=cart -o name | shuf -n 1 | xargs kubectl delete',
    'chaosk8s.pod.actions.terminate_pods(label_selector=app=cart, qty=1)',
  ])('%j does not', (command) => expect(isUnscoped(command, unscoped)).toBe(false))
})
