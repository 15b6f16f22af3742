package main

import (
	"go/ast"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// A message as it is written down. Names of fields are those of the table's TypeScript interface.
type message struct {
	Go     string           `json:"go"`
	Atomic bool             `json:"atomic,omitempty"`
	Unions []map[string]any `json:"unions,omitempty"`
	Fields []field          `json:"-"`
}

type field struct {
	Name      string   `json:"-"`
	Number    int      `json:"number,omitempty"`
	Type      string   `json:"type"`
	Go        string   `json:"go,omitempty"`
	Whole     string   `json:"whole,omitempty"`
	Enum      []string `json:"enum,omitempty"`
	List      bool     `json:"list,omitempty"`
	Map       bool     `json:"map,omitempty"`
	Pointer   bool     `json:"pointer,omitempty"`
	Inline    bool     `json:"inline,omitempty"`
	OmitEmpty bool     `json:"omitEmpty,omitempty"`
	Required  bool     `json:"required,omitempty"`
	Default   any      `json:"default,omitempty"`
	ListType  string   `json:"listType,omitempty"`
	Keys      []string `json:"keys,omitempty"`
	Atomic    bool     `json:"atomic,omitempty"`
	Patch     string   `json:"patch,omitempty"`
	MergeKey  string   `json:"mergeKey,omitempty"`
}

type facts struct {
	source   *source
	messages map[string]message
}

// read writes down a message and whatever it reaches.
func (f *facts) read(path, name string) {
	full := openAPIName(path, name)
	if _, known := f.messages[full]; known {
		return
	}
	p := f.source.load(path)
	spec := p.types[name]
	if spec == nil {
		fail("no type " + path + "." + name)
	}
	made := message{Go: p.name + "." + name, Atomic: p.marks[name].one("structType") == "atomic"}
	f.messages[full] = made // before its fields: messages may hold themselves
	switch underlying := spec.Type.(type) {
	case *ast.StructType:
		made.Fields = f.fields(p, name, underlying)
		made.Unions = unions(underlying, p.marks[name])
	case *ast.ArrayType:
		// A list with a name is a message with one field in protobuf.
		made.Fields = []field{{Name: "items", Number: 1, Type: "string", List: true, OmitEmpty: true}}
	default:
		fail("no message: " + full)
	}
	f.messages[full] = made
}

func (f *facts) fields(p *pkg, name string, structure *ast.StructType) []field {
	var all []field
	for _, member := range structure.Fields.List {
		if member.Tag == nil {
			continue
		}
		text, err := strconv.Unquote(member.Tag.Value)
		check(err, name)
		tag := reflect.StructTag(text)
		parts := strings.Split(tag.Get("json"), ",")
		if parts[0] == "-" || tag.Get("json") == "" {
			continue
		}
		inline := len(parts) > 1 && parts[1] == "inline"
		if inline && tag.Get("protobuf") == "" {
			all = append(all, f.embedded(p, name, member)...)
			continue
		}
		all = append(all, f.field(p, name, member, tag, parts))
	}
	return all
}

// embedded has no place of its own in protobuf: its fields are the owner's.
func (f *facts) embedded(p *pkg, name string, member *ast.Field) []field {
	path, inner := f.resolve(p, name, member.Type)
	other := f.source.load(path)
	fields := f.fields(other, inner, other.types[inner].Type.(*ast.StructType))
	for at := range fields {
		fields[at].Number = 0
	}
	return fields
}

func (f *facts) field(p *pkg, name string, member *ast.Field, tag reflect.StructTag, parts []string) field {
	marked := marksOf(member.Doc)
	made := field{
		Name:      parts[0],
		Inline:    len(parts) > 1 && parts[1] == "inline",
		OmitEmpty: strings.Contains(tag.Get("json"), "omitempty"),
		ListType:  marked.one("listType"),
		Keys:      marked["listMapKey"],
		Atomic:    marked.one("mapType") == "atomic" || marked.one("structType") == "atomic",
		Patch:     tag.Get("patchStrategy"),
		MergeKey:  tag.Get("patchMergeKey"),
	}
	if proto := strings.Split(tag.Get("protobuf"), ","); len(proto) > 1 {
		number, err := strconv.Atoi(proto[1])
		check(err, name)
		made.Number = number
		if made.Inline {
			_, inner := f.resolve(p, name, member.Type)
			made.Name = strings.ToLower(inner[:1]) + inner[1:]
		}
	}
	made.Required = !made.Inline && !marked.has("optional") && (marked.has("required") || !made.OmitEmpty)
	f.shape(p, name, member.Type, &made)
	made.Default = f.preset(p, marked.one("default"))
	return made
}

// shape says what a field holds.
func (f *facts) shape(p *pkg, owner string, expr ast.Expr, made *field) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		made.Pointer = true
		f.shape(p, owner, expr.X, made)
	case *ast.MapType:
		made.Map = true
		f.shape(p, owner, expr.Value, made)
	case *ast.ArrayType:
		if ident, ok := expr.Elt.(*ast.Ident); ok && ident.Name == "byte" {
			made.Type = "bytes"
			return
		}
		made.List = true
		f.shape(p, owner, expr.Elt, made)
	default:
		f.named(p, owner, expr, made)
	}
}

var scalars = map[string]string{
	"string": "string", "bool": "bool", "int32": "int32", "int64": "int64", "float64": "double", "int": "int64", "uint16": "int32",
}

func (f *facts) named(p *pkg, owner string, expr ast.Expr, made *field) {
	if ident, ok := expr.(*ast.Ident); ok && scalars[ident.Name] != "" {
		made.Type = scalars[ident.Name]
		return
	}
	path, name := f.resolve(p, owner, expr)
	other := f.source.load(path)
	if other == nil || other.types[name] == nil {
		// Types of other modules are plain text.
		made.Type = "string"
		made.Go = path[strings.LastIndex(path, "/")+1:] + "." + name
		return
	}
	switch underlying := other.types[name].Type.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		f.named(other, name, underlying, made)
		made.Go = other.name + "." + name
		if other.marks[name].has("enum") {
			made.Enum = f.enum(other, name)
		}
	case *ast.MapType:
		f.shape(other, name, underlying, made)
		made.Whole = other.name + "." + name
	case *ast.ArrayType:
		if !other.methods[name+".MarshalToSizedBuffer"] {
			f.shape(other, name, underlying, made)
			made.Whole = other.name + "." + name
			return
		}
		made.Type = openAPIName(path, name)
		f.read(path, name)
	default:
		made.Type = openAPIName(path, name)
		f.read(path, name)
	}
}

func (f *facts) enum(p *pkg, name string) []string {
	var values []string
	for _, one := range p.consts {
		if one.typeName == name {
			values = append(values, f.valueOf(one))
		}
	}
	sort.Strings(values)
	return values
}

func (f *facts) valueOf(one constant) string {
	if one.of == "" {
		return one.value
	}
	for _, other := range f.source.load(one.of).consts {
		if other.name == one.other {
			return other.value
		}
	}
	fail("no constant " + one.of + "." + one.other)
	return ""
}

func (f *facts) resolve(p *pkg, owner string, expr ast.Expr) (string, string) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return f.resolve(p, owner, expr.X)
	case *ast.SelectorExpr:
		return p.imports[p.fileOf[owner]][expr.X.(*ast.Ident).Name], expr.Sel.Name
	case *ast.Ident:
		return p.path, expr.Name
	}
	fail("no name in " + p.path + "." + owner)
	return "", ""
}

var reference = regexp.MustCompile(`^ref\((.*)\)$`)

func (f *facts) preset(p *pkg, text string) any {
	if match := reference.FindStringSubmatch(text); match != nil {
		for _, one := range p.consts {
			if one.name == match[1] {
				return one.value
			}
		}
		fail("no constant " + match[1])
	}
	if text == "" {
		return nil
	}
	return parseJSON(text)
}

func unions(structure *ast.StructType, marked marks) []map[string]any {
	if !marked.has("union") {
		return nil
	}
	one := map[string]any{}
	members := map[string]string{}
	for _, member := range structure.Fields.List {
		text, _ := strconv.Unquote(member.Tag.Value)
		name := strings.Split(reflect.StructTag(text).Get("json"), ",")[0]
		said := marksOf(member.Doc)
		if said.has("unionDiscriminator") {
			one["discriminator"] = name
		} else if !said.has("unionDeprecated") {
			members[name] = member.Names[0].Name
		}
	}
	one["fields-to-discriminateBy"] = members
	return []map[string]any{one}
}

// openAPIName turns `k8s.io/api/core/v1` round, as Kubernetes names its schemas: `io.k8s.api.core.v1`.
func openAPIName(path, name string) string {
	host, rest, _ := strings.Cut(path, "/")
	labels := strings.Split(host, ".")
	for i, j := 0, len(labels)-1; i < j; i, j = i+1, j-1 {
		labels[i], labels[j] = labels[j], labels[i]
	}
	return strings.Join(labels, ".") + "." + strings.ReplaceAll(rest, "/", ".") + "." + name
}
