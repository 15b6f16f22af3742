// Goclient asks an API server what Kubernetes' own controllers ask of it, with their own libraries: client-go and
// controller-runtime. It prints a line of JSON for each check.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
)

const (
	namespace = "default"
	patience  = 20 * time.Second
)

type check struct {
	name string
	run  func(context.Context, *rest.Config) error
}

var checks = []check{
	{"discovery finds every kind, and the version", discovers},
	{"a dynamic informer sees Hardware come, change and go", informsOfHardware},
	{"a typed shared informer sees Secrets come, change and go", informsOfSecrets},
	{"a pager reads a list in pages", pages},
	{"a watch begins with what is there, as a streaming list", streams},
	{"controller-runtime's cache serves Hardware and Secrets, by index", caches},
	{"two managers apply a ConfigMap: shared, in conflict, by force", appliesConfigMap},
	{"two managers apply a Hardware: shared, in conflict, by force", appliesHardware},
	{"a leader is elected by Lease, and another when it steps down", elects},
	{"typed Secrets are kept in protobuf", keepsSecrets},
	{"typed ConfigMaps are kept in protobuf", keepsConfigMaps},
	{"typed Leases are kept in protobuf", keepsLeases},
	{"typed Events are kept in protobuf, and aggregated by a recorder", keepsEvents},
	{"errors are told apart by their reasons", tellsErrors},
	{"a reconciler holds a Hardware by a finalizer and patches its status", reconciles},
}

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(os.Stderr)
	ctrl.SetLogger(klog.Background())
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	config.QPS, config.Burst = 200, 200
	for _, one := range checks {
		report(one.name, attempt(one, config))
	}
}

// attempt gives a check its time, and no more.
func attempt(one check, config *rest.Config) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return one.run(ctx, rest.CopyConfig(config))
}

func report(name string, err error) {
	line := map[string]any{"check": name, "ok": err == nil}
	if err != nil {
		line["error"] = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		panic(err)
	}
}
