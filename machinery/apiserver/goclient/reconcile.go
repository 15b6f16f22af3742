package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const finalizer = "goclient.example.com/held"

func caches(ctx context.Context, config *rest.Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	writer, err := client.New(config, client.Options{})
	if err != nil {
		return err
	}
	held, err := cache.New(config, cache.Options{DefaultNamespaces: map[string]cache.Config{namespace: {}}})
	if err != nil {
		return err
	}
	byAgent := func(object client.Object) []string {
		agent, _, _ := unstructured.NestedString(object.(*unstructured.Unstructured).Object, "spec", "agentID")
		return []string{agent}
	}
	if err := held.IndexField(ctx, hardware(""), "spec.agentID", byAgent); err != nil {
		return err
	}
	go func() { _ = held.Start(ctx) }()
	if !held.WaitForCacheSync(ctx) {
		return fmt.Errorf("the cache was never in step")
	}
	if err := writer.Create(ctx, hardware("cached", "agentID", "x")); err != nil {
		return err
	}
	if err := writer.Create(ctx, secret("cached", map[string][]byte{"a": []byte("b")})); err != nil {
		return err
	}
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(hardwareKind.GroupVersion().WithKind("HardwareList"))
	err = until(ctx, "the cache serves the Hardware", func() (bool, error) {
		err := held.List(ctx, list, client.InNamespace(namespace), client.MatchingFields{"spec.agentID": "x"})
		return len(list.Items) == 1, err
	})
	if err != nil {
		return err
	}
	return until(ctx, "the cache serves the Secret", func() (bool, error) {
		got := &corev1.Secret{}
		err := held.Get(ctx, client.ObjectKey{Namespace: namespace, Name: "cached"}, got)
		return err == nil && string(got.Data["a"]) == "b", client.IgnoreNotFound(err)
	})
}

const keptName = "kept"

// keeper holds its machine by a finalizer, and says in its status that it has seen it.
type keeper struct{ client.Client }

func (k keeper) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	if request.Name != keptName {
		return ctrl.Result{}, nil // of other checks
	}
	machine := hardware("")
	if err := k.Get(ctx, request.NamespacedName, machine); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	before := machine.DeepCopy()
	if machine.GetDeletionTimestamp() != nil {
		controllerutil.RemoveFinalizer(machine, finalizer)
		return ctrl.Result{}, client.IgnoreNotFound(k.Patch(ctx, machine, client.MergeFrom(before)))
	}
	if controllerutil.AddFinalizer(machine, finalizer) {
		return ctrl.Result{}, k.Patch(ctx, machine, client.MergeFromWithOptions(before, client.MergeFromWithOptimisticLock{}))
	}
	if err := unstructured.SetNestedField(machine.Object, "Ready", "status", "state"); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, k.Status().Patch(ctx, machine, client.MergeFrom(before))
}

func reconciles(ctx context.Context, config *rest.Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Metrics:                 server.Options{BindAddress: "0"},
		HealthProbeBindAddress:  "0",
		LeaderElection:          true,
		LeaderElectionID:        "goclient.example.com",
		LeaderElectionNamespace: namespace,
	})
	if err != nil {
		return err
	}
	if err := ctrl.NewControllerManagedBy(manager).For(hardware("")).Complete(keeper{manager.GetClient()}); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- manager.Start(ctx) }()
	direct, err := client.New(config, client.Options{})
	if err != nil {
		return err
	}
	machine := hardware(keptName, "agentID", "k")
	if err := direct.Create(ctx, machine); err != nil {
		return err
	}
	err = until(ctx, "the machine is held and its status says so", func() (bool, error) {
		err := direct.Get(ctx, client.ObjectKeyFromObject(machine), machine)
		state, _, _ := unstructured.NestedString(machine.Object, "status", "state")
		return state == "Ready" && controllerutil.ContainsFinalizer(machine, finalizer), err
	})
	if err != nil {
		return err
	}
	if err := expect(machine.GetGeneration() == 1, "the status made generation %d", machine.GetGeneration()); err != nil {
		return err
	}
	if err := direct.Delete(ctx, machine); err != nil {
		return err
	}
	err = until(ctx, "the machine is let go", func() (bool, error) {
		return isGone(direct.Get(ctx, client.ObjectKeyFromObject(machine), machine))
	})
	if err != nil {
		return err
	}
	cancel()
	return <-ended
}
