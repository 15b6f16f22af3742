package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A pkg is the source of one Go package: its types, what is said above them, and its constants.
type pkg struct {
	path    string
	name    string
	types   map[string]*ast.TypeSpec
	marks   map[string]marks
	imports map[string]map[string]string // by file: name to path
	fileOf  map[string]string
	consts  []constant
	methods map[string]bool // "Type.Method"
}

type constant struct {
	name, typeName, value string
	// Where the value is another package's constant.
	of, other string
}

// marks are the `+name=value` lines of a comment.
type marks map[string][]string

func (m marks) one(name string) string {
	if values := m[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (m marks) has(name string) bool { return len(m[name]) > 0 }

var markLine = regexp.MustCompile(`^\+([\w:.-]+)(=(.*))?$`)

func marksOf(groups ...*ast.CommentGroup) marks {
	found := marks{}
	for _, group := range groups {
		if group == nil {
			continue
		}
		for _, comment := range group.List {
			line := strings.TrimSpace(strings.TrimPrefix(comment.Text, "//"))
			if match := markLine.FindStringSubmatch(line); match != nil {
				found[match[1]] = append(found[match[1]], strings.TrimSpace(match[3]))
			}
		}
	}
	return found
}

type source struct {
	dirs map[string]string
	pkgs map[string]*pkg
}

func openSource() *source {
	s := &source{dirs: map[string]string{}, pkgs: map[string]*pkg{}}
	for _, module := range modules {
		out, err := exec.Command("go", "mod", "download", "-json", module).Output()
		check(err, module)
		dir := regexp.MustCompile(`"Dir": "([^"]+)"`).FindSubmatch(out)
		s.dirs[module] = string(dir[1])
	}
	return s
}

func (s *source) load(path string) *pkg {
	if known := s.pkgs[path]; known != nil {
		return known
	}
	for _, module := range modules {
		if path == module || strings.HasPrefix(path, module+"/") {
			loaded := parse(path, filepath.Join(s.dirs[module], strings.TrimPrefix(path, module)))
			s.pkgs[path] = loaded
			return loaded
		}
	}
	return nil
}

func parse(path, dir string) *pkg {
	p := &pkg{
		path: path, types: map[string]*ast.TypeSpec{}, marks: map[string]marks{},
		imports: map[string]map[string]string{}, fileOf: map[string]string{}, methods: map[string]bool{},
	}
	wanted := func(info fs.FileInfo) bool {
		return !strings.HasSuffix(info.Name(), "_test.go") && !strings.HasPrefix(info.Name(), "zz_generated")
	}
	parsed, err := parser.ParseDir(token.NewFileSet(), dir, wanted, parser.ParseComments)
	check(err, dir)
	for name, files := range parsed {
		p.name = name
		for file, tree := range files.Files {
			p.read(file, tree)
		}
	}
	return p
}

func (p *pkg) read(file string, tree *ast.File) {
	p.imports[file] = map[string]string{}
	for _, spec := range tree.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		check(err, file)
		name := filepath.Base(path)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		p.imports[file][name] = path
	}
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			p.readDecl(file, decl)
		case *ast.FuncDecl:
			if decl.Recv != nil {
				p.methods[receiver(decl.Recv.List[0].Type)+"."+decl.Name.Name] = true
			}
		}
	}
}

func receiver(expr ast.Expr) string {
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if ident, ok := expr.(*ast.Ident); ok {
		return ident.Name
	}
	return ""
}

func (p *pkg) readDecl(file string, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			p.types[spec.Name.Name] = spec
			p.marks[spec.Name.Name] = marksOf(decl.Doc, spec.Doc)
			p.fileOf[spec.Name.Name] = file
		case *ast.ValueSpec:
			p.readConst(file, decl, spec)
		}
	}
}

func (p *pkg) readConst(file string, decl *ast.GenDecl, spec *ast.ValueSpec) {
	if decl.Tok != token.CONST || len(spec.Values) != len(spec.Names) {
		return
	}
	typeName := ""
	if ident, ok := spec.Type.(*ast.Ident); ok {
		typeName = ident.Name
	}
	for at, name := range spec.Names {
		if literal, ok := spec.Values[at].(*ast.BasicLit); ok && literal.Kind == token.STRING {
			value, err := strconv.Unquote(literal.Value)
			check(err, name.Name)
			p.consts = append(p.consts, constant{name: name.Name, typeName: typeName, value: value})
		}
		if call, ok := spec.Values[at].(*ast.CallExpr); ok && len(call.Args) == 1 {
			p.readConverted(file, name.Name, call)
		}
	}
}

// readConverted reads AddressType("FQDN") and AddressType(v1.IPv4Protocol).
func (p *pkg) readConverted(file, name string, call *ast.CallExpr) {
	to, ok := call.Fun.(*ast.Ident)
	if !ok {
		return
	}
	made := constant{name: name, typeName: to.Name}
	switch from := call.Args[0].(type) {
	case *ast.SelectorExpr:
		made.of, made.other = p.imports[file][from.X.(*ast.Ident).Name], from.Sel.Name
	case *ast.BasicLit:
		value, err := strconv.Unquote(from.Value)
		check(err, name)
		made.value = value
	}
	p.consts = append(p.consts, made)
}
