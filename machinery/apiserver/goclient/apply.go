package main

import (
	"context"
	"fmt"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	corev1 "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// applied is what two managers do to one object: a field each, then one field together, then by force.
func applied(apply func(manager string, force bool, fields map[string]string) ([]v1.ManagedFieldsEntry, error)) error {
	if _, err := apply("one", false, map[string]string{"a": "1"}); err != nil {
		return fmt.Errorf("one applies a: %w", err)
	}
	if _, err := apply("two", false, map[string]string{"b": "1"}); err != nil {
		return fmt.Errorf("two applies b: %w", err)
	}
	_, err := apply("two", false, map[string]string{"a": "2", "b": "1"})
	if !apierrors.IsConflict(err) {
		return fmt.Errorf("two applies a, and is told %v", err)
	}
	entries, err := apply("two", true, map[string]string{"a": "2", "b": "1"})
	if err != nil {
		return fmt.Errorf("two applies a by force: %w", err)
	}
	managers := []string{}
	for _, entry := range entries {
		managers = append(managers, entry.Manager+" "+string(entry.Operation))
	}
	return expect(slices.Contains(managers, "two Apply"), "the managers are %v", managers)
}

func appliesConfigMap(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	own := client.CoreV1().ConfigMaps(namespace)
	return applied(func(manager string, force bool, fields map[string]string) ([]v1.ManagedFieldsEntry, error) {
		options := v1.ApplyOptions{FieldManager: manager, Force: force}
		got, err := own.Apply(ctx, corev1.ConfigMap("applied", namespace).WithData(fields), options)
		if err != nil {
			return nil, err
		}
		return got.ManagedFields, nil
	})
}

func appliesHardware(ctx context.Context, config *rest.Config) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	own := client.Resource(hardwareResource).Namespace(namespace)
	names := map[string]string{"a": "agentID", "b": "userData"}
	return applied(func(manager string, force bool, fields map[string]string) ([]v1.ManagedFieldsEntry, error) {
		object := hardware("applied")
		for key, value := range fields {
			if err := unstructured.SetNestedField(object.Object, value, "spec", names[key]); err != nil {
				return nil, err
			}
		}
		got, err := own.Apply(ctx, "applied", object, v1.ApplyOptions{FieldManager: manager, Force: force})
		if err != nil {
			return nil, err
		}
		return got.GetManagedFields(), nil
	})
}
