// Writes down what Kubernetes' own types are made of: names, numbers, kinds of values, and how lists are merged. It reads
// the Go sources of the modules in go.mod: struct tags, and the marks above the fields from which Kubernetes' own generators
// make protobuf and OpenAPI.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	f := &facts{source: openSource(), messages: map[string]message{}}
	for _, path := range sortedKeys(roots) {
		for _, name := range roots[path] {
			f.read(path, name)
		}
	}
	os.Stdout.WriteString(f.text())
}

func (f *facts) text() string {
	var out strings.Builder
	out.WriteString("// Made by `go run .` in builtin/generate from Kubernetes v1.32; not to be changed by hand.\n\n")
	out.WriteString("import type { MessageFacts } from '../facts.ts'\n\n")
	out.WriteString("export const MESSAGES: Readonly<Record<string, MessageFacts>> = {\n")
	for _, name := range sortedKeys(f.messages) {
		one := f.messages[name]
		fmt.Fprintf(&out, "  %s: {\n    %s,\n    fields: {\n", quoted(name), strings.TrimSuffix(strings.TrimPrefix(encode(one), "{"), "}"))
		for _, field := range one.Fields {
			fmt.Fprintf(&out, "      %s: %s,\n", quoted(field.Name), encode(field))
		}
		out.WriteString("    },\n  },\n")
	}
	out.WriteString("}\n")
	return out.String()
}

func quoted(text string) string { return encode(text) }

func encode(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(value), "encode")
	return strings.TrimSpace(out.String())
}

func parseJSON(text string) any {
	var value any
	check(json.Unmarshal([]byte(text), &value), text)
	return value
}

func sortedKeys[V any](of map[string]V) []string {
	var keys []string
	for key := range of {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func check(err error, about string) {
	if err != nil {
		fail(about + ": " + err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
