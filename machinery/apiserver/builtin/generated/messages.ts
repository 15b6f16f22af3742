// Made by `go run .` in builtin/generate from Kubernetes v1.32; not to be changed by hand.

import type { MessageFacts } from '../facts.ts'

export const MESSAGES: Readonly<Record<string, MessageFacts>> = {
  "io.k8s.api.admissionregistration.v1.MatchCondition": {
    "go":"v1.MatchCondition",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "expression": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.MutatingWebhook": {
    "go":"v1.MutatingWebhook",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "clientConfig": {"number":2,"type":"io.k8s.api.admissionregistration.v1.WebhookClientConfig","required":true},
      "rules": {"number":3,"type":"io.k8s.api.admissionregistration.v1.RuleWithOperations","list":true,"omitEmpty":true,"listType":"atomic"},
      "failurePolicy": {"number":4,"type":"string","go":"v1.FailurePolicyType","enum":["Fail","Ignore"],"pointer":true,"omitEmpty":true},
      "matchPolicy": {"number":9,"type":"string","go":"v1.MatchPolicyType","enum":["Equivalent","Exact"],"pointer":true,"omitEmpty":true},
      "namespaceSelector": {"number":5,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "objectSelector": {"number":11,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "sideEffects": {"number":6,"type":"string","go":"v1.SideEffectClass","enum":["None","NoneOnDryRun","Some","Unknown"],"pointer":true,"required":true},
      "timeoutSeconds": {"number":7,"type":"int32","pointer":true,"omitEmpty":true},
      "admissionReviewVersions": {"number":8,"type":"string","list":true,"required":true,"listType":"atomic"},
      "reinvocationPolicy": {"number":10,"type":"string","go":"v1.ReinvocationPolicyType","enum":["IfNeeded","Never"],"pointer":true,"omitEmpty":true},
      "matchConditions": {"number":12,"type":"io.k8s.api.admissionregistration.v1.MatchCondition","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
    },
  },
  "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration": {
    "go":"v1.MutatingWebhookConfiguration",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "webhooks": {"number":2,"type":"io.k8s.api.admissionregistration.v1.MutatingWebhook","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
    },
  },
  "io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList": {
    "go":"v1.MutatingWebhookConfigurationList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration","list":true,"required":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.Rule": {
    "go":"v1.Rule",
    fields: {
      "apiGroups": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "apiVersions": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "resources": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "scope": {"number":4,"type":"string","go":"v1.ScopeType","enum":["*","Cluster","Namespaced"],"pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.RuleWithOperations": {
    "go":"v1.RuleWithOperations",
    fields: {
      "operations": {"number":1,"type":"string","go":"v1.OperationType","enum":["*","CONNECT","CREATE","DELETE","UPDATE"],"list":true,"omitEmpty":true,"listType":"atomic"},
      "rule": {"number":2,"type":"io.k8s.api.admissionregistration.v1.Rule","inline":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.ServiceReference": {
    "go":"v1.ServiceReference",
    fields: {
      "namespace": {"number":1,"type":"string","required":true},
      "name": {"number":2,"type":"string","required":true},
      "path": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "port": {"number":4,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.ValidatingWebhook": {
    "go":"v1.ValidatingWebhook",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "clientConfig": {"number":2,"type":"io.k8s.api.admissionregistration.v1.WebhookClientConfig","required":true},
      "rules": {"number":3,"type":"io.k8s.api.admissionregistration.v1.RuleWithOperations","list":true,"omitEmpty":true,"listType":"atomic"},
      "failurePolicy": {"number":4,"type":"string","go":"v1.FailurePolicyType","enum":["Fail","Ignore"],"pointer":true,"omitEmpty":true},
      "matchPolicy": {"number":9,"type":"string","go":"v1.MatchPolicyType","enum":["Equivalent","Exact"],"pointer":true,"omitEmpty":true},
      "namespaceSelector": {"number":5,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "objectSelector": {"number":10,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "sideEffects": {"number":6,"type":"string","go":"v1.SideEffectClass","enum":["None","NoneOnDryRun","Some","Unknown"],"pointer":true,"required":true},
      "timeoutSeconds": {"number":7,"type":"int32","pointer":true,"omitEmpty":true},
      "admissionReviewVersions": {"number":8,"type":"string","list":true,"required":true,"listType":"atomic"},
      "matchConditions": {"number":11,"type":"io.k8s.api.admissionregistration.v1.MatchCondition","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
    },
  },
  "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration": {
    "go":"v1.ValidatingWebhookConfiguration",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "webhooks": {"number":2,"type":"io.k8s.api.admissionregistration.v1.ValidatingWebhook","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
    },
  },
  "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList": {
    "go":"v1.ValidatingWebhookConfigurationList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration","list":true,"required":true},
    },
  },
  "io.k8s.api.admissionregistration.v1.WebhookClientConfig": {
    "go":"v1.WebhookClientConfig",
    fields: {
      "url": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "service": {"number":1,"type":"io.k8s.api.admissionregistration.v1.ServiceReference","pointer":true,"omitEmpty":true},
      "caBundle": {"number":2,"type":"bytes","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DaemonSet": {
    "go":"v1.DaemonSet",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.apps.v1.DaemonSetSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.apps.v1.DaemonSetStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DaemonSetCondition": {
    "go":"v1.DaemonSetCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.DaemonSetConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DaemonSetList": {
    "go":"v1.DaemonSetList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.apps.v1.DaemonSet","list":true,"required":true},
    },
  },
  "io.k8s.api.apps.v1.DaemonSetSpec": {
    "go":"v1.DaemonSetSpec",
    fields: {
      "selector": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"required":true},
      "template": {"number":2,"type":"io.k8s.api.core.v1.PodTemplateSpec","required":true},
      "updateStrategy": {"number":3,"type":"io.k8s.api.apps.v1.DaemonSetUpdateStrategy","omitEmpty":true},
      "minReadySeconds": {"number":4,"type":"int32","omitEmpty":true},
      "revisionHistoryLimit": {"number":6,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DaemonSetStatus": {
    "go":"v1.DaemonSetStatus",
    fields: {
      "currentNumberScheduled": {"number":1,"type":"int32","required":true},
      "numberMisscheduled": {"number":2,"type":"int32","required":true},
      "desiredNumberScheduled": {"number":3,"type":"int32","required":true},
      "numberReady": {"number":4,"type":"int32","required":true},
      "observedGeneration": {"number":5,"type":"int64","omitEmpty":true},
      "updatedNumberScheduled": {"number":6,"type":"int32","omitEmpty":true},
      "numberAvailable": {"number":7,"type":"int32","omitEmpty":true},
      "numberUnavailable": {"number":8,"type":"int32","omitEmpty":true},
      "collisionCount": {"number":9,"type":"int32","pointer":true,"omitEmpty":true},
      "conditions": {"number":10,"type":"io.k8s.api.apps.v1.DaemonSetCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
    },
  },
  "io.k8s.api.apps.v1.DaemonSetUpdateStrategy": {
    "go":"v1.DaemonSetUpdateStrategy",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.DaemonSetUpdateStrategyType","enum":["OnDelete","RollingUpdate"],"omitEmpty":true},
      "rollingUpdate": {"number":2,"type":"io.k8s.api.apps.v1.RollingUpdateDaemonSet","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.Deployment": {
    "go":"v1.Deployment",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.apps.v1.DeploymentSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.apps.v1.DeploymentStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DeploymentCondition": {
    "go":"v1.DeploymentCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.DeploymentConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastUpdateTime": {"number":6,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTransitionTime": {"number":7,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DeploymentList": {
    "go":"v1.DeploymentList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.apps.v1.Deployment","list":true,"required":true},
    },
  },
  "io.k8s.api.apps.v1.DeploymentSpec": {
    "go":"v1.DeploymentSpec",
    fields: {
      "replicas": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
      "selector": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"required":true},
      "template": {"number":3,"type":"io.k8s.api.core.v1.PodTemplateSpec","required":true},
      "strategy": {"number":4,"type":"io.k8s.api.apps.v1.DeploymentStrategy","omitEmpty":true,"patch":"retainKeys"},
      "minReadySeconds": {"number":5,"type":"int32","omitEmpty":true},
      "revisionHistoryLimit": {"number":6,"type":"int32","pointer":true,"omitEmpty":true},
      "paused": {"number":7,"type":"bool","omitEmpty":true},
      "progressDeadlineSeconds": {"number":9,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DeploymentStatus": {
    "go":"v1.DeploymentStatus",
    fields: {
      "observedGeneration": {"number":1,"type":"int64","omitEmpty":true},
      "replicas": {"number":2,"type":"int32","omitEmpty":true},
      "updatedReplicas": {"number":3,"type":"int32","omitEmpty":true},
      "readyReplicas": {"number":7,"type":"int32","omitEmpty":true},
      "availableReplicas": {"number":4,"type":"int32","omitEmpty":true},
      "unavailableReplicas": {"number":5,"type":"int32","omitEmpty":true},
      "conditions": {"number":6,"type":"io.k8s.api.apps.v1.DeploymentCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "collisionCount": {"number":8,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.DeploymentStrategy": {
    "go":"v1.DeploymentStrategy",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.DeploymentStrategyType","enum":["Recreate","RollingUpdate"],"omitEmpty":true},
      "rollingUpdate": {"number":2,"type":"io.k8s.api.apps.v1.RollingUpdateDeployment","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.ReplicaSet": {
    "go":"v1.ReplicaSet",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.apps.v1.ReplicaSetSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.apps.v1.ReplicaSetStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.ReplicaSetCondition": {
    "go":"v1.ReplicaSetCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.ReplicaSetConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.ReplicaSetList": {
    "go":"v1.ReplicaSetList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.apps.v1.ReplicaSet","list":true,"required":true},
    },
  },
  "io.k8s.api.apps.v1.ReplicaSetSpec": {
    "go":"v1.ReplicaSetSpec",
    fields: {
      "replicas": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
      "minReadySeconds": {"number":4,"type":"int32","omitEmpty":true},
      "selector": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"required":true},
      "template": {"number":3,"type":"io.k8s.api.core.v1.PodTemplateSpec","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.ReplicaSetStatus": {
    "go":"v1.ReplicaSetStatus",
    fields: {
      "replicas": {"number":1,"type":"int32","required":true},
      "fullyLabeledReplicas": {"number":2,"type":"int32","omitEmpty":true},
      "readyReplicas": {"number":4,"type":"int32","omitEmpty":true},
      "availableReplicas": {"number":5,"type":"int32","omitEmpty":true},
      "observedGeneration": {"number":3,"type":"int64","omitEmpty":true},
      "conditions": {"number":6,"type":"io.k8s.api.apps.v1.ReplicaSetCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
    },
  },
  "io.k8s.api.apps.v1.RollingUpdateDaemonSet": {
    "go":"v1.RollingUpdateDaemonSet",
    fields: {
      "maxUnavailable": {"number":1,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","pointer":true,"omitEmpty":true},
      "maxSurge": {"number":2,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.RollingUpdateDeployment": {
    "go":"v1.RollingUpdateDeployment",
    fields: {
      "maxUnavailable": {"number":1,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","pointer":true,"omitEmpty":true},
      "maxSurge": {"number":2,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy": {
    "go":"v1.RollingUpdateStatefulSetStrategy",
    fields: {
      "partition": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
      "maxUnavailable": {"number":2,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSet": {
    "go":"v1.StatefulSet",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.apps.v1.StatefulSetSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.apps.v1.StatefulSetStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetCondition": {
    "go":"v1.StatefulSetCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.StatefulSetConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetList": {
    "go":"v1.StatefulSetList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.apps.v1.StatefulSet","list":true,"required":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetOrdinals": {
    "go":"v1.StatefulSetOrdinals",
    fields: {
      "start": {"number":1,"type":"int32"},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": {
    "go":"v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
    fields: {
      "whenDeleted": {"number":1,"type":"string","go":"v1.PersistentVolumeClaimRetentionPolicyType","omitEmpty":true},
      "whenScaled": {"number":2,"type":"string","go":"v1.PersistentVolumeClaimRetentionPolicyType","omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetSpec": {
    "go":"v1.StatefulSetSpec",
    fields: {
      "replicas": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
      "selector": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"required":true},
      "template": {"number":3,"type":"io.k8s.api.core.v1.PodTemplateSpec","required":true},
      "volumeClaimTemplates": {"number":4,"type":"io.k8s.api.core.v1.PersistentVolumeClaim","list":true,"omitEmpty":true,"listType":"atomic"},
      "serviceName": {"number":5,"type":"string","required":true},
      "podManagementPolicy": {"number":6,"type":"string","go":"v1.PodManagementPolicyType","enum":["OrderedReady","Parallel"],"omitEmpty":true},
      "updateStrategy": {"number":7,"type":"io.k8s.api.apps.v1.StatefulSetUpdateStrategy","omitEmpty":true},
      "revisionHistoryLimit": {"number":8,"type":"int32","pointer":true,"omitEmpty":true},
      "minReadySeconds": {"number":9,"type":"int32","omitEmpty":true},
      "persistentVolumeClaimRetentionPolicy": {"number":10,"type":"io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy","pointer":true,"omitEmpty":true},
      "ordinals": {"number":11,"type":"io.k8s.api.apps.v1.StatefulSetOrdinals","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetStatus": {
    "go":"v1.StatefulSetStatus",
    fields: {
      "observedGeneration": {"number":1,"type":"int64","omitEmpty":true},
      "replicas": {"number":2,"type":"int32","required":true},
      "readyReplicas": {"number":3,"type":"int32","omitEmpty":true},
      "currentReplicas": {"number":4,"type":"int32","omitEmpty":true},
      "updatedReplicas": {"number":5,"type":"int32","omitEmpty":true},
      "currentRevision": {"number":6,"type":"string","omitEmpty":true},
      "updateRevision": {"number":7,"type":"string","omitEmpty":true},
      "collisionCount": {"number":9,"type":"int32","pointer":true,"omitEmpty":true},
      "conditions": {"number":10,"type":"io.k8s.api.apps.v1.StatefulSetCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "availableReplicas": {"number":11,"type":"int32"},
    },
  },
  "io.k8s.api.apps.v1.StatefulSetUpdateStrategy": {
    "go":"v1.StatefulSetUpdateStrategy",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.StatefulSetUpdateStrategyType","enum":["OnDelete","RollingUpdate"],"omitEmpty":true},
      "rollingUpdate": {"number":2,"type":"io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.BoundObjectReference": {
    "go":"v1.BoundObjectReference",
    fields: {
      "kind": {"number":1,"type":"string","omitEmpty":true},
      "apiVersion": {"number":2,"type":"string","omitEmpty":true},
      "name": {"number":3,"type":"string","omitEmpty":true},
      "uid": {"number":4,"type":"string","go":"types.UID","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.ExtraValue": {
    "go":"v1.ExtraValue",
    fields: {
      "items": {"number":1,"type":"string","list":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.SelfSubjectReview": {
    "go":"v1.SelfSubjectReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "status": {"number":2,"type":"io.k8s.api.authentication.v1.SelfSubjectReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.SelfSubjectReviewStatus": {
    "go":"v1.SelfSubjectReviewStatus",
    fields: {
      "userInfo": {"number":1,"type":"io.k8s.api.authentication.v1.UserInfo","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.TokenRequest": {
    "go":"v1.TokenRequest",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authentication.v1.TokenRequestSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authentication.v1.TokenRequestStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.TokenRequestSpec": {
    "go":"v1.TokenRequestSpec",
    fields: {
      "audiences": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "expirationSeconds": {"number":4,"type":"int64","pointer":true},
      "boundObjectRef": {"number":3,"type":"io.k8s.api.authentication.v1.BoundObjectReference","pointer":true},
    },
  },
  "io.k8s.api.authentication.v1.TokenRequestStatus": {
    "go":"v1.TokenRequestStatus",
    fields: {
      "token": {"number":1,"type":"string","required":true},
      "expirationTimestamp": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","required":true},
    },
  },
  "io.k8s.api.authentication.v1.TokenReview": {
    "go":"v1.TokenReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authentication.v1.TokenReviewSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authentication.v1.TokenReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.TokenReviewSpec": {
    "go":"v1.TokenReviewSpec",
    fields: {
      "token": {"number":1,"type":"string","omitEmpty":true},
      "audiences": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.authentication.v1.TokenReviewStatus": {
    "go":"v1.TokenReviewStatus",
    fields: {
      "authenticated": {"number":1,"type":"bool","omitEmpty":true},
      "user": {"number":2,"type":"io.k8s.api.authentication.v1.UserInfo","omitEmpty":true},
      "audiences": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "error": {"number":3,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.authentication.v1.UserInfo": {
    "go":"v1.UserInfo",
    fields: {
      "username": {"number":1,"type":"string","omitEmpty":true},
      "uid": {"number":2,"type":"string","omitEmpty":true},
      "groups": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "extra": {"number":4,"type":"io.k8s.api.authentication.v1.ExtraValue","map":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.ExtraValue": {
    "go":"v1.ExtraValue",
    fields: {
      "items": {"number":1,"type":"string","list":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.FieldSelectorAttributes": {
    "go":"v1.FieldSelectorAttributes",
    fields: {
      "rawSelector": {"number":1,"type":"string","omitEmpty":true},
      "requirements": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.authorization.v1.LabelSelectorAttributes": {
    "go":"v1.LabelSelectorAttributes",
    fields: {
      "rawSelector": {"number":1,"type":"string","omitEmpty":true},
      "requirements": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.authorization.v1.LocalSubjectAccessReview": {
    "go":"v1.LocalSubjectAccessReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authorization.v1.SubjectAccessReviewSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authorization.v1.SubjectAccessReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.NonResourceAttributes": {
    "go":"v1.NonResourceAttributes",
    fields: {
      "path": {"number":1,"type":"string","omitEmpty":true},
      "verb": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.NonResourceRule": {
    "go":"v1.NonResourceRule",
    fields: {
      "verbs": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "nonResourceURLs": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.authorization.v1.ResourceAttributes": {
    "go":"v1.ResourceAttributes",
    fields: {
      "namespace": {"number":1,"type":"string","omitEmpty":true},
      "verb": {"number":2,"type":"string","omitEmpty":true},
      "group": {"number":3,"type":"string","omitEmpty":true},
      "version": {"number":4,"type":"string","omitEmpty":true},
      "resource": {"number":5,"type":"string","omitEmpty":true},
      "subresource": {"number":6,"type":"string","omitEmpty":true},
      "name": {"number":7,"type":"string","omitEmpty":true},
      "fieldSelector": {"number":8,"type":"io.k8s.api.authorization.v1.FieldSelectorAttributes","pointer":true,"omitEmpty":true},
      "labelSelector": {"number":9,"type":"io.k8s.api.authorization.v1.LabelSelectorAttributes","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.ResourceRule": {
    "go":"v1.ResourceRule",
    fields: {
      "verbs": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "apiGroups": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "resources": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "resourceNames": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.authorization.v1.SelfSubjectAccessReview": {
    "go":"v1.SelfSubjectAccessReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authorization.v1.SubjectAccessReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec": {
    "go":"v1.SelfSubjectAccessReviewSpec",
    fields: {
      "resourceAttributes": {"number":1,"type":"io.k8s.api.authorization.v1.ResourceAttributes","pointer":true,"omitEmpty":true},
      "nonResourceAttributes": {"number":2,"type":"io.k8s.api.authorization.v1.NonResourceAttributes","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SelfSubjectRulesReview": {
    "go":"v1.SelfSubjectRulesReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authorization.v1.SubjectRulesReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec": {
    "go":"v1.SelfSubjectRulesReviewSpec",
    fields: {
      "namespace": {"number":1,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SubjectAccessReview": {
    "go":"v1.SubjectAccessReview",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.authorization.v1.SubjectAccessReviewSpec","required":true},
      "status": {"number":3,"type":"io.k8s.api.authorization.v1.SubjectAccessReviewStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SubjectAccessReviewSpec": {
    "go":"v1.SubjectAccessReviewSpec",
    fields: {
      "resourceAttributes": {"number":1,"type":"io.k8s.api.authorization.v1.ResourceAttributes","pointer":true,"omitEmpty":true},
      "nonResourceAttributes": {"number":2,"type":"io.k8s.api.authorization.v1.NonResourceAttributes","pointer":true,"omitEmpty":true},
      "user": {"number":3,"type":"string","omitEmpty":true},
      "groups": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "extra": {"number":5,"type":"io.k8s.api.authorization.v1.ExtraValue","map":true,"omitEmpty":true},
      "uid": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SubjectAccessReviewStatus": {
    "go":"v1.SubjectAccessReviewStatus",
    fields: {
      "allowed": {"number":1,"type":"bool","required":true},
      "denied": {"number":4,"type":"bool","omitEmpty":true},
      "reason": {"number":2,"type":"string","omitEmpty":true},
      "evaluationError": {"number":3,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.authorization.v1.SubjectRulesReviewStatus": {
    "go":"v1.SubjectRulesReviewStatus",
    fields: {
      "resourceRules": {"number":1,"type":"io.k8s.api.authorization.v1.ResourceRule","list":true,"required":true,"listType":"atomic"},
      "nonResourceRules": {"number":2,"type":"io.k8s.api.authorization.v1.NonResourceRule","list":true,"required":true,"listType":"atomic"},
      "incomplete": {"number":3,"type":"bool","required":true},
      "evaluationError": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.autoscaling.v1.Scale": {
    "go":"v1.Scale",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.autoscaling.v1.ScaleSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.autoscaling.v1.ScaleStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.autoscaling.v1.ScaleSpec": {
    "go":"v1.ScaleSpec",
    fields: {
      "replicas": {"number":1,"type":"int32","omitEmpty":true},
    },
  },
  "io.k8s.api.autoscaling.v1.ScaleStatus": {
    "go":"v1.ScaleStatus",
    fields: {
      "replicas": {"number":1,"type":"int32","required":true},
      "selector": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.CronJob": {
    "go":"v1.CronJob",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.batch.v1.CronJobSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.batch.v1.CronJobStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.CronJobList": {
    "go":"v1.CronJobList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.batch.v1.CronJob","list":true,"required":true},
    },
  },
  "io.k8s.api.batch.v1.CronJobSpec": {
    "go":"v1.CronJobSpec",
    fields: {
      "schedule": {"number":1,"type":"string","required":true},
      "timeZone": {"number":8,"type":"string","pointer":true,"omitEmpty":true},
      "startingDeadlineSeconds": {"number":2,"type":"int64","pointer":true,"omitEmpty":true},
      "concurrencyPolicy": {"number":3,"type":"string","go":"v1.ConcurrencyPolicy","enum":["Allow","Forbid","Replace"],"omitEmpty":true},
      "suspend": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
      "jobTemplate": {"number":5,"type":"io.k8s.api.batch.v1.JobTemplateSpec","required":true},
      "successfulJobsHistoryLimit": {"number":6,"type":"int32","pointer":true,"omitEmpty":true},
      "failedJobsHistoryLimit": {"number":7,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.CronJobStatus": {
    "go":"v1.CronJobStatus",
    fields: {
      "active": {"number":1,"type":"io.k8s.api.core.v1.ObjectReference","list":true,"omitEmpty":true,"listType":"atomic"},
      "lastScheduleTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "lastSuccessfulTime": {"number":5,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.Job": {
    "go":"v1.Job",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.batch.v1.JobSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.batch.v1.JobStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.JobCondition": {
    "go":"v1.JobCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.JobConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastProbeTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":5,"type":"string","omitEmpty":true},
      "message": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.JobList": {
    "go":"v1.JobList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.batch.v1.Job","list":true,"required":true},
    },
  },
  "io.k8s.api.batch.v1.JobSpec": {
    "go":"v1.JobSpec",
    fields: {
      "parallelism": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
      "completions": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
      "activeDeadlineSeconds": {"number":3,"type":"int64","pointer":true,"omitEmpty":true},
      "podFailurePolicy": {"number":11,"type":"io.k8s.api.batch.v1.PodFailurePolicy","pointer":true,"omitEmpty":true},
      "successPolicy": {"number":16,"type":"io.k8s.api.batch.v1.SuccessPolicy","pointer":true,"omitEmpty":true},
      "backoffLimit": {"number":7,"type":"int32","pointer":true,"omitEmpty":true},
      "backoffLimitPerIndex": {"number":12,"type":"int32","pointer":true,"omitEmpty":true},
      "maxFailedIndexes": {"number":13,"type":"int32","pointer":true,"omitEmpty":true},
      "selector": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "manualSelector": {"number":5,"type":"bool","pointer":true,"omitEmpty":true},
      "template": {"number":6,"type":"io.k8s.api.core.v1.PodTemplateSpec","required":true},
      "ttlSecondsAfterFinished": {"number":8,"type":"int32","pointer":true,"omitEmpty":true},
      "completionMode": {"number":9,"type":"string","go":"v1.CompletionMode","enum":["Indexed","NonIndexed"],"pointer":true,"omitEmpty":true},
      "suspend": {"number":10,"type":"bool","pointer":true,"omitEmpty":true},
      "podReplacementPolicy": {"number":14,"type":"string","go":"v1.PodReplacementPolicy","enum":["Failed","TerminatingOrFailed"],"pointer":true,"omitEmpty":true},
      "managedBy": {"number":15,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.JobStatus": {
    "go":"v1.JobStatus",
    fields: {
      "conditions": {"number":1,"type":"io.k8s.api.batch.v1.JobCondition","list":true,"omitEmpty":true,"listType":"atomic","patch":"merge","mergeKey":"type"},
      "startTime": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "completionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "active": {"number":4,"type":"int32","omitEmpty":true},
      "succeeded": {"number":5,"type":"int32","omitEmpty":true},
      "failed": {"number":6,"type":"int32","omitEmpty":true},
      "terminating": {"number":11,"type":"int32","pointer":true,"omitEmpty":true},
      "completedIndexes": {"number":7,"type":"string","omitEmpty":true},
      "failedIndexes": {"number":10,"type":"string","pointer":true,"omitEmpty":true},
      "uncountedTerminatedPods": {"number":8,"type":"io.k8s.api.batch.v1.UncountedTerminatedPods","pointer":true,"omitEmpty":true},
      "ready": {"number":9,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.JobTemplateSpec": {
    "go":"v1.JobTemplateSpec",
    fields: {
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.batch.v1.JobSpec","omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.PodFailurePolicy": {
    "go":"v1.PodFailurePolicy",
    fields: {
      "rules": {"number":1,"type":"io.k8s.api.batch.v1.PodFailurePolicyRule","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement": {
    "go":"v1.PodFailurePolicyOnExitCodesRequirement",
    fields: {
      "containerName": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "operator": {"number":2,"type":"string","go":"v1.PodFailurePolicyOnExitCodesOperator","enum":["In","NotIn"],"required":true},
      "values": {"number":3,"type":"int32","list":true,"required":true,"listType":"set"},
    },
  },
  "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern": {
    "go":"v1.PodFailurePolicyOnPodConditionsPattern",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.PodConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
    },
  },
  "io.k8s.api.batch.v1.PodFailurePolicyRule": {
    "go":"v1.PodFailurePolicyRule",
    fields: {
      "action": {"number":1,"type":"string","go":"v1.PodFailurePolicyAction","enum":["Count","FailIndex","FailJob","Ignore"],"required":true},
      "onExitCodes": {"number":2,"type":"io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement","pointer":true,"omitEmpty":true},
      "onPodConditions": {"number":3,"type":"io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.batch.v1.SuccessPolicy": {
    "go":"v1.SuccessPolicy",
    fields: {
      "rules": {"number":1,"type":"io.k8s.api.batch.v1.SuccessPolicyRule","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.batch.v1.SuccessPolicyRule": {
    "go":"v1.SuccessPolicyRule",
    fields: {
      "succeededIndexes": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "succeededCount": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.batch.v1.UncountedTerminatedPods": {
    "go":"v1.UncountedTerminatedPods",
    fields: {
      "succeeded": {"number":1,"type":"string","go":"types.UID","list":true,"omitEmpty":true,"listType":"set"},
      "failed": {"number":2,"type":"string","go":"types.UID","list":true,"omitEmpty":true,"listType":"set"},
    },
  },
  "io.k8s.api.coordination.v1.Lease": {
    "go":"v1.Lease",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.coordination.v1.LeaseSpec","omitEmpty":true},
    },
  },
  "io.k8s.api.coordination.v1.LeaseList": {
    "go":"v1.LeaseList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.coordination.v1.Lease","list":true,"required":true},
    },
  },
  "io.k8s.api.coordination.v1.LeaseSpec": {
    "go":"v1.LeaseSpec",
    fields: {
      "holderIdentity": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "leaseDurationSeconds": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
      "acquireTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","pointer":true,"omitEmpty":true},
      "renewTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","pointer":true,"omitEmpty":true},
      "leaseTransitions": {"number":5,"type":"int32","pointer":true,"omitEmpty":true},
      "strategy": {"number":6,"type":"string","go":"v1.CoordinatedLeaseStrategy","pointer":true,"omitEmpty":true},
      "preferredHolder": {"number":7,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource": {
    "go":"v1.AWSElasticBlockStoreVolumeSource",
    fields: {
      "volumeID": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "partition": {"number":3,"type":"int32","omitEmpty":true},
      "readOnly": {"number":4,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Affinity": {
    "go":"v1.Affinity",
    fields: {
      "nodeAffinity": {"number":1,"type":"io.k8s.api.core.v1.NodeAffinity","pointer":true,"omitEmpty":true},
      "podAffinity": {"number":2,"type":"io.k8s.api.core.v1.PodAffinity","pointer":true,"omitEmpty":true},
      "podAntiAffinity": {"number":3,"type":"io.k8s.api.core.v1.PodAntiAffinity","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.AppArmorProfile": {
    "go":"v1.AppArmorProfile","unions":[{"discriminator":"type","fields-to-discriminateBy":{"localhostProfile":"LocalhostProfile"}}],
    fields: {
      "type": {"number":1,"type":"string","go":"v1.AppArmorProfileType","enum":["Localhost","RuntimeDefault","Unconfined"],"required":true},
      "localhostProfile": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.AttachedVolume": {
    "go":"v1.AttachedVolume",
    fields: {
      "name": {"number":1,"type":"string","go":"v1.UniqueVolumeName","required":true},
      "devicePath": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.AzureDiskVolumeSource": {
    "go":"v1.AzureDiskVolumeSource",
    fields: {
      "diskName": {"number":1,"type":"string","required":true},
      "diskURI": {"number":2,"type":"string","required":true},
      "cachingMode": {"number":3,"type":"string","go":"v1.AzureDataDiskCachingMode","enum":["None","ReadOnly","ReadWrite"],"pointer":true,"omitEmpty":true,"default":"ReadWrite"},
      "fsType": {"number":4,"type":"string","pointer":true,"omitEmpty":true,"default":"ext4"},
      "readOnly": {"number":5,"type":"bool","pointer":true,"omitEmpty":true,"default":false},
      "kind": {"number":6,"type":"string","go":"v1.AzureDataDiskKind","enum":["Dedicated","Managed","Shared"],"pointer":true,"omitEmpty":true,"default":"Shared"},
    },
  },
  "io.k8s.api.core.v1.AzureFileVolumeSource": {
    "go":"v1.AzureFileVolumeSource",
    fields: {
      "secretName": {"number":1,"type":"string","required":true},
      "shareName": {"number":2,"type":"string","required":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.CSIVolumeSource": {
    "go":"v1.CSIVolumeSource",
    fields: {
      "driver": {"number":1,"type":"string","required":true},
      "readOnly": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
      "fsType": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "volumeAttributes": {"number":4,"type":"string","map":true,"omitEmpty":true},
      "nodePublishSecretRef": {"number":5,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Capabilities": {
    "go":"v1.Capabilities",
    fields: {
      "add": {"number":1,"type":"string","go":"v1.Capability","list":true,"omitEmpty":true,"listType":"atomic"},
      "drop": {"number":2,"type":"string","go":"v1.Capability","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.CephFSVolumeSource": {
    "go":"v1.CephFSVolumeSource",
    fields: {
      "monitors": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "path": {"number":2,"type":"string","omitEmpty":true},
      "user": {"number":3,"type":"string","omitEmpty":true},
      "secretFile": {"number":4,"type":"string","omitEmpty":true},
      "secretRef": {"number":5,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
      "readOnly": {"number":6,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.CinderVolumeSource": {
    "go":"v1.CinderVolumeSource",
    fields: {
      "volumeID": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
      "secretRef": {"number":4,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ClientIPConfig": {
    "go":"v1.ClientIPConfig",
    fields: {
      "timeoutSeconds": {"number":1,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ClusterTrustBundleProjection": {
    "go":"v1.ClusterTrustBundleProjection",
    fields: {
      "name": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "signerName": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
      "labelSelector": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "optional": {"number":5,"type":"bool","pointer":true,"omitEmpty":true},
      "path": {"number":4,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMap": {
    "go":"v1.ConfigMap",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "immutable": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
      "data": {"number":2,"type":"string","map":true,"omitEmpty":true},
      "binaryData": {"number":3,"type":"bytes","map":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapEnvSource": {
    "go":"v1.ConfigMapEnvSource",
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "optional": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapKeySelector": {
    "go":"v1.ConfigMapKeySelector","atomic":true,
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "key": {"number":2,"type":"string","required":true},
      "optional": {"number":3,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapList": {
    "go":"v1.ConfigMapList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.ConfigMap","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapNodeConfigSource": {
    "go":"v1.ConfigMapNodeConfigSource",
    fields: {
      "namespace": {"number":1,"type":"string","required":true},
      "name": {"number":2,"type":"string","required":true},
      "uid": {"number":3,"type":"string","go":"types.UID","omitEmpty":true},
      "resourceVersion": {"number":4,"type":"string","omitEmpty":true},
      "kubeletConfigKey": {"number":5,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapProjection": {
    "go":"v1.ConfigMapProjection",
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.KeyToPath","list":true,"omitEmpty":true,"listType":"atomic"},
      "optional": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ConfigMapVolumeSource": {
    "go":"v1.ConfigMapVolumeSource",
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.KeyToPath","list":true,"omitEmpty":true,"listType":"atomic"},
      "defaultMode": {"number":3,"type":"int32","pointer":true,"omitEmpty":true},
      "optional": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Container": {
    "go":"v1.Container",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "image": {"number":2,"type":"string","omitEmpty":true},
      "command": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "args": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "workingDir": {"number":5,"type":"string","omitEmpty":true},
      "ports": {"number":6,"type":"io.k8s.api.core.v1.ContainerPort","list":true,"omitEmpty":true,"listType":"map","keys":["containerPort","protocol"],"patch":"merge","mergeKey":"containerPort"},
      "envFrom": {"number":19,"type":"io.k8s.api.core.v1.EnvFromSource","list":true,"omitEmpty":true,"listType":"atomic"},
      "env": {"number":7,"type":"io.k8s.api.core.v1.EnvVar","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "resources": {"number":8,"type":"io.k8s.api.core.v1.ResourceRequirements","omitEmpty":true},
      "resizePolicy": {"number":23,"type":"io.k8s.api.core.v1.ContainerResizePolicy","list":true,"omitEmpty":true,"listType":"atomic"},
      "restartPolicy": {"number":24,"type":"string","go":"v1.ContainerRestartPolicy","pointer":true,"omitEmpty":true},
      "volumeMounts": {"number":9,"type":"io.k8s.api.core.v1.VolumeMount","list":true,"omitEmpty":true,"listType":"map","keys":["mountPath"],"patch":"merge","mergeKey":"mountPath"},
      "volumeDevices": {"number":21,"type":"io.k8s.api.core.v1.VolumeDevice","list":true,"omitEmpty":true,"listType":"map","keys":["devicePath"],"patch":"merge","mergeKey":"devicePath"},
      "livenessProbe": {"number":10,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "readinessProbe": {"number":11,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "startupProbe": {"number":22,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "lifecycle": {"number":12,"type":"io.k8s.api.core.v1.Lifecycle","pointer":true,"omitEmpty":true},
      "terminationMessagePath": {"number":13,"type":"string","omitEmpty":true},
      "terminationMessagePolicy": {"number":20,"type":"string","go":"v1.TerminationMessagePolicy","enum":["FallbackToLogsOnError","File"],"omitEmpty":true},
      "imagePullPolicy": {"number":14,"type":"string","go":"v1.PullPolicy","enum":["Always","IfNotPresent","Never"],"omitEmpty":true},
      "securityContext": {"number":15,"type":"io.k8s.api.core.v1.SecurityContext","pointer":true,"omitEmpty":true},
      "stdin": {"number":16,"type":"bool","omitEmpty":true},
      "stdinOnce": {"number":17,"type":"bool","omitEmpty":true},
      "tty": {"number":18,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerImage": {
    "go":"v1.ContainerImage",
    fields: {
      "names": {"number":1,"type":"string","list":true,"listType":"atomic"},
      "sizeBytes": {"number":2,"type":"int64","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerPort": {
    "go":"v1.ContainerPort",
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "hostPort": {"number":2,"type":"int32","omitEmpty":true},
      "containerPort": {"number":3,"type":"int32","required":true},
      "protocol": {"number":4,"type":"string","go":"v1.Protocol","enum":["SCTP","TCP","UDP"],"omitEmpty":true,"default":"TCP"},
      "hostIP": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerResizePolicy": {
    "go":"v1.ContainerResizePolicy",
    fields: {
      "resourceName": {"number":1,"type":"string","go":"v1.ResourceName","required":true},
      "restartPolicy": {"number":2,"type":"string","go":"v1.ResourceResizeRestartPolicy","required":true},
    },
  },
  "io.k8s.api.core.v1.ContainerState": {
    "go":"v1.ContainerState",
    fields: {
      "waiting": {"number":1,"type":"io.k8s.api.core.v1.ContainerStateWaiting","pointer":true,"omitEmpty":true},
      "running": {"number":2,"type":"io.k8s.api.core.v1.ContainerStateRunning","pointer":true,"omitEmpty":true},
      "terminated": {"number":3,"type":"io.k8s.api.core.v1.ContainerStateTerminated","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerStateRunning": {
    "go":"v1.ContainerStateRunning",
    fields: {
      "startedAt": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerStateTerminated": {
    "go":"v1.ContainerStateTerminated",
    fields: {
      "exitCode": {"number":1,"type":"int32","required":true},
      "signal": {"number":2,"type":"int32","omitEmpty":true},
      "reason": {"number":3,"type":"string","omitEmpty":true},
      "message": {"number":4,"type":"string","omitEmpty":true},
      "startedAt": {"number":5,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "finishedAt": {"number":6,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "containerID": {"number":7,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerStateWaiting": {
    "go":"v1.ContainerStateWaiting",
    fields: {
      "reason": {"number":1,"type":"string","omitEmpty":true},
      "message": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ContainerStatus": {
    "go":"v1.ContainerStatus",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "state": {"number":2,"type":"io.k8s.api.core.v1.ContainerState","omitEmpty":true},
      "lastState": {"number":3,"type":"io.k8s.api.core.v1.ContainerState","omitEmpty":true},
      "ready": {"number":4,"type":"bool","required":true},
      "restartCount": {"number":5,"type":"int32","required":true},
      "image": {"number":6,"type":"string","required":true},
      "imageID": {"number":7,"type":"string","required":true},
      "containerID": {"number":8,"type":"string","omitEmpty":true},
      "started": {"number":9,"type":"bool","pointer":true,"omitEmpty":true},
      "allocatedResources": {"number":10,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "resources": {"number":11,"type":"io.k8s.api.core.v1.ResourceRequirements","pointer":true,"omitEmpty":true},
      "volumeMounts": {"number":12,"type":"io.k8s.api.core.v1.VolumeMountStatus","list":true,"omitEmpty":true,"listType":"map","keys":["mountPath"],"patch":"merge","mergeKey":"mountPath"},
      "user": {"number":13,"type":"io.k8s.api.core.v1.ContainerUser","pointer":true,"omitEmpty":true},
      "allocatedResourcesStatus": {"number":14,"type":"io.k8s.api.core.v1.ResourceStatus","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
    },
  },
  "io.k8s.api.core.v1.ContainerUser": {
    "go":"v1.ContainerUser",
    fields: {
      "linux": {"number":1,"type":"io.k8s.api.core.v1.LinuxContainerUser","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.DaemonEndpoint": {
    "go":"v1.DaemonEndpoint",
    fields: {
      "Port": {"number":1,"type":"int32","required":true},
    },
  },
  "io.k8s.api.core.v1.DownwardAPIProjection": {
    "go":"v1.DownwardAPIProjection",
    fields: {
      "items": {"number":1,"type":"io.k8s.api.core.v1.DownwardAPIVolumeFile","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.DownwardAPIVolumeFile": {
    "go":"v1.DownwardAPIVolumeFile",
    fields: {
      "path": {"number":1,"type":"string","required":true},
      "fieldRef": {"number":2,"type":"io.k8s.api.core.v1.ObjectFieldSelector","pointer":true,"omitEmpty":true},
      "resourceFieldRef": {"number":3,"type":"io.k8s.api.core.v1.ResourceFieldSelector","pointer":true,"omitEmpty":true},
      "mode": {"number":4,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.DownwardAPIVolumeSource": {
    "go":"v1.DownwardAPIVolumeSource",
    fields: {
      "items": {"number":1,"type":"io.k8s.api.core.v1.DownwardAPIVolumeFile","list":true,"omitEmpty":true,"listType":"atomic"},
      "defaultMode": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EmptyDirVolumeSource": {
    "go":"v1.EmptyDirVolumeSource",
    fields: {
      "medium": {"number":1,"type":"string","go":"v1.StorageMedium","omitEmpty":true},
      "sizeLimit": {"number":2,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EndpointAddress": {
    "go":"v1.EndpointAddress","atomic":true,
    fields: {
      "ip": {"number":1,"type":"string","required":true},
      "hostname": {"number":3,"type":"string","omitEmpty":true},
      "nodeName": {"number":4,"type":"string","pointer":true,"omitEmpty":true},
      "targetRef": {"number":2,"type":"io.k8s.api.core.v1.ObjectReference","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EndpointPort": {
    "go":"v1.EndpointPort","atomic":true,
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "port": {"number":2,"type":"int32","required":true},
      "protocol": {"number":3,"type":"string","go":"v1.Protocol","enum":["SCTP","TCP","UDP"],"omitEmpty":true},
      "appProtocol": {"number":4,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EndpointSubset": {
    "go":"v1.EndpointSubset",
    fields: {
      "addresses": {"number":1,"type":"io.k8s.api.core.v1.EndpointAddress","list":true,"omitEmpty":true,"listType":"atomic"},
      "notReadyAddresses": {"number":2,"type":"io.k8s.api.core.v1.EndpointAddress","list":true,"omitEmpty":true,"listType":"atomic"},
      "ports": {"number":3,"type":"io.k8s.api.core.v1.EndpointPort","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.Endpoints": {
    "go":"v1.Endpoints",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "subsets": {"number":2,"type":"io.k8s.api.core.v1.EndpointSubset","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.EndpointsList": {
    "go":"v1.EndpointsList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Endpoints","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.EnvFromSource": {
    "go":"v1.EnvFromSource",
    fields: {
      "prefix": {"number":1,"type":"string","omitEmpty":true},
      "configMapRef": {"number":2,"type":"io.k8s.api.core.v1.ConfigMapEnvSource","pointer":true,"omitEmpty":true},
      "secretRef": {"number":3,"type":"io.k8s.api.core.v1.SecretEnvSource","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EnvVar": {
    "go":"v1.EnvVar",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "value": {"number":2,"type":"string","omitEmpty":true},
      "valueFrom": {"number":3,"type":"io.k8s.api.core.v1.EnvVarSource","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EnvVarSource": {
    "go":"v1.EnvVarSource",
    fields: {
      "fieldRef": {"number":1,"type":"io.k8s.api.core.v1.ObjectFieldSelector","pointer":true,"omitEmpty":true},
      "resourceFieldRef": {"number":2,"type":"io.k8s.api.core.v1.ResourceFieldSelector","pointer":true,"omitEmpty":true},
      "configMapKeyRef": {"number":3,"type":"io.k8s.api.core.v1.ConfigMapKeySelector","pointer":true,"omitEmpty":true},
      "secretKeyRef": {"number":4,"type":"io.k8s.api.core.v1.SecretKeySelector","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EphemeralContainer": {
    "go":"v1.EphemeralContainer",
    fields: {
      "ephemeralContainerCommon": {"number":1,"type":"io.k8s.api.core.v1.EphemeralContainerCommon","inline":true},
      "targetContainerName": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EphemeralContainerCommon": {
    "go":"v1.EphemeralContainerCommon",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "image": {"number":2,"type":"string","omitEmpty":true},
      "command": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "args": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "workingDir": {"number":5,"type":"string","omitEmpty":true},
      "ports": {"number":6,"type":"io.k8s.api.core.v1.ContainerPort","list":true,"omitEmpty":true,"listType":"map","keys":["containerPort","protocol"],"patch":"merge","mergeKey":"containerPort"},
      "envFrom": {"number":19,"type":"io.k8s.api.core.v1.EnvFromSource","list":true,"omitEmpty":true,"listType":"atomic"},
      "env": {"number":7,"type":"io.k8s.api.core.v1.EnvVar","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "resources": {"number":8,"type":"io.k8s.api.core.v1.ResourceRequirements","omitEmpty":true},
      "resizePolicy": {"number":23,"type":"io.k8s.api.core.v1.ContainerResizePolicy","list":true,"omitEmpty":true,"listType":"atomic"},
      "restartPolicy": {"number":24,"type":"string","go":"v1.ContainerRestartPolicy","pointer":true,"omitEmpty":true},
      "volumeMounts": {"number":9,"type":"io.k8s.api.core.v1.VolumeMount","list":true,"omitEmpty":true,"listType":"map","keys":["mountPath"],"patch":"merge","mergeKey":"mountPath"},
      "volumeDevices": {"number":21,"type":"io.k8s.api.core.v1.VolumeDevice","list":true,"omitEmpty":true,"listType":"map","keys":["devicePath"],"patch":"merge","mergeKey":"devicePath"},
      "livenessProbe": {"number":10,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "readinessProbe": {"number":11,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "startupProbe": {"number":22,"type":"io.k8s.api.core.v1.Probe","pointer":true,"omitEmpty":true},
      "lifecycle": {"number":12,"type":"io.k8s.api.core.v1.Lifecycle","pointer":true,"omitEmpty":true},
      "terminationMessagePath": {"number":13,"type":"string","omitEmpty":true},
      "terminationMessagePolicy": {"number":20,"type":"string","go":"v1.TerminationMessagePolicy","enum":["FallbackToLogsOnError","File"],"omitEmpty":true},
      "imagePullPolicy": {"number":14,"type":"string","go":"v1.PullPolicy","enum":["Always","IfNotPresent","Never"],"omitEmpty":true},
      "securityContext": {"number":15,"type":"io.k8s.api.core.v1.SecurityContext","pointer":true,"omitEmpty":true},
      "stdin": {"number":16,"type":"bool","omitEmpty":true},
      "stdinOnce": {"number":17,"type":"bool","omitEmpty":true},
      "tty": {"number":18,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EphemeralVolumeSource": {
    "go":"v1.EphemeralVolumeSource",
    fields: {
      "volumeClaimTemplate": {"number":1,"type":"io.k8s.api.core.v1.PersistentVolumeClaimTemplate","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Event": {
    "go":"v1.Event",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","required":true},
      "involvedObject": {"number":2,"type":"io.k8s.api.core.v1.ObjectReference","required":true},
      "reason": {"number":3,"type":"string","omitEmpty":true},
      "message": {"number":4,"type":"string","omitEmpty":true},
      "source": {"number":5,"type":"io.k8s.api.core.v1.EventSource","omitEmpty":true},
      "firstTimestamp": {"number":6,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTimestamp": {"number":7,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "count": {"number":8,"type":"int32","omitEmpty":true},
      "type": {"number":9,"type":"string","omitEmpty":true},
      "eventTime": {"number":10,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","omitEmpty":true},
      "series": {"number":11,"type":"io.k8s.api.core.v1.EventSeries","pointer":true,"omitEmpty":true},
      "action": {"number":12,"type":"string","omitEmpty":true},
      "related": {"number":13,"type":"io.k8s.api.core.v1.ObjectReference","pointer":true,"omitEmpty":true},
      "reportingComponent": {"number":14,"type":"string"},
      "reportingInstance": {"number":15,"type":"string"},
    },
  },
  "io.k8s.api.core.v1.EventList": {
    "go":"v1.EventList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Event","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.EventSeries": {
    "go":"v1.EventSeries",
    fields: {
      "count": {"number":1,"type":"int32","omitEmpty":true},
      "lastObservedTime": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.EventSource": {
    "go":"v1.EventSource",
    fields: {
      "component": {"number":1,"type":"string","omitEmpty":true},
      "host": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ExecAction": {
    "go":"v1.ExecAction",
    fields: {
      "command": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.FCVolumeSource": {
    "go":"v1.FCVolumeSource",
    fields: {
      "targetWWNs": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "lun": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
      "fsType": {"number":3,"type":"string","omitEmpty":true},
      "readOnly": {"number":4,"type":"bool","omitEmpty":true},
      "wwids": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.FlexVolumeSource": {
    "go":"v1.FlexVolumeSource",
    fields: {
      "driver": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "secretRef": {"number":3,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
      "readOnly": {"number":4,"type":"bool","omitEmpty":true},
      "options": {"number":5,"type":"string","map":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.FlockerVolumeSource": {
    "go":"v1.FlockerVolumeSource",
    fields: {
      "datasetName": {"number":1,"type":"string","omitEmpty":true},
      "datasetUUID": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource": {
    "go":"v1.GCEPersistentDiskVolumeSource",
    fields: {
      "pdName": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "partition": {"number":3,"type":"int32","omitEmpty":true},
      "readOnly": {"number":4,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.GRPCAction": {
    "go":"v1.GRPCAction",
    fields: {
      "port": {"number":1,"type":"int32","required":true},
      "service": {"number":2,"type":"string","pointer":true,"default":""},
    },
  },
  "io.k8s.api.core.v1.GitRepoVolumeSource": {
    "go":"v1.GitRepoVolumeSource",
    fields: {
      "repository": {"number":1,"type":"string","required":true},
      "revision": {"number":2,"type":"string","omitEmpty":true},
      "directory": {"number":3,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.GlusterfsVolumeSource": {
    "go":"v1.GlusterfsVolumeSource",
    fields: {
      "endpoints": {"number":1,"type":"string","required":true},
      "path": {"number":2,"type":"string","required":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.HTTPGetAction": {
    "go":"v1.HTTPGetAction",
    fields: {
      "path": {"number":1,"type":"string","omitEmpty":true},
      "port": {"number":2,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","required":true},
      "host": {"number":3,"type":"string","omitEmpty":true},
      "scheme": {"number":4,"type":"string","go":"v1.URIScheme","enum":["HTTP","HTTPS"],"omitEmpty":true},
      "httpHeaders": {"number":5,"type":"io.k8s.api.core.v1.HTTPHeader","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.HTTPHeader": {
    "go":"v1.HTTPHeader",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "value": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.HostAlias": {
    "go":"v1.HostAlias",
    fields: {
      "ip": {"number":1,"type":"string","required":true},
      "hostnames": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.HostIP": {
    "go":"v1.HostIP",
    fields: {
      "ip": {"number":1,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.HostPathVolumeSource": {
    "go":"v1.HostPathVolumeSource",
    fields: {
      "path": {"number":1,"type":"string","required":true},
      "type": {"number":2,"type":"string","go":"v1.HostPathType","enum":["","BlockDevice","CharDevice","Directory","DirectoryOrCreate","File","FileOrCreate","Socket"],"pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ISCSIVolumeSource": {
    "go":"v1.ISCSIVolumeSource",
    fields: {
      "targetPortal": {"number":1,"type":"string","required":true},
      "iqn": {"number":2,"type":"string","required":true},
      "lun": {"number":3,"type":"int32","required":true},
      "iscsiInterface": {"number":4,"type":"string","omitEmpty":true,"default":"default"},
      "fsType": {"number":5,"type":"string","omitEmpty":true},
      "readOnly": {"number":6,"type":"bool","omitEmpty":true},
      "portals": {"number":7,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "chapAuthDiscovery": {"number":8,"type":"bool","omitEmpty":true},
      "chapAuthSession": {"number":11,"type":"bool","omitEmpty":true},
      "secretRef": {"number":10,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
      "initiatorName": {"number":12,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ImageVolumeSource": {
    "go":"v1.ImageVolumeSource",
    fields: {
      "reference": {"number":1,"type":"string","omitEmpty":true},
      "pullPolicy": {"number":2,"type":"string","go":"v1.PullPolicy","enum":["Always","IfNotPresent","Never"],"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.KeyToPath": {
    "go":"v1.KeyToPath",
    fields: {
      "key": {"number":1,"type":"string","required":true},
      "path": {"number":2,"type":"string","required":true},
      "mode": {"number":3,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Lifecycle": {
    "go":"v1.Lifecycle",
    fields: {
      "postStart": {"number":1,"type":"io.k8s.api.core.v1.LifecycleHandler","pointer":true,"omitEmpty":true},
      "preStop": {"number":2,"type":"io.k8s.api.core.v1.LifecycleHandler","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.LifecycleHandler": {
    "go":"v1.LifecycleHandler",
    fields: {
      "exec": {"number":1,"type":"io.k8s.api.core.v1.ExecAction","pointer":true,"omitEmpty":true},
      "httpGet": {"number":2,"type":"io.k8s.api.core.v1.HTTPGetAction","pointer":true,"omitEmpty":true},
      "tcpSocket": {"number":3,"type":"io.k8s.api.core.v1.TCPSocketAction","pointer":true,"omitEmpty":true},
      "sleep": {"number":4,"type":"io.k8s.api.core.v1.SleepAction","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.LinuxContainerUser": {
    "go":"v1.LinuxContainerUser",
    fields: {
      "uid": {"number":1,"type":"int64","required":true},
      "gid": {"number":2,"type":"int64","required":true},
      "supplementalGroups": {"number":3,"type":"int64","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.LoadBalancerIngress": {
    "go":"v1.LoadBalancerIngress",
    fields: {
      "ip": {"number":1,"type":"string","omitEmpty":true},
      "hostname": {"number":2,"type":"string","omitEmpty":true},
      "ipMode": {"number":3,"type":"string","go":"v1.LoadBalancerIPMode","pointer":true,"omitEmpty":true},
      "ports": {"number":4,"type":"io.k8s.api.core.v1.PortStatus","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.LoadBalancerStatus": {
    "go":"v1.LoadBalancerStatus",
    fields: {
      "ingress": {"number":1,"type":"io.k8s.api.core.v1.LoadBalancerIngress","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.LocalObjectReference": {
    "go":"v1.LocalObjectReference","atomic":true,
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true,"default":""},
    },
  },
  "io.k8s.api.core.v1.ModifyVolumeStatus": {
    "go":"v1.ModifyVolumeStatus",
    fields: {
      "targetVolumeAttributesClassName": {"number":1,"type":"string","omitEmpty":true},
      "status": {"number":2,"type":"string","go":"v1.PersistentVolumeClaimModifyVolumeStatus","enum":["InProgress","Infeasible","Pending"],"required":true},
    },
  },
  "io.k8s.api.core.v1.NFSVolumeSource": {
    "go":"v1.NFSVolumeSource",
    fields: {
      "server": {"number":1,"type":"string","required":true},
      "path": {"number":2,"type":"string","required":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Namespace": {
    "go":"v1.Namespace",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.NamespaceSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.core.v1.NamespaceStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NamespaceCondition": {
    "go":"v1.NamespaceCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.NamespaceConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":5,"type":"string","omitEmpty":true},
      "message": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NamespaceList": {
    "go":"v1.NamespaceList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Namespace","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.NamespaceSpec": {
    "go":"v1.NamespaceSpec",
    fields: {
      "finalizers": {"number":1,"type":"string","go":"v1.FinalizerName","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.NamespaceStatus": {
    "go":"v1.NamespaceStatus",
    fields: {
      "phase": {"number":1,"type":"string","go":"v1.NamespacePhase","enum":["Active","Terminating"],"omitEmpty":true},
      "conditions": {"number":2,"type":"io.k8s.api.core.v1.NamespaceCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
    },
  },
  "io.k8s.api.core.v1.Node": {
    "go":"v1.Node",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.NodeSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.core.v1.NodeStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeAddress": {
    "go":"v1.NodeAddress",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.NodeAddressType","required":true},
      "address": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.NodeAffinity": {
    "go":"v1.NodeAffinity",
    fields: {
      "requiredDuringSchedulingIgnoredDuringExecution": {"number":1,"type":"io.k8s.api.core.v1.NodeSelector","pointer":true,"omitEmpty":true},
      "preferredDuringSchedulingIgnoredDuringExecution": {"number":2,"type":"io.k8s.api.core.v1.PreferredSchedulingTerm","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.NodeCondition": {
    "go":"v1.NodeCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.NodeConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastHeartbeatTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":5,"type":"string","omitEmpty":true},
      "message": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeConfigSource": {
    "go":"v1.NodeConfigSource",
    fields: {
      "configMap": {"number":2,"type":"io.k8s.api.core.v1.ConfigMapNodeConfigSource","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeConfigStatus": {
    "go":"v1.NodeConfigStatus",
    fields: {
      "assigned": {"number":1,"type":"io.k8s.api.core.v1.NodeConfigSource","pointer":true,"omitEmpty":true},
      "active": {"number":2,"type":"io.k8s.api.core.v1.NodeConfigSource","pointer":true,"omitEmpty":true},
      "lastKnownGood": {"number":3,"type":"io.k8s.api.core.v1.NodeConfigSource","pointer":true,"omitEmpty":true},
      "error": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeDaemonEndpoints": {
    "go":"v1.NodeDaemonEndpoints",
    fields: {
      "kubeletEndpoint": {"number":1,"type":"io.k8s.api.core.v1.DaemonEndpoint","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeFeatures": {
    "go":"v1.NodeFeatures",
    fields: {
      "supplementalGroupsPolicy": {"number":1,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeList": {
    "go":"v1.NodeList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Node","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.NodeRuntimeHandler": {
    "go":"v1.NodeRuntimeHandler",
    fields: {
      "name": {"number":1,"type":"string"},
      "features": {"number":2,"type":"io.k8s.api.core.v1.NodeRuntimeHandlerFeatures","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures": {
    "go":"v1.NodeRuntimeHandlerFeatures",
    fields: {
      "recursiveReadOnlyMounts": {"number":1,"type":"bool","pointer":true,"omitEmpty":true},
      "userNamespaces": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeSelector": {
    "go":"v1.NodeSelector","atomic":true,
    fields: {
      "nodeSelectorTerms": {"number":1,"type":"io.k8s.api.core.v1.NodeSelectorTerm","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.NodeSelectorRequirement": {
    "go":"v1.NodeSelectorRequirement",
    fields: {
      "key": {"number":1,"type":"string","required":true},
      "operator": {"number":2,"type":"string","go":"v1.NodeSelectorOperator","enum":["DoesNotExist","Exists","Gt","In","Lt","NotIn"],"required":true},
      "values": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.NodeSelectorTerm": {
    "go":"v1.NodeSelectorTerm","atomic":true,
    fields: {
      "matchExpressions": {"number":1,"type":"io.k8s.api.core.v1.NodeSelectorRequirement","list":true,"omitEmpty":true,"listType":"atomic"},
      "matchFields": {"number":2,"type":"io.k8s.api.core.v1.NodeSelectorRequirement","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.NodeSpec": {
    "go":"v1.NodeSpec",
    fields: {
      "podCIDR": {"number":1,"type":"string","omitEmpty":true},
      "podCIDRs": {"number":7,"type":"string","list":true,"omitEmpty":true,"listType":"set","patch":"merge"},
      "providerID": {"number":3,"type":"string","omitEmpty":true},
      "unschedulable": {"number":4,"type":"bool","omitEmpty":true},
      "taints": {"number":5,"type":"io.k8s.api.core.v1.Taint","list":true,"omitEmpty":true,"listType":"atomic"},
      "configSource": {"number":6,"type":"io.k8s.api.core.v1.NodeConfigSource","pointer":true,"omitEmpty":true},
      "externalID": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeStatus": {
    "go":"v1.NodeStatus",
    fields: {
      "capacity": {"number":1,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "allocatable": {"number":2,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "phase": {"number":3,"type":"string","go":"v1.NodePhase","enum":["Pending","Running","Terminated"],"omitEmpty":true},
      "conditions": {"number":4,"type":"io.k8s.api.core.v1.NodeCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "addresses": {"number":5,"type":"io.k8s.api.core.v1.NodeAddress","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "daemonEndpoints": {"number":6,"type":"io.k8s.api.core.v1.NodeDaemonEndpoints","omitEmpty":true},
      "nodeInfo": {"number":7,"type":"io.k8s.api.core.v1.NodeSystemInfo","omitEmpty":true},
      "images": {"number":8,"type":"io.k8s.api.core.v1.ContainerImage","list":true,"omitEmpty":true,"listType":"atomic"},
      "volumesInUse": {"number":9,"type":"string","go":"v1.UniqueVolumeName","list":true,"omitEmpty":true,"listType":"atomic"},
      "volumesAttached": {"number":10,"type":"io.k8s.api.core.v1.AttachedVolume","list":true,"omitEmpty":true,"listType":"atomic"},
      "config": {"number":11,"type":"io.k8s.api.core.v1.NodeConfigStatus","pointer":true,"omitEmpty":true},
      "runtimeHandlers": {"number":12,"type":"io.k8s.api.core.v1.NodeRuntimeHandler","list":true,"omitEmpty":true,"listType":"atomic"},
      "features": {"number":13,"type":"io.k8s.api.core.v1.NodeFeatures","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.NodeSystemInfo": {
    "go":"v1.NodeSystemInfo",
    fields: {
      "machineID": {"number":1,"type":"string","required":true},
      "systemUUID": {"number":2,"type":"string","required":true},
      "bootID": {"number":3,"type":"string","required":true},
      "kernelVersion": {"number":4,"type":"string","required":true},
      "osImage": {"number":5,"type":"string","required":true},
      "containerRuntimeVersion": {"number":6,"type":"string","required":true},
      "kubeletVersion": {"number":7,"type":"string","required":true},
      "kubeProxyVersion": {"number":8,"type":"string","required":true},
      "operatingSystem": {"number":9,"type":"string","required":true},
      "architecture": {"number":10,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.ObjectFieldSelector": {
    "go":"v1.ObjectFieldSelector","atomic":true,
    fields: {
      "apiVersion": {"number":1,"type":"string","omitEmpty":true},
      "fieldPath": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.ObjectReference": {
    "go":"v1.ObjectReference","atomic":true,
    fields: {
      "kind": {"number":1,"type":"string","omitEmpty":true},
      "namespace": {"number":2,"type":"string","omitEmpty":true},
      "name": {"number":3,"type":"string","omitEmpty":true},
      "uid": {"number":4,"type":"string","go":"types.UID","omitEmpty":true},
      "apiVersion": {"number":5,"type":"string","omitEmpty":true},
      "resourceVersion": {"number":6,"type":"string","omitEmpty":true},
      "fieldPath": {"number":7,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaim": {
    "go":"v1.PersistentVolumeClaim",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.PersistentVolumeClaimSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.core.v1.PersistentVolumeClaimStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaimCondition": {
    "go":"v1.PersistentVolumeClaimCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.PersistentVolumeClaimConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastProbeTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":5,"type":"string","omitEmpty":true},
      "message": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaimSpec": {
    "go":"v1.PersistentVolumeClaimSpec",
    fields: {
      "accessModes": {"number":1,"type":"string","go":"v1.PersistentVolumeAccessMode","enum":["ReadOnlyMany","ReadWriteMany","ReadWriteOnce","ReadWriteOncePod"],"list":true,"omitEmpty":true,"listType":"atomic"},
      "selector": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "resources": {"number":2,"type":"io.k8s.api.core.v1.VolumeResourceRequirements","omitEmpty":true},
      "volumeName": {"number":3,"type":"string","omitEmpty":true},
      "storageClassName": {"number":5,"type":"string","pointer":true,"omitEmpty":true},
      "volumeMode": {"number":6,"type":"string","go":"v1.PersistentVolumeMode","enum":["Block","Filesystem"],"pointer":true,"omitEmpty":true},
      "dataSource": {"number":7,"type":"io.k8s.api.core.v1.TypedLocalObjectReference","pointer":true,"omitEmpty":true},
      "dataSourceRef": {"number":8,"type":"io.k8s.api.core.v1.TypedObjectReference","pointer":true,"omitEmpty":true},
      "volumeAttributesClassName": {"number":9,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaimStatus": {
    "go":"v1.PersistentVolumeClaimStatus",
    fields: {
      "phase": {"number":1,"type":"string","go":"v1.PersistentVolumeClaimPhase","enum":["Bound","Lost","Pending"],"omitEmpty":true},
      "accessModes": {"number":2,"type":"string","go":"v1.PersistentVolumeAccessMode","enum":["ReadOnlyMany","ReadWriteMany","ReadWriteOnce","ReadWriteOncePod"],"list":true,"omitEmpty":true,"listType":"atomic"},
      "capacity": {"number":3,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "conditions": {"number":4,"type":"io.k8s.api.core.v1.PersistentVolumeClaimCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "allocatedResources": {"number":5,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "allocatedResourceStatuses": {"number":7,"type":"string","go":"v1.ClaimResourceStatus","enum":["ControllerResizeInProgress","ControllerResizeInfeasible","NodeResizeInProgress","NodeResizeInfeasible","NodeResizePending"],"map":true,"omitEmpty":true},
      "currentVolumeAttributesClassName": {"number":8,"type":"string","pointer":true,"omitEmpty":true},
      "modifyVolumeStatus": {"number":9,"type":"io.k8s.api.core.v1.ModifyVolumeStatus","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaimTemplate": {
    "go":"v1.PersistentVolumeClaimTemplate",
    fields: {
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.PersistentVolumeClaimSpec","required":true},
    },
  },
  "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource": {
    "go":"v1.PersistentVolumeClaimVolumeSource",
    fields: {
      "claimName": {"number":1,"type":"string","required":true},
      "readOnly": {"number":2,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource": {
    "go":"v1.PhotonPersistentDiskVolumeSource",
    fields: {
      "pdID": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Pod": {
    "go":"v1.Pod",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.PodSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.core.v1.PodStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodAffinity": {
    "go":"v1.PodAffinity",
    fields: {
      "requiredDuringSchedulingIgnoredDuringExecution": {"number":1,"type":"io.k8s.api.core.v1.PodAffinityTerm","list":true,"omitEmpty":true,"listType":"atomic"},
      "preferredDuringSchedulingIgnoredDuringExecution": {"number":2,"type":"io.k8s.api.core.v1.WeightedPodAffinityTerm","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.PodAffinityTerm": {
    "go":"v1.PodAffinityTerm",
    fields: {
      "labelSelector": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "namespaces": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "topologyKey": {"number":3,"type":"string","required":true},
      "namespaceSelector": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "matchLabelKeys": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "mismatchLabelKeys": {"number":6,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.PodAntiAffinity": {
    "go":"v1.PodAntiAffinity",
    fields: {
      "requiredDuringSchedulingIgnoredDuringExecution": {"number":1,"type":"io.k8s.api.core.v1.PodAffinityTerm","list":true,"omitEmpty":true,"listType":"atomic"},
      "preferredDuringSchedulingIgnoredDuringExecution": {"number":2,"type":"io.k8s.api.core.v1.WeightedPodAffinityTerm","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.PodCondition": {
    "go":"v1.PodCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.PodConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastProbeTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":5,"type":"string","omitEmpty":true},
      "message": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodDNSConfig": {
    "go":"v1.PodDNSConfig",
    fields: {
      "nameservers": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "searches": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "options": {"number":3,"type":"io.k8s.api.core.v1.PodDNSConfigOption","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.PodDNSConfigOption": {
    "go":"v1.PodDNSConfigOption",
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "value": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodIP": {
    "go":"v1.PodIP",
    fields: {
      "ip": {"number":1,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.PodList": {
    "go":"v1.PodList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Pod","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.PodOS": {
    "go":"v1.PodOS",
    fields: {
      "name": {"number":1,"type":"string","go":"v1.OSName","required":true},
    },
  },
  "io.k8s.api.core.v1.PodReadinessGate": {
    "go":"v1.PodReadinessGate",
    fields: {
      "conditionType": {"number":1,"type":"string","go":"v1.PodConditionType","required":true},
    },
  },
  "io.k8s.api.core.v1.PodResourceClaim": {
    "go":"v1.PodResourceClaim",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "resourceClaimName": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "resourceClaimTemplateName": {"number":4,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodResourceClaimStatus": {
    "go":"v1.PodResourceClaimStatus",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "resourceClaimName": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodSchedulingGate": {
    "go":"v1.PodSchedulingGate",
    fields: {
      "name": {"number":1,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.PodSecurityContext": {
    "go":"v1.PodSecurityContext",
    fields: {
      "seLinuxOptions": {"number":1,"type":"io.k8s.api.core.v1.SELinuxOptions","pointer":true,"omitEmpty":true},
      "windowsOptions": {"number":8,"type":"io.k8s.api.core.v1.WindowsSecurityContextOptions","pointer":true,"omitEmpty":true},
      "runAsUser": {"number":2,"type":"int64","pointer":true,"omitEmpty":true},
      "runAsGroup": {"number":6,"type":"int64","pointer":true,"omitEmpty":true},
      "runAsNonRoot": {"number":3,"type":"bool","pointer":true,"omitEmpty":true},
      "supplementalGroups": {"number":4,"type":"int64","list":true,"omitEmpty":true,"listType":"atomic"},
      "supplementalGroupsPolicy": {"number":12,"type":"string","go":"v1.SupplementalGroupsPolicy","enum":["Merge","Strict"],"pointer":true,"omitEmpty":true},
      "fsGroup": {"number":5,"type":"int64","pointer":true,"omitEmpty":true},
      "sysctls": {"number":7,"type":"io.k8s.api.core.v1.Sysctl","list":true,"omitEmpty":true,"listType":"atomic"},
      "fsGroupChangePolicy": {"number":9,"type":"string","go":"v1.PodFSGroupChangePolicy","enum":["Always","OnRootMismatch"],"pointer":true,"omitEmpty":true},
      "seccompProfile": {"number":10,"type":"io.k8s.api.core.v1.SeccompProfile","pointer":true,"omitEmpty":true},
      "appArmorProfile": {"number":11,"type":"io.k8s.api.core.v1.AppArmorProfile","pointer":true,"omitEmpty":true},
      "seLinuxChangePolicy": {"number":13,"type":"string","go":"v1.PodSELinuxChangePolicy","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodSpec": {
    "go":"v1.PodSpec",
    fields: {
      "volumes": {"number":1,"type":"io.k8s.api.core.v1.Volume","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge,retainKeys","mergeKey":"name"},
      "initContainers": {"number":20,"type":"io.k8s.api.core.v1.Container","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "containers": {"number":2,"type":"io.k8s.api.core.v1.Container","list":true,"required":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "ephemeralContainers": {"number":34,"type":"io.k8s.api.core.v1.EphemeralContainer","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "restartPolicy": {"number":3,"type":"string","go":"v1.RestartPolicy","enum":["Always","Never","OnFailure"],"omitEmpty":true},
      "terminationGracePeriodSeconds": {"number":4,"type":"int64","pointer":true,"omitEmpty":true},
      "activeDeadlineSeconds": {"number":5,"type":"int64","pointer":true,"omitEmpty":true},
      "dnsPolicy": {"number":6,"type":"string","go":"v1.DNSPolicy","enum":["ClusterFirst","ClusterFirstWithHostNet","Default","None"],"omitEmpty":true},
      "nodeSelector": {"number":7,"type":"string","map":true,"omitEmpty":true,"atomic":true},
      "serviceAccountName": {"number":8,"type":"string","omitEmpty":true},
      "serviceAccount": {"number":9,"type":"string","omitEmpty":true},
      "automountServiceAccountToken": {"number":21,"type":"bool","pointer":true,"omitEmpty":true},
      "nodeName": {"number":10,"type":"string","omitEmpty":true},
      "hostNetwork": {"number":11,"type":"bool","omitEmpty":true},
      "hostPID": {"number":12,"type":"bool","omitEmpty":true},
      "hostIPC": {"number":13,"type":"bool","omitEmpty":true},
      "shareProcessNamespace": {"number":27,"type":"bool","pointer":true,"omitEmpty":true},
      "securityContext": {"number":14,"type":"io.k8s.api.core.v1.PodSecurityContext","pointer":true,"omitEmpty":true},
      "imagePullSecrets": {"number":15,"type":"io.k8s.api.core.v1.LocalObjectReference","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "hostname": {"number":16,"type":"string","omitEmpty":true},
      "subdomain": {"number":17,"type":"string","omitEmpty":true},
      "affinity": {"number":18,"type":"io.k8s.api.core.v1.Affinity","pointer":true,"omitEmpty":true},
      "schedulerName": {"number":19,"type":"string","omitEmpty":true},
      "tolerations": {"number":22,"type":"io.k8s.api.core.v1.Toleration","list":true,"omitEmpty":true,"listType":"atomic"},
      "hostAliases": {"number":23,"type":"io.k8s.api.core.v1.HostAlias","list":true,"omitEmpty":true,"listType":"map","keys":["ip"],"patch":"merge","mergeKey":"ip"},
      "priorityClassName": {"number":24,"type":"string","omitEmpty":true},
      "priority": {"number":25,"type":"int32","pointer":true,"omitEmpty":true},
      "dnsConfig": {"number":26,"type":"io.k8s.api.core.v1.PodDNSConfig","pointer":true,"omitEmpty":true},
      "readinessGates": {"number":28,"type":"io.k8s.api.core.v1.PodReadinessGate","list":true,"omitEmpty":true,"listType":"atomic"},
      "runtimeClassName": {"number":29,"type":"string","pointer":true,"omitEmpty":true},
      "enableServiceLinks": {"number":30,"type":"bool","pointer":true,"omitEmpty":true},
      "preemptionPolicy": {"number":31,"type":"string","go":"v1.PreemptionPolicy","enum":["Never","PreemptLowerPriority"],"pointer":true,"omitEmpty":true},
      "overhead": {"number":32,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "topologySpreadConstraints": {"number":33,"type":"io.k8s.api.core.v1.TopologySpreadConstraint","list":true,"omitEmpty":true,"listType":"map","keys":["topologyKey","whenUnsatisfiable"],"patch":"merge","mergeKey":"topologyKey"},
      "setHostnameAsFQDN": {"number":35,"type":"bool","pointer":true,"omitEmpty":true},
      "os": {"number":36,"type":"io.k8s.api.core.v1.PodOS","pointer":true,"omitEmpty":true},
      "hostUsers": {"number":37,"type":"bool","pointer":true,"omitEmpty":true},
      "schedulingGates": {"number":38,"type":"io.k8s.api.core.v1.PodSchedulingGate","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "resourceClaims": {"number":39,"type":"io.k8s.api.core.v1.PodResourceClaim","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge,retainKeys","mergeKey":"name"},
      "resources": {"number":40,"type":"io.k8s.api.core.v1.ResourceRequirements","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PodStatus": {
    "go":"v1.PodStatus",
    fields: {
      "phase": {"number":1,"type":"string","go":"v1.PodPhase","enum":["Failed","Pending","Running","Succeeded","Unknown"],"omitEmpty":true},
      "conditions": {"number":2,"type":"io.k8s.api.core.v1.PodCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
      "message": {"number":3,"type":"string","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "nominatedNodeName": {"number":11,"type":"string","omitEmpty":true},
      "hostIP": {"number":5,"type":"string","omitEmpty":true},
      "hostIPs": {"number":16,"type":"io.k8s.api.core.v1.HostIP","list":true,"omitEmpty":true,"listType":"atomic","patch":"merge","mergeKey":"ip"},
      "podIP": {"number":6,"type":"string","omitEmpty":true},
      "podIPs": {"number":12,"type":"io.k8s.api.core.v1.PodIP","list":true,"omitEmpty":true,"listType":"map","keys":["ip"],"patch":"merge","mergeKey":"ip"},
      "startTime": {"number":7,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "initContainerStatuses": {"number":10,"type":"io.k8s.api.core.v1.ContainerStatus","list":true,"omitEmpty":true,"listType":"atomic"},
      "containerStatuses": {"number":8,"type":"io.k8s.api.core.v1.ContainerStatus","list":true,"omitEmpty":true,"listType":"atomic"},
      "qosClass": {"number":9,"type":"string","go":"v1.PodQOSClass","enum":["BestEffort","Burstable","Guaranteed"],"omitEmpty":true},
      "ephemeralContainerStatuses": {"number":13,"type":"io.k8s.api.core.v1.ContainerStatus","list":true,"omitEmpty":true,"listType":"atomic"},
      "resize": {"number":14,"type":"string","go":"v1.PodResizeStatus","omitEmpty":true},
      "resourceClaimStatuses": {"number":15,"type":"io.k8s.api.core.v1.PodResourceClaimStatus","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge,retainKeys","mergeKey":"name"},
    },
  },
  "io.k8s.api.core.v1.PodTemplateSpec": {
    "go":"v1.PodTemplateSpec",
    fields: {
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.PodSpec","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PortStatus": {
    "go":"v1.PortStatus",
    fields: {
      "port": {"number":1,"type":"int32","required":true},
      "protocol": {"number":2,"type":"string","go":"v1.Protocol","enum":["SCTP","TCP","UDP"],"required":true},
      "error": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PortworxVolumeSource": {
    "go":"v1.PortworxVolumeSource",
    fields: {
      "volumeID": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.PreferredSchedulingTerm": {
    "go":"v1.PreferredSchedulingTerm",
    fields: {
      "weight": {"number":1,"type":"int32","required":true},
      "preference": {"number":2,"type":"io.k8s.api.core.v1.NodeSelectorTerm","required":true},
    },
  },
  "io.k8s.api.core.v1.Probe": {
    "go":"v1.Probe",
    fields: {
      "probeHandler": {"number":1,"type":"io.k8s.api.core.v1.ProbeHandler","inline":true},
      "initialDelaySeconds": {"number":2,"type":"int32","omitEmpty":true},
      "timeoutSeconds": {"number":3,"type":"int32","omitEmpty":true},
      "periodSeconds": {"number":4,"type":"int32","omitEmpty":true},
      "successThreshold": {"number":5,"type":"int32","omitEmpty":true},
      "failureThreshold": {"number":6,"type":"int32","omitEmpty":true},
      "terminationGracePeriodSeconds": {"number":7,"type":"int64","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ProbeHandler": {
    "go":"v1.ProbeHandler",
    fields: {
      "exec": {"number":1,"type":"io.k8s.api.core.v1.ExecAction","pointer":true,"omitEmpty":true},
      "httpGet": {"number":2,"type":"io.k8s.api.core.v1.HTTPGetAction","pointer":true,"omitEmpty":true},
      "tcpSocket": {"number":3,"type":"io.k8s.api.core.v1.TCPSocketAction","pointer":true,"omitEmpty":true},
      "grpc": {"number":4,"type":"io.k8s.api.core.v1.GRPCAction","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ProjectedVolumeSource": {
    "go":"v1.ProjectedVolumeSource",
    fields: {
      "sources": {"number":1,"type":"io.k8s.api.core.v1.VolumeProjection","list":true,"listType":"atomic"},
      "defaultMode": {"number":2,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.QuobyteVolumeSource": {
    "go":"v1.QuobyteVolumeSource",
    fields: {
      "registry": {"number":1,"type":"string","required":true},
      "volume": {"number":2,"type":"string","required":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
      "user": {"number":4,"type":"string","omitEmpty":true},
      "group": {"number":5,"type":"string","omitEmpty":true},
      "tenant": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.RBDVolumeSource": {
    "go":"v1.RBDVolumeSource",
    fields: {
      "monitors": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "image": {"number":2,"type":"string","required":true},
      "fsType": {"number":3,"type":"string","omitEmpty":true},
      "pool": {"number":4,"type":"string","omitEmpty":true,"default":"rbd"},
      "user": {"number":5,"type":"string","omitEmpty":true,"default":"admin"},
      "keyring": {"number":6,"type":"string","omitEmpty":true,"default":"/etc/ceph/keyring"},
      "secretRef": {"number":7,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
      "readOnly": {"number":8,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ResourceClaim": {
    "go":"v1.ResourceClaim",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "request": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ResourceFieldSelector": {
    "go":"v1.ResourceFieldSelector","atomic":true,
    fields: {
      "containerName": {"number":1,"type":"string","omitEmpty":true},
      "resource": {"number":2,"type":"string","required":true},
      "divisor": {"number":3,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ResourceHealth": {
    "go":"v1.ResourceHealth",
    fields: {
      "resourceID": {"number":1,"type":"string","go":"v1.ResourceID","required":true},
      "health": {"number":2,"type":"string","go":"v1.ResourceHealthStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ResourceRequirements": {
    "go":"v1.ResourceRequirements",
    fields: {
      "limits": {"number":1,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "requests": {"number":2,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "claims": {"number":3,"type":"io.k8s.api.core.v1.ResourceClaim","list":true,"omitEmpty":true,"listType":"map","keys":["name"]},
    },
  },
  "io.k8s.api.core.v1.ResourceStatus": {
    "go":"v1.ResourceStatus",
    fields: {
      "name": {"number":1,"type":"string","go":"v1.ResourceName","required":true},
      "resources": {"number":2,"type":"io.k8s.api.core.v1.ResourceHealth","list":true,"omitEmpty":true,"listType":"map","keys":["resourceID"]},
    },
  },
  "io.k8s.api.core.v1.SELinuxOptions": {
    "go":"v1.SELinuxOptions",
    fields: {
      "user": {"number":1,"type":"string","omitEmpty":true},
      "role": {"number":2,"type":"string","omitEmpty":true},
      "type": {"number":3,"type":"string","omitEmpty":true},
      "level": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ScaleIOVolumeSource": {
    "go":"v1.ScaleIOVolumeSource",
    fields: {
      "gateway": {"number":1,"type":"string","required":true},
      "system": {"number":2,"type":"string","required":true},
      "secretRef": {"number":3,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"required":true},
      "sslEnabled": {"number":4,"type":"bool","omitEmpty":true},
      "protectionDomain": {"number":5,"type":"string","omitEmpty":true},
      "storagePool": {"number":6,"type":"string","omitEmpty":true},
      "storageMode": {"number":7,"type":"string","omitEmpty":true,"default":"ThinProvisioned"},
      "volumeName": {"number":8,"type":"string","omitEmpty":true},
      "fsType": {"number":9,"type":"string","omitEmpty":true,"default":"xfs"},
      "readOnly": {"number":10,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SeccompProfile": {
    "go":"v1.SeccompProfile","unions":[{"discriminator":"type","fields-to-discriminateBy":{"localhostProfile":"LocalhostProfile"}}],
    fields: {
      "type": {"number":1,"type":"string","go":"v1.SeccompProfileType","enum":["Localhost","RuntimeDefault","Unconfined"],"required":true},
      "localhostProfile": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Secret": {
    "go":"v1.Secret",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "immutable": {"number":5,"type":"bool","pointer":true,"omitEmpty":true},
      "data": {"number":2,"type":"bytes","map":true,"omitEmpty":true},
      "stringData": {"number":4,"type":"string","map":true,"omitEmpty":true},
      "type": {"number":3,"type":"string","go":"v1.SecretType","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SecretEnvSource": {
    "go":"v1.SecretEnvSource",
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "optional": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SecretKeySelector": {
    "go":"v1.SecretKeySelector","atomic":true,
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "key": {"number":2,"type":"string","required":true},
      "optional": {"number":3,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SecretList": {
    "go":"v1.SecretList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Secret","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.SecretProjection": {
    "go":"v1.SecretProjection",
    fields: {
      "localObjectReference": {"number":1,"type":"io.k8s.api.core.v1.LocalObjectReference","inline":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.KeyToPath","list":true,"omitEmpty":true,"listType":"atomic"},
      "optional": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SecretVolumeSource": {
    "go":"v1.SecretVolumeSource",
    fields: {
      "secretName": {"number":1,"type":"string","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.KeyToPath","list":true,"omitEmpty":true,"listType":"atomic"},
      "defaultMode": {"number":3,"type":"int32","pointer":true,"omitEmpty":true},
      "optional": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SecurityContext": {
    "go":"v1.SecurityContext",
    fields: {
      "capabilities": {"number":1,"type":"io.k8s.api.core.v1.Capabilities","pointer":true,"omitEmpty":true},
      "privileged": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
      "seLinuxOptions": {"number":3,"type":"io.k8s.api.core.v1.SELinuxOptions","pointer":true,"omitEmpty":true},
      "windowsOptions": {"number":10,"type":"io.k8s.api.core.v1.WindowsSecurityContextOptions","pointer":true,"omitEmpty":true},
      "runAsUser": {"number":4,"type":"int64","pointer":true,"omitEmpty":true},
      "runAsGroup": {"number":8,"type":"int64","pointer":true,"omitEmpty":true},
      "runAsNonRoot": {"number":5,"type":"bool","pointer":true,"omitEmpty":true},
      "readOnlyRootFilesystem": {"number":6,"type":"bool","pointer":true,"omitEmpty":true},
      "allowPrivilegeEscalation": {"number":7,"type":"bool","pointer":true,"omitEmpty":true},
      "procMount": {"number":9,"type":"string","go":"v1.ProcMountType","enum":["Default","Unmasked"],"pointer":true,"omitEmpty":true},
      "seccompProfile": {"number":11,"type":"io.k8s.api.core.v1.SeccompProfile","pointer":true,"omitEmpty":true},
      "appArmorProfile": {"number":12,"type":"io.k8s.api.core.v1.AppArmorProfile","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Service": {
    "go":"v1.Service",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.api.core.v1.ServiceSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.api.core.v1.ServiceStatus","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ServiceAccount": {
    "go":"v1.ServiceAccount",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "secrets": {"number":2,"type":"io.k8s.api.core.v1.ObjectReference","list":true,"omitEmpty":true,"listType":"map","keys":["name"],"patch":"merge","mergeKey":"name"},
      "imagePullSecrets": {"number":3,"type":"io.k8s.api.core.v1.LocalObjectReference","list":true,"omitEmpty":true,"listType":"atomic"},
      "automountServiceAccountToken": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ServiceAccountList": {
    "go":"v1.ServiceAccountList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.ServiceAccount","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.ServiceAccountTokenProjection": {
    "go":"v1.ServiceAccountTokenProjection",
    fields: {
      "audience": {"number":1,"type":"string","omitEmpty":true},
      "expirationSeconds": {"number":2,"type":"int64","pointer":true,"omitEmpty":true},
      "path": {"number":3,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.ServiceList": {
    "go":"v1.ServiceList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.core.v1.Service","list":true,"required":true},
    },
  },
  "io.k8s.api.core.v1.ServicePort": {
    "go":"v1.ServicePort",
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "protocol": {"number":2,"type":"string","go":"v1.Protocol","enum":["SCTP","TCP","UDP"],"omitEmpty":true,"default":"TCP"},
      "appProtocol": {"number":6,"type":"string","pointer":true,"omitEmpty":true},
      "port": {"number":3,"type":"int32","required":true},
      "targetPort": {"number":4,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","omitEmpty":true},
      "nodePort": {"number":5,"type":"int32","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ServiceSpec": {
    "go":"v1.ServiceSpec",
    fields: {
      "ports": {"number":1,"type":"io.k8s.api.core.v1.ServicePort","list":true,"omitEmpty":true,"listType":"map","keys":["port","protocol"],"patch":"merge","mergeKey":"port"},
      "selector": {"number":2,"type":"string","map":true,"omitEmpty":true,"atomic":true},
      "clusterIP": {"number":3,"type":"string","omitEmpty":true},
      "clusterIPs": {"number":18,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "type": {"number":4,"type":"string","go":"v1.ServiceType","enum":["ClusterIP","ExternalName","LoadBalancer","NodePort"],"omitEmpty":true},
      "externalIPs": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "sessionAffinity": {"number":7,"type":"string","go":"v1.ServiceAffinity","enum":["ClientIP","None"],"omitEmpty":true},
      "loadBalancerIP": {"number":8,"type":"string","omitEmpty":true},
      "loadBalancerSourceRanges": {"number":9,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "externalName": {"number":10,"type":"string","omitEmpty":true},
      "externalTrafficPolicy": {"number":11,"type":"string","go":"v1.ServiceExternalTrafficPolicy","enum":["Cluster","Local"],"omitEmpty":true},
      "healthCheckNodePort": {"number":12,"type":"int32","omitEmpty":true},
      "publishNotReadyAddresses": {"number":13,"type":"bool","omitEmpty":true},
      "sessionAffinityConfig": {"number":14,"type":"io.k8s.api.core.v1.SessionAffinityConfig","pointer":true,"omitEmpty":true},
      "ipFamilies": {"number":19,"type":"string","go":"v1.IPFamily","enum":["","IPv4","IPv6"],"list":true,"omitEmpty":true,"listType":"atomic"},
      "ipFamilyPolicy": {"number":17,"type":"string","go":"v1.IPFamilyPolicy","enum":["PreferDualStack","RequireDualStack","SingleStack"],"pointer":true,"omitEmpty":true},
      "allocateLoadBalancerNodePorts": {"number":20,"type":"bool","pointer":true,"omitEmpty":true},
      "loadBalancerClass": {"number":21,"type":"string","pointer":true,"omitEmpty":true},
      "internalTrafficPolicy": {"number":22,"type":"string","go":"v1.ServiceInternalTrafficPolicy","enum":["Cluster","Local"],"pointer":true,"omitEmpty":true},
      "trafficDistribution": {"number":23,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.ServiceStatus": {
    "go":"v1.ServiceStatus",
    fields: {
      "loadBalancer": {"number":1,"type":"io.k8s.api.core.v1.LoadBalancerStatus","omitEmpty":true},
      "conditions": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Condition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
    },
  },
  "io.k8s.api.core.v1.SessionAffinityConfig": {
    "go":"v1.SessionAffinityConfig",
    fields: {
      "clientIP": {"number":1,"type":"io.k8s.api.core.v1.ClientIPConfig","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.SleepAction": {
    "go":"v1.SleepAction",
    fields: {
      "seconds": {"number":1,"type":"int64","required":true},
    },
  },
  "io.k8s.api.core.v1.StorageOSVolumeSource": {
    "go":"v1.StorageOSVolumeSource",
    fields: {
      "volumeName": {"number":1,"type":"string","omitEmpty":true},
      "volumeNamespace": {"number":2,"type":"string","omitEmpty":true},
      "fsType": {"number":3,"type":"string","omitEmpty":true},
      "readOnly": {"number":4,"type":"bool","omitEmpty":true},
      "secretRef": {"number":5,"type":"io.k8s.api.core.v1.LocalObjectReference","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Sysctl": {
    "go":"v1.Sysctl",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "value": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.TCPSocketAction": {
    "go":"v1.TCPSocketAction",
    fields: {
      "port": {"number":1,"type":"io.k8s.apimachinery.pkg.util.intstr.IntOrString","required":true},
      "host": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Taint": {
    "go":"v1.Taint",
    fields: {
      "key": {"number":1,"type":"string","required":true},
      "value": {"number":2,"type":"string","omitEmpty":true},
      "effect": {"number":3,"type":"string","go":"v1.TaintEffect","enum":["NoExecute","NoSchedule","PreferNoSchedule"],"required":true},
      "timeAdded": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Toleration": {
    "go":"v1.Toleration",
    fields: {
      "key": {"number":1,"type":"string","omitEmpty":true},
      "operator": {"number":2,"type":"string","go":"v1.TolerationOperator","enum":["Equal","Exists"],"omitEmpty":true},
      "value": {"number":3,"type":"string","omitEmpty":true},
      "effect": {"number":4,"type":"string","go":"v1.TaintEffect","enum":["NoExecute","NoSchedule","PreferNoSchedule"],"omitEmpty":true},
      "tolerationSeconds": {"number":5,"type":"int64","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.TopologySpreadConstraint": {
    "go":"v1.TopologySpreadConstraint",
    fields: {
      "maxSkew": {"number":1,"type":"int32","required":true},
      "topologyKey": {"number":2,"type":"string","required":true},
      "whenUnsatisfiable": {"number":3,"type":"string","go":"v1.UnsatisfiableConstraintAction","enum":["DoNotSchedule","ScheduleAnyway"],"required":true},
      "labelSelector": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","pointer":true,"omitEmpty":true},
      "minDomains": {"number":5,"type":"int32","pointer":true,"omitEmpty":true},
      "nodeAffinityPolicy": {"number":6,"type":"string","go":"v1.NodeInclusionPolicy","enum":["Honor","Ignore"],"pointer":true,"omitEmpty":true},
      "nodeTaintsPolicy": {"number":7,"type":"string","go":"v1.NodeInclusionPolicy","enum":["Honor","Ignore"],"pointer":true,"omitEmpty":true},
      "matchLabelKeys": {"number":8,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.core.v1.TypedLocalObjectReference": {
    "go":"v1.TypedLocalObjectReference","atomic":true,
    fields: {
      "apiGroup": {"number":1,"type":"string","pointer":true},
      "kind": {"number":2,"type":"string","required":true},
      "name": {"number":3,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.TypedObjectReference": {
    "go":"v1.TypedObjectReference",
    fields: {
      "apiGroup": {"number":1,"type":"string","pointer":true},
      "kind": {"number":2,"type":"string","required":true},
      "name": {"number":3,"type":"string","required":true},
      "namespace": {"number":4,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.Volume": {
    "go":"v1.Volume",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "volumeSource": {"number":2,"type":"io.k8s.api.core.v1.VolumeSource","inline":true},
    },
  },
  "io.k8s.api.core.v1.VolumeDevice": {
    "go":"v1.VolumeDevice",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "devicePath": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.api.core.v1.VolumeMount": {
    "go":"v1.VolumeMount",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "readOnly": {"number":2,"type":"bool","omitEmpty":true},
      "recursiveReadOnly": {"number":7,"type":"string","go":"v1.RecursiveReadOnlyMode","pointer":true,"omitEmpty":true},
      "mountPath": {"number":3,"type":"string","required":true},
      "subPath": {"number":4,"type":"string","omitEmpty":true},
      "mountPropagation": {"number":5,"type":"string","go":"v1.MountPropagationMode","enum":["Bidirectional","HostToContainer","None"],"pointer":true,"omitEmpty":true},
      "subPathExpr": {"number":6,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.VolumeMountStatus": {
    "go":"v1.VolumeMountStatus",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "mountPath": {"number":2,"type":"string","required":true},
      "readOnly": {"number":3,"type":"bool","omitEmpty":true},
      "recursiveReadOnly": {"number":4,"type":"string","go":"v1.RecursiveReadOnlyMode","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.VolumeProjection": {
    "go":"v1.VolumeProjection",
    fields: {
      "secret": {"number":1,"type":"io.k8s.api.core.v1.SecretProjection","pointer":true,"omitEmpty":true},
      "downwardAPI": {"number":2,"type":"io.k8s.api.core.v1.DownwardAPIProjection","pointer":true,"omitEmpty":true},
      "configMap": {"number":3,"type":"io.k8s.api.core.v1.ConfigMapProjection","pointer":true,"omitEmpty":true},
      "serviceAccountToken": {"number":4,"type":"io.k8s.api.core.v1.ServiceAccountTokenProjection","pointer":true,"omitEmpty":true},
      "clusterTrustBundle": {"number":5,"type":"io.k8s.api.core.v1.ClusterTrustBundleProjection","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.VolumeResourceRequirements": {
    "go":"v1.VolumeResourceRequirements",
    fields: {
      "limits": {"number":1,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
      "requests": {"number":2,"type":"io.k8s.apimachinery.pkg.api.resource.Quantity","whole":"v1.ResourceList","map":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.VolumeSource": {
    "go":"v1.VolumeSource",
    fields: {
      "hostPath": {"number":1,"type":"io.k8s.api.core.v1.HostPathVolumeSource","pointer":true,"omitEmpty":true},
      "emptyDir": {"number":2,"type":"io.k8s.api.core.v1.EmptyDirVolumeSource","pointer":true,"omitEmpty":true},
      "gcePersistentDisk": {"number":3,"type":"io.k8s.api.core.v1.GCEPersistentDiskVolumeSource","pointer":true,"omitEmpty":true},
      "awsElasticBlockStore": {"number":4,"type":"io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource","pointer":true,"omitEmpty":true},
      "gitRepo": {"number":5,"type":"io.k8s.api.core.v1.GitRepoVolumeSource","pointer":true,"omitEmpty":true},
      "secret": {"number":6,"type":"io.k8s.api.core.v1.SecretVolumeSource","pointer":true,"omitEmpty":true},
      "nfs": {"number":7,"type":"io.k8s.api.core.v1.NFSVolumeSource","pointer":true,"omitEmpty":true},
      "iscsi": {"number":8,"type":"io.k8s.api.core.v1.ISCSIVolumeSource","pointer":true,"omitEmpty":true},
      "glusterfs": {"number":9,"type":"io.k8s.api.core.v1.GlusterfsVolumeSource","pointer":true,"omitEmpty":true},
      "persistentVolumeClaim": {"number":10,"type":"io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource","pointer":true,"omitEmpty":true},
      "rbd": {"number":11,"type":"io.k8s.api.core.v1.RBDVolumeSource","pointer":true,"omitEmpty":true},
      "flexVolume": {"number":12,"type":"io.k8s.api.core.v1.FlexVolumeSource","pointer":true,"omitEmpty":true},
      "cinder": {"number":13,"type":"io.k8s.api.core.v1.CinderVolumeSource","pointer":true,"omitEmpty":true},
      "cephfs": {"number":14,"type":"io.k8s.api.core.v1.CephFSVolumeSource","pointer":true,"omitEmpty":true},
      "flocker": {"number":15,"type":"io.k8s.api.core.v1.FlockerVolumeSource","pointer":true,"omitEmpty":true},
      "downwardAPI": {"number":16,"type":"io.k8s.api.core.v1.DownwardAPIVolumeSource","pointer":true,"omitEmpty":true},
      "fc": {"number":17,"type":"io.k8s.api.core.v1.FCVolumeSource","pointer":true,"omitEmpty":true},
      "azureFile": {"number":18,"type":"io.k8s.api.core.v1.AzureFileVolumeSource","pointer":true,"omitEmpty":true},
      "configMap": {"number":19,"type":"io.k8s.api.core.v1.ConfigMapVolumeSource","pointer":true,"omitEmpty":true},
      "vsphereVolume": {"number":20,"type":"io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource","pointer":true,"omitEmpty":true},
      "quobyte": {"number":21,"type":"io.k8s.api.core.v1.QuobyteVolumeSource","pointer":true,"omitEmpty":true},
      "azureDisk": {"number":22,"type":"io.k8s.api.core.v1.AzureDiskVolumeSource","pointer":true,"omitEmpty":true},
      "photonPersistentDisk": {"number":23,"type":"io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource","pointer":true,"omitEmpty":true},
      "projected": {"number":26,"type":"io.k8s.api.core.v1.ProjectedVolumeSource","pointer":true,"omitEmpty":true},
      "portworxVolume": {"number":24,"type":"io.k8s.api.core.v1.PortworxVolumeSource","pointer":true,"omitEmpty":true},
      "scaleIO": {"number":25,"type":"io.k8s.api.core.v1.ScaleIOVolumeSource","pointer":true,"omitEmpty":true},
      "storageos": {"number":27,"type":"io.k8s.api.core.v1.StorageOSVolumeSource","pointer":true,"omitEmpty":true},
      "csi": {"number":28,"type":"io.k8s.api.core.v1.CSIVolumeSource","pointer":true,"omitEmpty":true},
      "ephemeral": {"number":29,"type":"io.k8s.api.core.v1.EphemeralVolumeSource","pointer":true,"omitEmpty":true},
      "image": {"number":30,"type":"io.k8s.api.core.v1.ImageVolumeSource","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource": {
    "go":"v1.VsphereVirtualDiskVolumeSource",
    fields: {
      "volumePath": {"number":1,"type":"string","required":true},
      "fsType": {"number":2,"type":"string","omitEmpty":true},
      "storagePolicyName": {"number":3,"type":"string","omitEmpty":true},
      "storagePolicyID": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.api.core.v1.WeightedPodAffinityTerm": {
    "go":"v1.WeightedPodAffinityTerm",
    fields: {
      "weight": {"number":1,"type":"int32","required":true},
      "podAffinityTerm": {"number":2,"type":"io.k8s.api.core.v1.PodAffinityTerm","required":true},
    },
  },
  "io.k8s.api.core.v1.WindowsSecurityContextOptions": {
    "go":"v1.WindowsSecurityContextOptions",
    fields: {
      "gmsaCredentialSpecName": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "gmsaCredentialSpec": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
      "runAsUserName": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "hostProcess": {"number":4,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.discovery.v1.Endpoint": {
    "go":"v1.Endpoint",
    fields: {
      "addresses": {"number":1,"type":"string","list":true,"required":true,"listType":"set"},
      "conditions": {"number":2,"type":"io.k8s.api.discovery.v1.EndpointConditions","omitEmpty":true},
      "hostname": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "targetRef": {"number":4,"type":"io.k8s.api.core.v1.ObjectReference","pointer":true,"omitEmpty":true},
      "deprecatedTopology": {"number":5,"type":"string","map":true,"omitEmpty":true},
      "nodeName": {"number":6,"type":"string","pointer":true,"omitEmpty":true},
      "zone": {"number":7,"type":"string","pointer":true,"omitEmpty":true},
      "hints": {"number":8,"type":"io.k8s.api.discovery.v1.EndpointHints","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.discovery.v1.EndpointConditions": {
    "go":"v1.EndpointConditions",
    fields: {
      "ready": {"number":1,"type":"bool","pointer":true,"omitEmpty":true},
      "serving": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
      "terminating": {"number":3,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.discovery.v1.EndpointHints": {
    "go":"v1.EndpointHints",
    fields: {
      "forZones": {"number":1,"type":"io.k8s.api.discovery.v1.ForZone","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.discovery.v1.EndpointPort": {
    "go":"v1.EndpointPort","atomic":true,
    fields: {
      "name": {"number":1,"type":"string","pointer":true,"omitEmpty":true},
      "protocol": {"number":2,"type":"string","go":"v1.Protocol","enum":["SCTP","TCP","UDP"],"pointer":true,"omitEmpty":true},
      "port": {"number":3,"type":"int32","pointer":true,"omitEmpty":true},
      "appProtocol": {"number":4,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.discovery.v1.EndpointSlice": {
    "go":"v1.EndpointSlice",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "addressType": {"number":4,"type":"string","go":"v1.AddressType","enum":["FQDN","IPv4","IPv6"],"required":true},
      "endpoints": {"number":2,"type":"io.k8s.api.discovery.v1.Endpoint","list":true,"required":true,"listType":"atomic"},
      "ports": {"number":3,"type":"io.k8s.api.discovery.v1.EndpointPort","list":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.discovery.v1.EndpointSliceList": {
    "go":"v1.EndpointSliceList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.discovery.v1.EndpointSlice","list":true,"required":true},
    },
  },
  "io.k8s.api.discovery.v1.ForZone": {
    "go":"v1.ForZone",
    fields: {
      "name": {"number":1,"type":"string","required":true},
    },
  },
  "io.k8s.api.events.v1.Event": {
    "go":"v1.Event",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"},
      "eventTime": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","required":true},
      "series": {"number":3,"type":"io.k8s.api.events.v1.EventSeries","pointer":true,"omitEmpty":true},
      "reportingController": {"number":4,"type":"string","omitEmpty":true},
      "reportingInstance": {"number":5,"type":"string","omitEmpty":true},
      "action": {"number":6,"type":"string","omitEmpty":true},
      "reason": {"number":7,"type":"string","omitEmpty":true},
      "regarding": {"number":8,"type":"io.k8s.api.core.v1.ObjectReference","omitEmpty":true},
      "related": {"number":9,"type":"io.k8s.api.core.v1.ObjectReference","pointer":true,"omitEmpty":true},
      "note": {"number":10,"type":"string","omitEmpty":true},
      "type": {"number":11,"type":"string","omitEmpty":true},
      "deprecatedSource": {"number":12,"type":"io.k8s.api.core.v1.EventSource","omitEmpty":true},
      "deprecatedFirstTimestamp": {"number":13,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "deprecatedLastTimestamp": {"number":14,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "deprecatedCount": {"number":15,"type":"int32","omitEmpty":true},
    },
  },
  "io.k8s.api.events.v1.EventList": {
    "go":"v1.EventList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.events.v1.Event","list":true,"required":true},
    },
  },
  "io.k8s.api.events.v1.EventSeries": {
    "go":"v1.EventSeries",
    fields: {
      "count": {"number":1,"type":"int32","required":true},
      "lastObservedTime": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime","required":true},
    },
  },
  "io.k8s.api.policy.v1.Eviction": {
    "go":"v1.Eviction",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "deleteOptions": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.rbac.v1.AggregationRule": {
    "go":"v1.AggregationRule",
    fields: {
      "clusterRoleSelectors": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.rbac.v1.ClusterRole": {
    "go":"v1.ClusterRole",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "rules": {"number":2,"type":"io.k8s.api.rbac.v1.PolicyRule","list":true,"listType":"atomic"},
      "aggregationRule": {"number":3,"type":"io.k8s.api.rbac.v1.AggregationRule","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.api.rbac.v1.ClusterRoleBinding": {
    "go":"v1.ClusterRoleBinding",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "subjects": {"number":2,"type":"io.k8s.api.rbac.v1.Subject","list":true,"omitEmpty":true,"listType":"atomic"},
      "roleRef": {"number":3,"type":"io.k8s.api.rbac.v1.RoleRef","required":true},
    },
  },
  "io.k8s.api.rbac.v1.ClusterRoleBindingList": {
    "go":"v1.ClusterRoleBindingList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.rbac.v1.ClusterRoleBinding","list":true,"required":true},
    },
  },
  "io.k8s.api.rbac.v1.ClusterRoleList": {
    "go":"v1.ClusterRoleList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.rbac.v1.ClusterRole","list":true,"required":true},
    },
  },
  "io.k8s.api.rbac.v1.PolicyRule": {
    "go":"v1.PolicyRule",
    fields: {
      "verbs": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "apiGroups": {"number":2,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "resources": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "resourceNames": {"number":4,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "nonResourceURLs": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.rbac.v1.Role": {
    "go":"v1.Role",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "rules": {"number":2,"type":"io.k8s.api.rbac.v1.PolicyRule","list":true,"listType":"atomic"},
    },
  },
  "io.k8s.api.rbac.v1.RoleBinding": {
    "go":"v1.RoleBinding",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "subjects": {"number":2,"type":"io.k8s.api.rbac.v1.Subject","list":true,"omitEmpty":true,"listType":"atomic"},
      "roleRef": {"number":3,"type":"io.k8s.api.rbac.v1.RoleRef","required":true},
    },
  },
  "io.k8s.api.rbac.v1.RoleBindingList": {
    "go":"v1.RoleBindingList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.rbac.v1.RoleBinding","list":true,"required":true},
    },
  },
  "io.k8s.api.rbac.v1.RoleList": {
    "go":"v1.RoleList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.api.rbac.v1.Role","list":true,"required":true},
    },
  },
  "io.k8s.api.rbac.v1.RoleRef": {
    "go":"v1.RoleRef","atomic":true,
    fields: {
      "apiGroup": {"number":1,"type":"string","required":true},
      "kind": {"number":2,"type":"string","required":true},
      "name": {"number":3,"type":"string","required":true},
    },
  },
  "io.k8s.api.rbac.v1.Subject": {
    "go":"v1.Subject","atomic":true,
    fields: {
      "kind": {"number":1,"type":"string","required":true},
      "apiGroup": {"number":2,"type":"string","omitEmpty":true},
      "name": {"number":3,"type":"string","required":true},
      "namespace": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition": {
    "go":"v1.CustomResourceColumnDefinition",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "type": {"number":2,"type":"string","required":true},
      "format": {"number":3,"type":"string","omitEmpty":true},
      "description": {"number":4,"type":"string","omitEmpty":true},
      "priority": {"number":5,"type":"int32","omitEmpty":true},
      "jsonPath": {"number":6,"type":"string","required":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion": {
    "go":"v1.CustomResourceConversion",
    fields: {
      "strategy": {"number":1,"type":"string","go":"v1.ConversionStrategyType","required":true},
      "webhook": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition": {
    "go":"v1.CustomResourceDefinition",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec","required":true},
      "status": {"number":3,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition": {
    "go":"v1.CustomResourceDefinitionCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.CustomResourceDefinitionConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList": {
    "go":"v1.CustomResourceDefinitionList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition","list":true,"required":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames": {
    "go":"v1.CustomResourceDefinitionNames",
    fields: {
      "plural": {"number":1,"type":"string","required":true},
      "singular": {"number":2,"type":"string","omitEmpty":true},
      "shortNames": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "kind": {"number":4,"type":"string","required":true},
      "listKind": {"number":5,"type":"string","omitEmpty":true},
      "categories": {"number":6,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec": {
    "go":"v1.CustomResourceDefinitionSpec",
    fields: {
      "group": {"number":1,"type":"string","required":true},
      "names": {"number":3,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames","required":true},
      "scope": {"number":4,"type":"string","go":"v1.ResourceScope","required":true},
      "versions": {"number":7,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion","list":true,"required":true,"listType":"atomic"},
      "conversion": {"number":9,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion","pointer":true,"omitEmpty":true},
      "preserveUnknownFields": {"number":10,"type":"bool","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus": {
    "go":"v1.CustomResourceDefinitionStatus",
    fields: {
      "conditions": {"number":1,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition","list":true,"listType":"map","keys":["type"]},
      "acceptedNames": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"},
      "storedVersions": {"number":3,"type":"string","list":true,"listType":"atomic"},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion": {
    "go":"v1.CustomResourceDefinitionVersion",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "served": {"number":2,"type":"bool","required":true},
      "storage": {"number":3,"type":"bool","required":true},
      "deprecated": {"number":7,"type":"bool","omitEmpty":true},
      "deprecationWarning": {"number":8,"type":"string","pointer":true,"omitEmpty":true},
      "schema": {"number":4,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation","pointer":true,"omitEmpty":true},
      "subresources": {"number":5,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources","pointer":true,"omitEmpty":true},
      "additionalPrinterColumns": {"number":6,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition","list":true,"omitEmpty":true,"listType":"atomic"},
      "selectableFields": {"number":9,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale": {
    "go":"v1.CustomResourceSubresourceScale",
    fields: {
      "specReplicasPath": {"number":1,"type":"string","required":true},
      "statusReplicasPath": {"number":2,"type":"string","required":true},
      "labelSelectorPath": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus": {
    "go":"v1.CustomResourceSubresourceStatus",
    fields: {
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources": {
    "go":"v1.CustomResourceSubresources",
    fields: {
      "status": {"number":1,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus","pointer":true,"omitEmpty":true},
      "scale": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation": {
    "go":"v1.CustomResourceValidation",
    fields: {
      "openAPIV3Schema": {"number":1,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation": {
    "go":"v1.ExternalDocumentation",
    fields: {
      "description": {"number":1,"type":"string","omitEmpty":true},
      "url": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": {
    "go":"v1.JSON",
    fields: {
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps": {
    "go":"v1.JSONSchemaProps",
    fields: {
      "id": {"number":1,"type":"string","omitEmpty":true},
      "$schema": {"number":2,"type":"string","go":"v1.JSONSchemaURL","omitEmpty":true},
      "$ref": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "description": {"number":4,"type":"string","omitEmpty":true},
      "type": {"number":5,"type":"string","omitEmpty":true},
      "format": {"number":6,"type":"string","omitEmpty":true},
      "title": {"number":7,"type":"string","omitEmpty":true},
      "default": {"number":8,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON","pointer":true,"omitEmpty":true},
      "maximum": {"number":9,"type":"double","pointer":true,"omitEmpty":true},
      "exclusiveMaximum": {"number":10,"type":"bool","omitEmpty":true},
      "minimum": {"number":11,"type":"double","pointer":true,"omitEmpty":true},
      "exclusiveMinimum": {"number":12,"type":"bool","omitEmpty":true},
      "maxLength": {"number":13,"type":"int64","pointer":true,"omitEmpty":true},
      "minLength": {"number":14,"type":"int64","pointer":true,"omitEmpty":true},
      "pattern": {"number":15,"type":"string","omitEmpty":true},
      "maxItems": {"number":16,"type":"int64","pointer":true,"omitEmpty":true},
      "minItems": {"number":17,"type":"int64","pointer":true,"omitEmpty":true},
      "uniqueItems": {"number":18,"type":"bool","omitEmpty":true},
      "multipleOf": {"number":19,"type":"double","pointer":true,"omitEmpty":true},
      "enum": {"number":20,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON","list":true,"omitEmpty":true,"listType":"atomic"},
      "maxProperties": {"number":21,"type":"int64","pointer":true,"omitEmpty":true},
      "minProperties": {"number":22,"type":"int64","pointer":true,"omitEmpty":true},
      "required": {"number":23,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "items": {"number":24,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray","pointer":true,"omitEmpty":true},
      "allOf": {"number":25,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","list":true,"omitEmpty":true,"listType":"atomic"},
      "oneOf": {"number":26,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","list":true,"omitEmpty":true,"listType":"atomic"},
      "anyOf": {"number":27,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","list":true,"omitEmpty":true,"listType":"atomic"},
      "not": {"number":28,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","pointer":true,"omitEmpty":true},
      "properties": {"number":29,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","map":true,"omitEmpty":true},
      "additionalProperties": {"number":30,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool","pointer":true,"omitEmpty":true},
      "patternProperties": {"number":31,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","map":true,"omitEmpty":true},
      "dependencies": {"number":32,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray","whole":"v1.JSONSchemaDependencies","map":true,"omitEmpty":true},
      "additionalItems": {"number":33,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool","pointer":true,"omitEmpty":true},
      "definitions": {"number":34,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps","whole":"v1.JSONSchemaDefinitions","map":true,"omitEmpty":true},
      "externalDocs": {"number":35,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation","pointer":true,"omitEmpty":true},
      "example": {"number":36,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON","pointer":true,"omitEmpty":true},
      "nullable": {"number":37,"type":"bool","omitEmpty":true},
      "x-kubernetes-preserve-unknown-fields": {"number":38,"type":"bool","pointer":true,"omitEmpty":true},
      "x-kubernetes-embedded-resource": {"number":39,"type":"bool","omitEmpty":true},
      "x-kubernetes-int-or-string": {"number":40,"type":"bool","omitEmpty":true},
      "x-kubernetes-list-map-keys": {"number":41,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "x-kubernetes-list-type": {"number":42,"type":"string","pointer":true,"omitEmpty":true},
      "x-kubernetes-map-type": {"number":43,"type":"string","pointer":true,"omitEmpty":true},
      "x-kubernetes-validations": {"number":44,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule","whole":"v1.ValidationRules","list":true,"omitEmpty":true,"listType":"map","keys":["rule"],"patch":"merge","mergeKey":"rule"},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": {
    "go":"v1.JSONSchemaPropsOrArray",
    fields: {
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": {
    "go":"v1.JSONSchemaPropsOrBool",
    fields: {
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": {
    "go":"v1.JSONSchemaPropsOrStringArray",
    fields: {
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField": {
    "go":"v1.SelectableField",
    fields: {
      "jsonPath": {"number":1,"type":"string","required":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference": {
    "go":"v1.ServiceReference",
    fields: {
      "namespace": {"number":1,"type":"string","required":true},
      "name": {"number":2,"type":"string","required":true},
      "path": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "port": {"number":4,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule": {
    "go":"v1.ValidationRule",
    fields: {
      "rule": {"number":1,"type":"string","required":true},
      "message": {"number":2,"type":"string","omitEmpty":true},
      "messageExpression": {"number":3,"type":"string","omitEmpty":true},
      "reason": {"number":4,"type":"string","go":"v1.FieldValueErrorReason","enum":["FieldValueDuplicate","FieldValueForbidden","FieldValueInvalid","FieldValueRequired"],"pointer":true,"omitEmpty":true},
      "fieldPath": {"number":5,"type":"string","omitEmpty":true},
      "optionalOldSelf": {"number":6,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig": {
    "go":"v1.WebhookClientConfig",
    fields: {
      "url": {"number":3,"type":"string","pointer":true,"omitEmpty":true},
      "service": {"number":1,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference","pointer":true,"omitEmpty":true},
      "caBundle": {"number":2,"type":"bytes","omitEmpty":true},
    },
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion": {
    "go":"v1.WebhookConversion",
    fields: {
      "clientConfig": {"number":2,"type":"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig","pointer":true,"omitEmpty":true},
      "conversionReviewVersions": {"number":3,"type":"string","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.api.resource.Quantity": {
    "go":"resource.Quantity",
    fields: {
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup": {
    "go":"v1.APIGroup",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "name": {"number":1,"type":"string","required":true},
      "versions": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery","list":true,"required":true,"listType":"atomic"},
      "preferredVersion": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery","omitEmpty":true},
      "serverAddressByClientCIDRs": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList": {
    "go":"v1.APIGroupList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "groups": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.APIResource": {
    "go":"v1.APIResource",
    fields: {
      "name": {"number":1,"type":"string","required":true},
      "singularName": {"number":6,"type":"string","required":true},
      "namespaced": {"number":2,"type":"bool","required":true},
      "group": {"number":8,"type":"string","omitEmpty":true},
      "version": {"number":9,"type":"string","omitEmpty":true},
      "kind": {"number":3,"type":"string","required":true},
      "verbs": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Verbs","required":true},
      "shortNames": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "categories": {"number":7,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "storageVersionHash": {"number":10,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList": {
    "go":"v1.APIResourceList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "groupVersion": {"number":1,"type":"string","required":true},
      "resources": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.APIResource","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions": {
    "go":"v1.APIVersions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "versions": {"number":1,"type":"string","list":true,"required":true,"listType":"atomic"},
      "serverAddressByClientCIDRs": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR","list":true,"required":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Condition": {
    "go":"v1.Condition",
    fields: {
      "type": {"number":1,"type":"string","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "observedGeneration": {"number":3,"type":"int64","omitEmpty":true},
      "lastTransitionTime": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","required":true},
      "reason": {"number":5,"type":"string","required":true},
      "message": {"number":6,"type":"string","required":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions": {
    "go":"v1.CreateOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "dryRun": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "fieldManager": {"number":3,"type":"string","omitEmpty":true},
      "fieldValidation": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions": {
    "go":"v1.DeleteOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "gracePeriodSeconds": {"number":1,"type":"int64","pointer":true,"omitEmpty":true},
      "preconditions": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions","pointer":true,"omitEmpty":true},
      "orphanDependents": {"number":3,"type":"bool","pointer":true,"omitEmpty":true},
      "propagationPolicy": {"number":4,"type":"string","go":"v1.DeletionPropagation","pointer":true,"omitEmpty":true},
      "dryRun": {"number":5,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "ignoreStoreReadErrorWithClusterBreakingPotential": {"number":6,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement": {
    "go":"v1.FieldSelectorRequirement",
    fields: {
      "key": {"number":1,"type":"string","required":true},
      "operator": {"number":2,"type":"string","go":"v1.FieldSelectorOperator","required":true},
      "values": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": {
    "go":"v1.FieldsV1",
    fields: {
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions": {
    "go":"v1.GetOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "resourceVersion": {"number":1,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery": {
    "go":"v1.GroupVersionForDiscovery",
    fields: {
      "groupVersion": {"number":1,"type":"string","required":true},
      "version": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector": {
    "go":"v1.LabelSelector","atomic":true,
    fields: {
      "matchLabels": {"number":1,"type":"string","map":true,"omitEmpty":true},
      "matchExpressions": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement": {
    "go":"v1.LabelSelectorRequirement",
    fields: {
      "key": {"number":1,"type":"string","required":true},
      "operator": {"number":2,"type":"string","go":"v1.LabelSelectorOperator","required":true},
      "values": {"number":3,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta": {
    "go":"v1.ListMeta",
    fields: {
      "selfLink": {"number":1,"type":"string","omitEmpty":true},
      "resourceVersion": {"number":2,"type":"string","omitEmpty":true},
      "continue": {"number":3,"type":"string","omitEmpty":true},
      "remainingItemCount": {"number":4,"type":"int64","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions": {
    "go":"v1.ListOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "labelSelector": {"number":1,"type":"string","omitEmpty":true},
      "fieldSelector": {"number":2,"type":"string","omitEmpty":true},
      "watch": {"number":3,"type":"bool","omitEmpty":true},
      "allowWatchBookmarks": {"number":9,"type":"bool","omitEmpty":true},
      "resourceVersion": {"number":4,"type":"string","omitEmpty":true},
      "resourceVersionMatch": {"number":10,"type":"string","go":"v1.ResourceVersionMatch","omitEmpty":true},
      "timeoutSeconds": {"number":5,"type":"int64","pointer":true,"omitEmpty":true},
      "limit": {"number":7,"type":"int64","omitEmpty":true},
      "continue": {"number":8,"type":"string","omitEmpty":true},
      "sendInitialEvents": {"number":11,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry": {
    "go":"v1.ManagedFieldsEntry",
    fields: {
      "manager": {"number":1,"type":"string","omitEmpty":true},
      "operation": {"number":2,"type":"string","go":"v1.ManagedFieldsOperationType","omitEmpty":true},
      "apiVersion": {"number":3,"type":"string","omitEmpty":true},
      "time": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "fieldsType": {"number":6,"type":"string","omitEmpty":true},
      "fieldsV1": {"number":7,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1","pointer":true,"omitEmpty":true},
      "subresource": {"number":8,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": {
    "go":"v1.MicroTime",
    fields: {
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {
    "go":"v1.ObjectMeta",
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "generateName": {"number":2,"type":"string","omitEmpty":true},
      "namespace": {"number":3,"type":"string","omitEmpty":true},
      "selfLink": {"number":4,"type":"string","omitEmpty":true},
      "uid": {"number":5,"type":"string","go":"types.UID","omitEmpty":true},
      "resourceVersion": {"number":6,"type":"string","omitEmpty":true},
      "generation": {"number":7,"type":"int64","omitEmpty":true},
      "creationTimestamp": {"number":8,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "deletionTimestamp": {"number":9,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","pointer":true,"omitEmpty":true},
      "deletionGracePeriodSeconds": {"number":10,"type":"int64","pointer":true,"omitEmpty":true},
      "labels": {"number":11,"type":"string","map":true,"omitEmpty":true},
      "annotations": {"number":12,"type":"string","map":true,"omitEmpty":true},
      "ownerReferences": {"number":13,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference","list":true,"omitEmpty":true,"listType":"map","keys":["uid"],"patch":"merge","mergeKey":"uid"},
      "finalizers": {"number":14,"type":"string","list":true,"omitEmpty":true,"listType":"set","patch":"merge"},
      "managedFields": {"number":17,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry","list":true,"omitEmpty":true,"listType":"atomic"},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference": {
    "go":"v1.OwnerReference","atomic":true,
    fields: {
      "apiVersion": {"number":5,"type":"string","required":true},
      "kind": {"number":1,"type":"string","required":true},
      "name": {"number":3,"type":"string","required":true},
      "uid": {"number":4,"type":"string","go":"types.UID","required":true},
      "controller": {"number":6,"type":"bool","pointer":true,"omitEmpty":true},
      "blockOwnerDeletion": {"number":7,"type":"bool","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata": {
    "go":"v1.PartialObjectMetadata",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList": {
    "go":"v1.PartialObjectMetadataList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata","list":true,"required":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions": {
    "go":"v1.PatchOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "dryRun": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "force": {"number":2,"type":"bool","pointer":true,"omitEmpty":true},
      "fieldManager": {"number":3,"type":"string","omitEmpty":true},
      "fieldValidation": {"number":4,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions": {
    "go":"v1.Preconditions",
    fields: {
      "uid": {"number":1,"type":"string","go":"types.UID","pointer":true,"omitEmpty":true},
      "resourceVersion": {"number":2,"type":"string","pointer":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR": {
    "go":"v1.ServerAddressByClientCIDR",
    fields: {
      "clientCIDR": {"number":1,"type":"string","required":true},
      "serverAddress": {"number":2,"type":"string","required":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Status": {
    "go":"v1.Status",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "status": {"number":2,"type":"string","omitEmpty":true},
      "message": {"number":3,"type":"string","omitEmpty":true},
      "reason": {"number":4,"type":"string","go":"v1.StatusReason","omitEmpty":true},
      "details": {"number":5,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails","pointer":true,"omitEmpty":true,"listType":"atomic"},
      "code": {"number":6,"type":"int32","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause": {
    "go":"v1.StatusCause",
    fields: {
      "reason": {"number":1,"type":"string","go":"v1.CauseType","omitEmpty":true},
      "message": {"number":2,"type":"string","omitEmpty":true},
      "field": {"number":3,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails": {
    "go":"v1.StatusDetails",
    fields: {
      "name": {"number":1,"type":"string","omitEmpty":true},
      "group": {"number":2,"type":"string","omitEmpty":true},
      "kind": {"number":3,"type":"string","omitEmpty":true},
      "uid": {"number":6,"type":"string","go":"types.UID","omitEmpty":true},
      "causes": {"number":4,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause","list":true,"omitEmpty":true,"listType":"atomic"},
      "retryAfterSeconds": {"number":5,"type":"int32","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": {
    "go":"v1.Time",
    fields: {
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.TypeMeta": {
    "go":"v1.TypeMeta",
    fields: {
      "kind": {"number":1,"type":"string","omitEmpty":true},
      "apiVersion": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions": {
    "go":"v1.UpdateOptions",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "dryRun": {"number":1,"type":"string","list":true,"omitEmpty":true,"listType":"atomic"},
      "fieldManager": {"number":2,"type":"string","omitEmpty":true},
      "fieldValidation": {"number":3,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Verbs": {
    "go":"v1.Verbs",
    fields: {
      "items": {"number":1,"type":"string","list":true,"omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent": {
    "go":"v1.WatchEvent",
    fields: {
      "type": {"number":1,"type":"string","required":true},
      "object": {"number":2,"type":"io.k8s.apimachinery.pkg.runtime.RawExtension","required":true},
    },
  },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": {
    "go":"runtime.RawExtension",
    fields: {
    },
  },
  "io.k8s.apimachinery.pkg.runtime.TypeMeta": {
    "go":"runtime.TypeMeta",
    fields: {
      "apiVersion": {"number":1,"type":"string","omitEmpty":true},
      "kind": {"number":2,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.apimachinery.pkg.runtime.Unknown": {
    "go":"runtime.Unknown",
    fields: {
      "typeMeta": {"number":1,"type":"io.k8s.apimachinery.pkg.runtime.TypeMeta","inline":true},
    },
  },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {
    "go":"intstr.IntOrString",
    fields: {
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService": {
    "go":"v1.APIService",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta","omitEmpty":true},
      "spec": {"number":2,"type":"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec","omitEmpty":true},
      "status": {"number":3,"type":"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus","omitEmpty":true},
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition": {
    "go":"v1.APIServiceCondition",
    fields: {
      "type": {"number":1,"type":"string","go":"v1.APIServiceConditionType","required":true},
      "status": {"number":2,"type":"string","go":"v1.ConditionStatus","required":true},
      "lastTransitionTime": {"number":3,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.Time","omitEmpty":true},
      "reason": {"number":4,"type":"string","omitEmpty":true},
      "message": {"number":5,"type":"string","omitEmpty":true},
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList": {
    "go":"v1.APIServiceList",
    fields: {
      "kind": {"type":"string","omitEmpty":true},
      "apiVersion": {"type":"string","omitEmpty":true},
      "metadata": {"number":1,"type":"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta","omitEmpty":true},
      "items": {"number":2,"type":"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService","list":true,"required":true},
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec": {
    "go":"v1.APIServiceSpec",
    fields: {
      "service": {"number":1,"type":"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference","pointer":true,"omitEmpty":true},
      "group": {"number":2,"type":"string","omitEmpty":true},
      "version": {"number":3,"type":"string","omitEmpty":true},
      "insecureSkipTLSVerify": {"number":4,"type":"bool","omitEmpty":true},
      "caBundle": {"number":5,"type":"bytes","omitEmpty":true,"listType":"atomic"},
      "groupPriorityMinimum": {"number":7,"type":"int32","required":true},
      "versionPriority": {"number":8,"type":"int32","required":true},
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus": {
    "go":"v1.APIServiceStatus",
    fields: {
      "conditions": {"number":1,"type":"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition","list":true,"omitEmpty":true,"listType":"map","keys":["type"],"patch":"merge","mergeKey":"type"},
    },
  },
  "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference": {
    "go":"v1.ServiceReference",
    fields: {
      "namespace": {"number":1,"type":"string","omitEmpty":true},
      "name": {"number":2,"type":"string","omitEmpty":true},
      "port": {"number":3,"type":"int32","pointer":true,"omitEmpty":true},
    },
  },
}
