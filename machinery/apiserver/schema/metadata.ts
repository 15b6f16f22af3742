import { boolean, integer, list, map, object, string, time } from '../../api/schema.ts'

/** ObjectMeta (apimachinery `meta/v1`), which every kind carries. */
export const METADATA = object(
  {
    name: string('Name must be unique within a namespace.'),
    generateName: string('A prefix: the server adds five characters when no name is given.'),
    namespace: string('The space within which the name must be unique.'),
    selfLink: string(),
    uid: string('Set by the server; unique over time.'),
    resourceVersion: string('Set by the server; changes with every write.'),
    generation: integer('Set by the server; counts changes of what is wanted.'),
    creationTimestamp: time('Set by the server.'),
    deletionTimestamp: time('Set by the server when deletion was asked for and something still has to clean up.'),
    deletionGracePeriodSeconds: integer(),
    labels: map(string(), 'Keys and values to select objects by.'),
    annotations: map(string(), 'Keys and values for tools.'),
    finalizers: list(string(), 'Who still has to clean up before the object may go.'),
    ownerReferences: list(
      object(
        {
          apiVersion: string(),
          kind: string(),
          name: string(),
          uid: string(),
          controller: boolean('Whether the owner manages the object.'),
          blockOwnerDeletion: boolean(),
        },
        { required: ['apiVersion', 'kind', 'name', 'uid'] },
      ),
      'The object goes when all of these are gone.',
    ),
    managedFields: list(
      object({
        manager: string(),
        operation: string(),
        apiVersion: string(),
        time: time(),
        fieldsType: string(),
        fieldsV1: { 'x-kubernetes-preserve-unknown-fields': true, type: 'object' },
        subresource: string(),
      }),
    ),
  },
  { description: 'Standard metadata of every object.' },
)
