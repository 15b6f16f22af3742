package main

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
)

var (
	hardwareKind     = schema.GroupVersionKind{Group: "tinkerbell.org", Version: "v1alpha1", Kind: "Hardware"}
	hardwareResource = schema.GroupVersionResource{Group: "tinkerbell.org", Version: "v1alpha1", Resource: "hardware"}
)

// hardware makes one; spec is a list of keys and values.
func hardware(name string, spec ...any) *unstructured.Unstructured {
	fields := map[string]any{}
	for i := 0; i < len(spec); i += 2 {
		fields[spec[i].(string)] = spec[i+1]
	}
	object := &unstructured.Unstructured{Object: map[string]any{"spec": fields}}
	object.SetGroupVersionKind(hardwareKind)
	object.SetNamespace(namespace)
	object.SetName(name)
	return object
}

func secret(name string, data map[string][]byte) *corev1.Secret {
	return &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace}, Data: data}
}

// until waits for what the server does in its own time.
func until(ctx context.Context, what string, holds func() (bool, error)) error {
	err := wait.PollUntilContextCancel(ctx, 20*time.Millisecond, true, func(context.Context) (bool, error) { return holds() })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// expect is an error unless it holds.
func expect(holds bool, sentence string, args ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(sentence, args...)
}

func isGone(err error) (bool, error) {
	if apierrors.IsNotFound(err) {
		return true, nil
	}
	return false, err
}
