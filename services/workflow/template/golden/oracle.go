// Renders the templates of cases.json with Go's own text/template and Sprig's hermetic functions, and writes what they gave
// (or that they refused) to generated/vectors.json. Run in this folder: go run . (Go 1.26, sprig 3.3.0)
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

type vector struct {
	Template string  `json:"template"`
	Output   *string `json:"output,omitempty"`
	Error    string  `json:"error,omitempty"`
}

type file struct {
	Data      any      `json:"data"`
	Templates []string `json:"templates"`
}

// Whole numbers are int64, as Kubernetes' unstructured converter has them.
func whole(value any) any {
	switch v := value.(type) {
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	case []any:
		for i := range v {
			v[i] = whole(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = whole(v[k])
		}
	}
	return value
}

func render(text string, data any) vector {
	v := vector{Template: text}
	t, err := template.New("t").Option("missingkey=error").Funcs(sprig.HermeticTxtFuncMap()).Parse(text)
	if err != nil {
		v.Error = err.Error()
		return v
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		v.Error = err.Error()
		return v
	}
	s := out.String()
	v.Output = &s
	return v
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	in, err := os.ReadFile("cases.json")
	must(err)
	var f file
	must(json.Unmarshal(in, &f))
	vectors := []vector{}
	for _, text := range f.Templates {
		// Functions such as set change the data: each template gets its own.
		raw, err := json.Marshal(f.Data)
		must(err)
		var data any
		must(json.Unmarshal(raw, &data))
		vectors = append(vectors, render(text, whole(data)))
	}
	out, err := os.Create("generated/vectors.json")
	must(err)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	must(encoder.Encode(vectors))
}
