package documents_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

func TestMain(m *testing.M) {
	api.DisableConfigDir() // pdfcpu would write its configuration into the home folder
	m.Run()
}

// reading is a PDF as a screen reader meets it.
type reading struct {
	ctx    *model.Context
	marked []map[int]string // per page, the text of each piece of marked content
	unread []string         // per page, the text that a screen reader passes over
	stray  string           // text that is neither
	pages  map[int]int      // object number of a page → its index
}

// read parses and validates a PDF with pdfcpu and takes its text out of the content streams.
func read(t testing.TB, pdf []byte) *reading {
	t.Helper()
	ctx, err := api.ReadAndValidate(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{ctx: ctx, pages: map[int]int{}}
	for n := 1; n <= ctx.PageCount; n++ {
		d, ref, _, err := ctx.PageDict(n, false)
		if err != nil {
			t.Fatal(err)
		}
		content, err := ctx.PageContent(d, n)
		if err != nil {
			t.Fatal(err)
		}
		r.pages[ref.ObjectNumber.Value()] = n - 1
		r.page(content)
	}
	return r
}

// page walks the operators of one content stream.
func (r *reading) page(content []byte) {
	marked, unread := map[int]string{}, ""
	var operands []string
	var shown string
	inside := "" // "", unread or the number of the marked content
	for len(content) > 0 {
		if content[0] == '(' {
			shown, content = literal(content[1:])
			continue
		}
		end := bytes.IndexAny(content, " \n(")
		if end == 0 {
			content = content[1:]
			continue
		}
		if end < 0 {
			end = len(content)
		}
		word := string(content[:end])
		content = content[end:]
		switch word {
		case "BDC":
			inside = mcid(operands)
			operands = nil
		case "EMC":
			inside = ""
		case "Tj":
			switch n, err := strconv.Atoi(inside); {
			case err == nil:
				marked[n] += shown
			case inside == "unread":
				unread += shown + "\n"
			default:
				r.stray += shown
			}
			operands = nil
		default:
			operands = append(operands, word)
		}
	}
	r.marked, r.unread = append(r.marked, marked), append(r.unread, unread)
}

// mcid reads the operands of BDC: /P <</MCID 3>>, or the mark of what is not read.
func mcid(operands []string) string {
	all := strings.Join(operands, " ")
	if i := strings.LastIndex(all, "/MCID "); i >= 0 && i > strings.LastIndex(all, "/Artifact") { //nolint:misspell // the PDF operator
		return strings.TrimSuffix(all[i+len("/MCID "):], ">>")
	}
	return "unread"
}

// literal reads a PDF string up to its closing bracket; the text in it is UTF-16, big endian.
func literal(b []byte) (text string, rest []byte) {
	var raw []byte
	i := 0
	for ; b[i] != ')'; i++ {
		if b[i] == '\\' {
			i++
			if b[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, b[i])
	}
	var units []uint16
	for j := 0; j+1 < len(raw); j += 2 {
		units = append(units, uint16(raw[j])<<8|uint16(raw[j+1]))
	}
	return string(utf16.Decode(units)), b[i+1:]
}

// root is the catalog.
func (r *reading) root(t testing.TB) types.Dict {
	t.Helper()
	d, err := r.ctx.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// outline writes the structure tree, one element a line, with the text that belongs to it.
func (r *reading) outline(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	tree := r.dict(t, r.root(t)["StructTreeRoot"])
	for _, k := range r.array(t, tree["K"]) {
		r.element(t, &b, k, 0)
	}
	return b.String()
}

func (r *reading) element(t testing.TB, b *strings.Builder, o types.Object, depth int) {
	t.Helper()
	d := r.dict(t, o)
	scope := ""
	var text strings.Builder
	var below []types.Object
	for _, k := range r.array(t, d["K"]) {
		kid := r.dict(t, k)
		if kid["MCID"] == nil {
			below = append(below, k)
			continue
		}
		page := r.pages[kid["Pg"].(types.IndirectRef).ObjectNumber.Value()]
		piece, ok := r.marked[page][int(kid["MCID"].(types.Integer))]
		if !ok {
			t.Errorf("no content on page %d for %v", page+1, kid)
		}
		text.WriteString(" " + piece)
	}
	if a, ok := d["A"].(types.Dict); ok {
		scope = " " + string(a["Scope"].(types.Name))
	}
	fmt.Fprintf(b, "%s%s%s%s\n", strings.Repeat("  ", depth), d["S"].(types.Name), scope, text.String())
	for _, k := range below {
		r.element(t, b, k, depth+1)
	}
}

func (r *reading) dict(t testing.TB, o types.Object) types.Dict {
	t.Helper()
	d, err := r.ctx.DereferenceDict(o)
	if err != nil || d == nil {
		t.Fatalf("no dictionary at %v: %v", o, err)
	}
	return d
}

func (r *reading) array(t testing.TB, o types.Object) types.Array {
	t.Helper()
	a, err := r.ctx.DereferenceArray(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// text is all that a screen reader would say.
func (r *reading) text(t testing.TB) string {
	t.Helper()
	return r.outline(t)
}
