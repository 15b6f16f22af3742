package main

import (
	"context"
	"fmt"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/record"
)

// inProtobuf is a typed client that sends protobuf, and takes nothing else.
func inProtobuf(config *rest.Config) (*kubernetes.Clientset, error) {
	config.ContentType = runtime.ContentTypeProtobuf
	config.AcceptContentTypes = runtime.ContentTypeProtobuf
	return kubernetes.NewForConfig(config)
}

func keepsSecrets(ctx context.Context, config *rest.Config) error {
	client, err := inProtobuf(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().Secrets(namespace)
	made, err := own.Create(ctx, secret("typed", map[string][]byte{"key": []byte("value")}), v1.CreateOptions{})
	if err != nil {
		return err
	}
	made.StringData = map[string]string{"more": "text"}
	made.Labels = map[string]string{"a": "b"}
	if _, err := own.Update(ctx, made, v1.UpdateOptions{}); err != nil {
		return err
	}
	got, err := own.Get(ctx, "typed", v1.GetOptions{})
	if err != nil {
		return err
	}
	if err := expect(string(got.Data["more"]) == "text" && got.Type == corev1.SecretTypeOpaque && got.Labels["a"] == "b", "got %v", got); err != nil {
		return err
	}
	list, err := own.List(ctx, v1.ListOptions{LabelSelector: "a=b"})
	if err != nil {
		return err
	}
	return expect(len(list.Items) == 1 && list.ResourceVersion != "", "listed %d at %q", len(list.Items), list.ResourceVersion)
}

func keepsConfigMaps(ctx context.Context, config *rest.Config) error {
	client, err := inProtobuf(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().ConfigMaps(namespace)
	text := map[string]string{"text": "ü\n"}
	object := &corev1.ConfigMap{ObjectMeta: v1.ObjectMeta{Name: "typed"}, Data: text, BinaryData: map[string][]byte{"raw": {0, 1, 255}}}
	if _, err := own.Create(ctx, object, v1.CreateOptions{}); err != nil {
		return err
	}
	patched, err := own.Patch(ctx, "typed", types.StrategicMergePatchType, []byte(`{"data":{"more":"x"}}`), v1.PatchOptions{})
	if err != nil {
		return err
	}
	whole := patched.Data["text"] == "ü\n" && patched.Data["more"] == "x" && len(patched.BinaryData["raw"]) == 3
	return expect(whole && patched.CreationTimestamp.Year() > 2000, "got %v", patched)
}

func keepsLeases(ctx context.Context, config *rest.Config) error {
	client, err := inProtobuf(config)
	if err != nil {
		return err
	}
	own := client.CoordinationV1().Leases(namespace)
	holder, seconds, now := "me", int32(15), v1.NewMicroTime(time.Unix(1_700_000_000, 123_456_000))
	spec := coordinationv1.LeaseSpec{HolderIdentity: &holder, LeaseDurationSeconds: &seconds, RenewTime: &now}
	object := &coordinationv1.Lease{ObjectMeta: v1.ObjectMeta{Name: "typed"}, Spec: spec}
	if _, err := own.Create(ctx, object, v1.CreateOptions{}); err != nil {
		return err
	}
	got, err := own.Get(ctx, "typed", v1.GetOptions{})
	if err != nil {
		return err
	}
	kept := *got.Spec.HolderIdentity == "me" && *got.Spec.LeaseDurationSeconds == 15 && got.Spec.RenewTime.Equal(&now)
	return expect(kept, "got %v", got.Spec)
}

func keepsEvents(ctx context.Context, config *rest.Config) error {
	client, err := inProtobuf(config)
	if err != nil {
		return err
	}
	about, err := client.CoreV1().Secrets(namespace).Create(ctx, secret("told-of", nil), v1.CreateOptions{})
	if err != nil {
		return err
	}
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "goclient"})
	for range 3 {
		recorder.Event(about, corev1.EventTypeNormal, "Told", "told three times")
	}
	selector := fmt.Sprintf("involvedObject.uid=%s,reason=Told", about.UID)
	return until(ctx, "three Events in one", func() (bool, error) {
		list, err := client.CoreV1().Events(namespace).List(ctx, v1.ListOptions{FieldSelector: selector})
		return err == nil && len(list.Items) == 1 && list.Items[0].Count == 3, err
	})
}

func tellsErrors(ctx context.Context, config *rest.Config) error {
	client, err := inProtobuf(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().Secrets(namespace)
	made, err := own.Create(ctx, secret("errors", nil), v1.CreateOptions{})
	if err != nil {
		return err
	}
	old := made.DeepCopy()
	made.Labels = map[string]string{"a": "b"}
	if _, err := own.Update(ctx, made, v1.UpdateOptions{}); err != nil {
		return err
	}
	_, twice := own.Create(ctx, secret("errors", nil), v1.CreateOptions{})
	_, late := own.Update(ctx, old, v1.UpdateOptions{})
	_, missing := own.Get(ctx, "nothing", v1.GetOptions{})
	_, bad := own.Create(ctx, secret("Not_A_Name", nil), v1.CreateOptions{})
	told := apierrors.IsAlreadyExists(twice) && apierrors.IsConflict(late) && apierrors.IsNotFound(missing) && apierrors.IsInvalid(bad)
	return expect(told, "told %v; %v; %v; %v", twice, late, missing, bad)
}

func elects(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	leading := make(chan string, 2)
	candidate := func(ctx context.Context, name string) {
		lock := &resourcelock.LeaseLock{
			LeaseMeta:  v1.ObjectMeta{Name: "elected", Namespace: namespace},
			Client:     client.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: name},
		}
		leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
			Lock:            lock,
			ReleaseOnCancel: true,
			LeaseDuration:   6 * time.Second,
			RenewDeadline:   4 * time.Second,
			RetryPeriod:     200 * time.Millisecond,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { leading <- name },
				OnStoppedLeading: func() {},
			},
		})
	}
	first, stepDown := context.WithCancel(ctx)
	defer stepDown()
	go candidate(first, "first")
	if err := expect(<-leading == "first", "another leads first"); err != nil {
		return err
	}
	second, cancel := context.WithCancel(ctx)
	defer cancel()
	go candidate(second, "second")
	stepDown()
	select {
	case name := <-leading:
		return expect(name == "second", "%s leads second", name)
	case <-ctx.Done():
		return fmt.Errorf("nobody leads when the first stepped down")
	}
}
