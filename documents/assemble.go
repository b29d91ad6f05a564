package documents

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

var errDrawn = errors.New("documents: the drawn PDF has an unexpected form")

// drawn is the file fpdf made, cut into its objects. fpdf can write marked content but not the structure tree that gives it
// meaning, and pdfcpu's writer stamps the time and so never gives the same bytes twice; therefore the objects are put
// together here.
type drawn struct {
	objects    map[int][]byte
	size       int // one more than the highest object number
	root, info int
	pages      []int
}

// assemble adds the structure tree to a drawn file. The bytes depend on nothing but the arguments.
func assemble(file []byte, document *element, marks [][]*element) ([]byte, error) {
	d, err := readDrawn(file)
	if err != nil {
		return nil, err
	}
	if len(d.pages) != len(marks) {
		return nil, fmt.Errorf("%w: %d pages, %d expected", errDrawn, len(d.pages), len(marks))
	}
	tree := d.size
	next := document.number(tree + 1)
	for i, page := range d.pages {
		err = errors.Join(err, d.extend(page, "/Type /Page\n", fmt.Sprintf("/StructParents %d /Tabs /S\n", i)))
	}
	err = errors.Join(err, d.extend(d.root, "/Type /Catalog\n", fmt.Sprintf(
		"/MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>>\n", tree)))
	if err != nil {
		return nil, err
	}
	d.put(tree, treeRoot(document, marks))
	document.write(tree, d.pages, d.put)
	d.size = next
	return d.bytes(), nil
}

// extend inserts entries into the dictionary of an object, after an entry that must be there.
func (d *drawn) extend(object int, after, entries string) error {
	was := d.objects[object]
	now := bytes.Replace(was, []byte(after), []byte(after+entries), 1)
	if len(now) == len(was) {
		return fmt.Errorf("%w: object %d has no %q", errDrawn, object, after)
	}
	d.objects[object] = now
	return nil
}

func (d *drawn) put(object int, dict types.Dict) {
	d.objects[object] = fmt.Appendf(nil, "%d 0 obj\n%s\nendobj\n", object, dict.PDFString())
}

// bytes writes a whole PDF 1.7 file with one cross-reference table. The file's ID is made from its content.
func (d *drawn) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, d.size)
	for n := 1; n < d.size; n++ {
		offsets[n] = b.Len()
		b.Write(d.objects[n])
	}
	id, table := sha256.Sum256(b.Bytes()), b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", d.size)
	for _, at := range offsets[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		d.size, d.root, d.info, id[:16], id[:16], table)
	return b.Bytes()
}

var (
	xrefStart = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n?$`)
	xrefSize  = regexp.MustCompile(`^xref\n0 (\d+)\n`)
	trailer   = regexp.MustCompile(`/Root (\d+) 0 R\n/Info (\d+) 0 R`)
	pageKids  = regexp.MustCompile(`/Kids \[([^]]*)\]`)
	kid       = regexp.MustCompile(`(\d+) 0 R`)
)

const xrefRow = 20 // bytes of one row of a cross-reference table, by the standard

// readDrawn cuts a file with one cross-reference table, as fpdf writes it, into its objects.
func readDrawn(file []byte) (*drawn, error) {
	at := number(xrefStart.FindSubmatch(file), 1)
	if at <= 0 || at >= len(file) {
		return nil, errDrawn
	}
	d := &drawn{objects: map[int][]byte{}}
	head := xrefSize.FindSubmatch(file[at:])
	d.size = number(head, 1)
	root := trailer.FindSubmatch(file[at:])
	d.root, d.info = number(root, 1), number(root, 2)
	if d.size <= 0 || d.root <= 0 || d.info <= 0 || len(file) < at+len(head[0])+xrefRow*d.size {
		return nil, errDrawn
	}
	d.cut(file, file[at+len(head[0]):], at)
	for _, k := range kid.FindAllSubmatch(first(pageKids.FindSubmatch(d.objects[1])), -1) {
		d.pages = append(d.pages, number(k, 1))
	}
	return d, nil
}

// cut takes each object from its offset to the next one; end is where the last object ends.
func (d *drawn) cut(file, rows []byte, end int) {
	offsets := make([]int, d.size)
	for n := 1; n < d.size; n++ {
		offsets[n], _ = strconv.Atoi(string(rows[xrefRow*n : xrefRow*n+10]))
	}
	sorted := append([]int{end}, offsets[1:]...)
	sort.Ints(sorted)
	for n := 1; n < d.size; n++ {
		next := sort.SearchInts(sorted, offsets[n]+1)
		if next < len(sorted) {
			d.objects[n] = file[offsets[n]:sorted[next]]
		}
	}
}

// first is the first group of a match, or nothing.
func first(match [][]byte) []byte {
	if len(match) < 2 {
		return nil
	}
	return match[1]
}

// number is a group of a match as a number, or 0.
func number(match [][]byte, group int) int {
	if len(match) <= group {
		return 0
	}
	n, err := strconv.Atoi(string(match[group]))
	if err != nil {
		return 0
	}
	return n
}
