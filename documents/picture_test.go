package documents_test

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

var pictureMark = regexp.MustCompile(`/Figure <</MCID (\d+)>> BDC`)

// look is read for a file with pictures, whose marked content has no text.
func look(t testing.TB, pdf []byte) *reading {
	t.Helper()
	r := read(t, pdf)
	for page := range r.marked {
		for _, m := range pictureMark.FindAllSubmatch(r.content(t, page+1), -1) {
			n, err := strconv.Atoi(string(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			r.marked[page][n] += "(picture)"
		}
	}
	return r
}

// content is the content stream of a page, counted from 1.
func (r *reading) content(t testing.TB, page int) []byte {
	t.Helper()
	d, _, _, err := r.ctx.PageDict(page, false)
	if err != nil {
		t.Fatal(err)
	}
	content, err := r.ctx.PageContent(d, page)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// alts are the words of the pictures of a PDF, in reading order.
func (r *reading) alts(t testing.TB, o types.Object) []string {
	t.Helper()
	d := r.dict(t, o)
	var all []string
	if alt, ok := d["Alt"].(types.HexLiteral); ok {
		raw, err := hex.DecodeString(string(alt))
		if err != nil {
			t.Fatal(err)
		}
		text, err := types.DecodeUTF16String(string(raw))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	} else if d["S"] == types.Name("Figure") {
		t.Error("a picture without words")
	}
	for _, k := range r.array(t, d["K"]) {
		if r.dict(t, k)["S"] != nil {
			all = append(all, r.alts(t, k)...)
		}
	}
	return all
}

func (r *reading) pictures(t testing.TB) []string {
	t.Helper()
	return r.alts(t, r.array(t, r.dict(t, r.root(t)["StructTreeRoot"])["K"])[0])
}
