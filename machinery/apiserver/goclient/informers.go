package main

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/pager"
)

func discovers(_ context.Context, config *rest.Config) error {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	version, err := client.ServerVersion()
	if err != nil {
		return err
	}
	lists, err := client.ServerPreferredResources()
	if err != nil {
		return err
	}
	kinds := []string{}
	for _, list := range lists {
		for _, resource := range list.APIResources {
			kinds = append(kinds, list.GroupVersion+" "+resource.Kind)
		}
	}
	for _, kind := range []string{"v1 Secret", "coordination.k8s.io/v1 Lease", "tinkerbell.org/v1alpha1 Hardware"} {
		if !slices.Contains(kinds, kind) {
			return fmt.Errorf("%s is not among %v of %s", kind, kinds, version)
		}
	}
	if _, err := client.OpenAPISchema(); err != nil {
		return fmt.Errorf("OpenAPI v2: %w", err)
	}
	paths, err := client.OpenAPIV3().Paths()
	if err != nil {
		return fmt.Errorf("OpenAPI v3: %w", err)
	}
	return expect(paths["apis/tinkerbell.org/v1alpha1"] != nil, "OpenAPI v3 lacks tinkerbell.org")
}

// diary writes down what an informer hears.
type diary chan string

func (d diary) handler() cache.ResourceEventHandlerFuncs {
	say := func(what string, object any) {
		key, _ := cache.DeletionHandlingMetaNamespaceKeyFunc(object)
		d <- what + " " + key
	}
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { say("added", object) },
		UpdateFunc: func(_, object any) { say("changed", object) },
		DeleteFunc: func(object any) { say("deleted", object) },
	}
}

// hears waits for an entry, and passes by others.
func (d diary) hears(ctx context.Context, entry string) error {
	for {
		select {
		case heard := <-d:
			if heard == entry {
				return nil
			}
		case <-ctx.Done():
			return fmt.Errorf("%q was never heard", entry)
		}
	}
}

func informsOfHardware(ctx context.Context, config *rest.Config) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := dynamicinformer.NewDynamicSharedInformerFactory(client, 0)
	informer := factory.ForResource(hardwareResource).Informer()
	heard := make(diary, 1000)
	if _, err := informer.AddEventHandler(heard.handler()); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return fmt.Errorf("the informer was never in step")
	}
	machines := client.Resource(hardwareResource).Namespace(namespace)
	made, err := machines.Create(ctx, hardware("informed", "agentID", "a"), v1.CreateOptions{})
	if err != nil {
		return err
	}
	if err := heard.hears(ctx, "added default/informed"); err != nil {
		return err
	}
	made.Object["spec"] = map[string]any{"agentID": "b"}
	if _, err := machines.Update(ctx, made, v1.UpdateOptions{}); err != nil {
		return err
	}
	if err := heard.hears(ctx, "changed default/informed"); err != nil {
		return err
	}
	if err := machines.Delete(ctx, "informed", v1.DeleteOptions{}); err != nil {
		return err
	}
	return heard.hears(ctx, "deleted default/informed")
}

func informsOfSecrets(ctx context.Context, config *rest.Config) error {
	config.ContentType = runtime.ContentTypeProtobuf
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	heard := make(diary, 1000)
	secrets := factory.Core().V1().Secrets()
	if _, err := secrets.Informer().AddEventHandler(heard.handler()); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	own := client.CoreV1().Secrets(namespace)
	made, err := own.Create(ctx, secret("informed", map[string][]byte{"a": {0, 255}}), v1.CreateOptions{})
	if err != nil {
		return err
	}
	if err := heard.hears(ctx, "added default/informed"); err != nil {
		return err
	}
	listed, err := secrets.Lister().Secrets(namespace).Get("informed")
	if err != nil {
		return err
	}
	if err := expect(string(listed.Data["a"]) == "\x00\xff", "the informer holds %q", listed.Data["a"]); err != nil {
		return err
	}
	made.Data["b"] = []byte("x")
	if _, err := own.Update(ctx, made, v1.UpdateOptions{}); err != nil {
		return err
	}
	if err := heard.hears(ctx, "changed default/informed"); err != nil {
		return err
	}
	if err := own.Delete(ctx, "informed", v1.DeleteOptions{}); err != nil {
		return err
	}
	return heard.hears(ctx, "deleted default/informed")
}

func pages(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().Secrets(namespace)
	for i := range 7 {
		made := secret(fmt.Sprintf("page-%d", i), nil)
		made.Labels = map[string]string{"paged": "yes"}
		if _, err := own.Create(ctx, made, v1.CreateOptions{}); err != nil {
			return err
		}
	}
	asked := 0
	reader := pager.New(func(ctx context.Context, options v1.ListOptions) (runtime.Object, error) {
		asked++
		return own.List(ctx, options)
	})
	reader.PageSize = 3
	names := []string{}
	err = reader.EachListItem(ctx, v1.ListOptions{LabelSelector: "paged=yes"}, func(object runtime.Object) error {
		names = append(names, object.(*corev1.Secret).Name)
		return nil
	})
	if err != nil {
		return err
	}
	if err := expect(len(names) == 7 && asked == 3, "%d pages with %v", asked, names); err != nil {
		return err
	}
	return own.DeleteCollection(ctx, v1.DeleteOptions{}, v1.ListOptions{LabelSelector: "paged=yes"})
}

func streams(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().Secrets(namespace)
	if _, err := own.Create(ctx, secret("streamed", nil), v1.CreateOptions{}); err != nil {
		return err
	}
	yes := true
	watching, err := own.Watch(ctx, v1.ListOptions{
		SendInitialEvents:    &yes,
		AllowWatchBookmarks:  true,
		ResourceVersionMatch: v1.ResourceVersionMatchNotOlderThan,
	})
	if err != nil {
		return err
	}
	defer watching.Stop()
	seen := false
	for event := range watching.ResultChan() {
		object := event.Object.(*corev1.Secret)
		seen = seen || event.Type == watch.Added && object.Name == "streamed"
		if event.Type == watch.Bookmark && object.Annotations[v1.InitialEventsAnnotationKey] == "true" {
			return expect(seen, "the bookmark came before the Secret")
		}
	}
	return fmt.Errorf("the watch ended without a bookmark")
}
