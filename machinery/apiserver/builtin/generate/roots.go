package main

// The modules that are read, and the messages that we start from: all that these reach is written down.

var modules = []string{
	"k8s.io/api",
	"k8s.io/apimachinery",
	"k8s.io/apiextensions-apiserver",
	"k8s.io/kube-aggregator",
}

const (
	meta            = "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiextensions   = "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiregistration = "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

var roots = map[string][]string{
	meta: {
		"Status", "DeleteOptions", "ListOptions", "GetOptions", "CreateOptions", "UpdateOptions", "PatchOptions",
		"WatchEvent", "PartialObjectMetadata", "PartialObjectMetadataList", "TypeMeta",
		"APIGroup", "APIGroupList", "APIResourceList", "APIVersions",
	},
	"k8s.io/apimachinery/pkg/runtime": {"Unknown"},
	"k8s.io/api/core/v1": kinds(
		"Namespace", "Secret", "ConfigMap", "ServiceAccount", "Event", "Node", "Pod", "Service", "Endpoints",
	),
	"k8s.io/api/apps/v1":           kinds("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet"),
	"k8s.io/api/batch/v1":          kinds("Job", "CronJob"),
	"k8s.io/api/coordination/v1":   kinds("Lease"),
	"k8s.io/api/events/v1":         kinds("Event"),
	"k8s.io/api/discovery/v1":      kinds("EndpointSlice"),
	"k8s.io/api/rbac/v1":           kinds("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"),
	"k8s.io/api/autoscaling/v1":    {"Scale"},
	"k8s.io/api/policy/v1":         {"Eviction"},
	"k8s.io/api/authentication/v1": {"TokenReview", "TokenRequest", "SelfSubjectReview"},
	"k8s.io/api/authorization/v1": {
		"LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview",
	},
	"k8s.io/api/admissionregistration/v1": kinds("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
	apiextensions:                         kinds("CustomResourceDefinition"),
	apiregistration:                       kinds("APIService"),
}

// kinds are objects, each with its list.
func kinds(names ...string) []string {
	var all []string
	for _, name := range names {
		all = append(all, name, name+"List")
	}
	return all
}
