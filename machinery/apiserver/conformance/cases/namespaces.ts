import { type Area, get, given, patch, post, put, remove } from '../case.ts'
import { CONFIGMAPS, configMap } from './objects.ts'

const NS = '/api/v1/namespaces'
const other = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '<ns>-b' } }

export const namespaces: Area = {
  name: 'namespaces',
  title: 'Namespaces',
  about: 'How they are made, finalized and left, and what can be done in one that is going.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  cases: [
    { name: 'a namespace has a label with its name, and a finalizer', steps: [post(NS, other)] },
    {
      name: 'the label cannot be taken away or changed',
      steps: [
        given(post(NS, other)),
        patch('merge', `${NS}/<ns>-b`, { body: { metadata: { labels: null } }, show: ['metadata.labels'] }),
        patch('merge', `${NS}/<ns>-b`, {
          body: { metadata: { labels: { 'kubernetes.io/metadata.name': 'x' } } },
          show: ['metadata.labels'],
        }),
      ],
    },
    {
      name: 'finalizers of a namespace change through their own door',
      steps: [
        given(post(NS, other)),
        patch('merge', `${NS}/<ns>-b`, { body: { spec: { finalizers: [] } }, show: ['spec'] }),
        put(`${NS}/<ns>-b/finalize`, { ...other, spec: { finalizers: [] } }, { show: ['spec', 'status'] }),
        get(`${NS}/<ns>-b`, { show: ['spec', 'status'] }),
      ],
    },
    { name: 'the first namespaces may not go', steps: [remove(`${NS}/default`), remove(`${NS}/kube-system`)] },
    {
      name: 'the first namespaces are there',
      steps: [
        get(`${NS}/default`, { show: ['status', 'metadata.labels'] }),
        get(`${NS}/kube-system`, { show: ['status'] }),
        get(`${NS}/kube-public`, { show: ['status'] }),
        get(`${NS}/kube-node-lease`, { show: ['status'] }),
      ],
    },
    {
      name: 'a namespace that is not there',
      steps: [get(`${NS}/nowhere`), remove(`${NS}/nowhere`), get('/api/v1/namespaces/nowhere/configmaps/a')],
    },
    { name: 'a namespace twice', steps: [given(post(NS, other)), post(NS, other)] },
    {
      name: 'a namespace with a status of its own',
      steps: [post(NS, { ...other, status: { phase: 'Terminating' } }, { show: ['status'] })],
    },
    {
      name: 'nothing is made in a namespace that is going',
      steps: [
        given(post(NS, other)),
        given(
          post('/api/v1/namespaces/<ns>-b/configmaps', configMap('a', { metadata: { finalizers: ['example.com/f'] } })),
        ),
        remove(`${NS}/<ns>-b`, { show: ['status.phase', 'metadata.deletionTimestamp', 'spec'] }),
        post('/api/v1/namespaces/<ns>-b/configmaps', configMap('b')),
        patch('merge', '/api/v1/namespaces/<ns>-b/configmaps/a', {
          body: { metadata: { labels: { a: 'b' } } },
          show: ['metadata.labels'],
        }),
        get('/api/v1/namespaces/<ns>-b/configmaps/a', { show: ['metadata.name'] }),
      ],
    },
    {
      name: 'a namespace in the name of another',
      steps: [
        post(
          `${NS}?dryRun=All`,
          { ...other, metadata: { name: '<ns>-b', namespace: 'x' } },
          { show: ['metadata.namespace', 'metadata.name'] },
        ),
        get(CONFIGMAPS, { show: ['kind'] }),
      ],
    },
  ],
}
