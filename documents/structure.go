package documents

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// role is a standard structure type of PDF 1.7 (ISO 32000-1, 14.8.4).
type role string

const (
	roleDocument  role = "Document"
	roleHeading1  role = "H1"
	roleHeading2  role = "H2"
	roleParagraph role = "P"
	roleList      role = "L"
	roleItem      role = "LI"
	roleLabel     role = "Lbl"
	roleBody      role = "LBody"
	roleTable     role = "Table"
	roleRow       role = "TR"
	roleHead      role = "TH"
	roleCell      role = "TD"
	roleSection   role = "Sect"
)

// element is a node of the structure tree: what a screen reader walks. A piece is either a child or marked content.
type element struct {
	role   role
	scope  string // of a TH: Column or Row
	parent *element
	pieces []piece
	object int // its number in the file, given when the file is assembled
}

type piece struct {
	child      *element
	page, mcid int // of marked content; page counts from 1
}

// number gives the element and all below it their object numbers, in reading order, and returns the next free one.
func (e *element) number(next int) int {
	e.object = next
	next++
	for _, p := range e.pieces {
		if p.child != nil {
			next = p.child.number(next)
		}
	}
	return next
}

func reference(object int) types.IndirectRef { return *types.NewIndirectRef(object, 0) }

// dict is the element as a StructElem; pages holds the object number of each page.
func (e *element) dict(parent int, pages []int) types.Dict {
	kids := types.Array{}
	for _, p := range e.pieces {
		if p.child != nil {
			kids = append(kids, reference(p.child.object))
			continue
		}
		kids = append(kids, types.Dict{
			"Type": types.Name("MCR"), "Pg": reference(pages[p.page-1]), "MCID": types.Integer(p.mcid),
		})
	}
	d := types.Dict{
		"Type": types.Name("StructElem"), "S": types.Name(string(e.role)), "P": reference(parent), "K": kids,
	}
	if e.scope != "" {
		d["A"] = types.Dict{"O": types.Name("Table"), "Scope": types.Name(e.scope)}
	}
	return d
}

// write hands the element and all below it to put, in the order of their numbers.
func (e *element) write(parent int, pages []int, put func(object int, d types.Dict)) {
	put(e.object, e.dict(parent, pages))
	for _, p := range e.pieces {
		if p.child != nil {
			p.child.write(e.object, pages, put)
		}
	}
}

// treeRoot is the StructTreeRoot. Its parent tree leads from each page's marked content back to the elements.
func treeRoot(document *element, marks [][]*element) types.Dict {
	nums := types.Array{}
	for page, owners := range marks {
		refs := types.Array{}
		for _, e := range owners {
			refs = append(refs, reference(e.object))
		}
		nums = append(nums, types.Integer(page), refs)
	}
	return types.Dict{
		"Type": types.Name("StructTreeRoot"), "K": types.Array{reference(document.object)},
		"ParentTree": types.Dict{"Nums": nums}, "ParentTreeNextKey": types.Integer(len(marks)),
	}
}
