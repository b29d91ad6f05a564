package templates

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

//go:embed layouts partials pages emails
var sources embed.FS

// Options are what a Renderer needs to know of the program around it.
type Options struct {
	// Nav replaces the items of the header for an area; an area that is not named keeps DefaultNav's.
	Nav map[Area][]NavItem
}

// Renderer draws pages. It is made once at start, never changes, and may be used by many requests at once.
type Renderer struct {
	pages map[string]*template.Template
	nav   map[Area][]NavItem
}

// New parses every page with the layout and the partials. It fails on a page that is broken or calls what does not exist.
func New(opts Options) (*Renderer, error) { return newRenderer(sources, StaticFS(), opts) }

func newRenderer(source, static fs.FS, opts Options) (*Renderer, error) {
	urls, err := assetURLs(static)
	if err != nil {
		return nil, fmt.Errorf("read the built assets: %w", err)
	}
	r := &Renderer{pages: map[string]*template.Template{}, nav: DefaultNav()}
	for area, items := range opts.Nav {
		r.nav[area] = items
	}
	shared := template.New("").Option("missingkey=error").Funcs(funcs()).Funcs(template.FuncMap{"asset": assetFunc(urls), "nav": r.navFor})
	if shared, err = shared.ParseFS(source, "layouts/*.html", "partials/*.html"); err != nil {
		return nil, fmt.Errorf("parse the layout and partials: %w", err)
	}
	files, err := fs.Glob(source, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if r.pages[name], err = parsePage(shared, source, file); err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
	}
	return r, nil
}

// parsePage adds one page to a copy of the shared set and checks it.
func parsePage(shared *template.Template, source fs.FS, file string) (*template.Template, error) {
	set, err := shared.Clone()
	if err != nil {
		return nil, err
	}
	if set, err = set.ParseFS(source, file); err != nil {
		return nil, err
	}
	if set.Lookup("main") == nil && set.Lookup("frame") == nil {
		return nil, errors.New(`it defines neither "main" nor "frame"`)
	}
	return set, checkEscapes(set.Lookup("layout"))
}

// checkEscapes makes html/template walk the whole set now, as it otherwise does at the first drawing: a call of a template that
// does not exist, or an action where it cannot be made safe, is found at start. Failing on missing data is expected and passed over.
func checkEscapes(t *template.Template) error {
	var broken *template.Error
	if err := t.Execute(io.Discard, nil); errors.As(err, &broken) {
		return broken
	}
	return nil
}

// paged is any struct that embeds Page.
type paged interface{ page() Page }

// Render draws one page. It fails on a page that does not exist and on data that does not embed Page or lacks what the page reads;
// part of the page may be written by then, so the caller gives a buffer. It puts the page's problems in the order of the page's fields.
func (r *Renderer) Render(w io.Writer, page string, data any) error {
	set, ok := r.pages[page]
	if !ok {
		return fmt.Errorf("there is no page %q", page)
	}
	framed, ok := data.(paged)
	if !ok {
		return fmt.Errorf("page %s: %T does not embed templates.Page", page, data)
	}
	var drawn bytes.Buffer
	err := set.ExecuteTemplate(&drawn, "layout", data)
	if err == nil && inFieldOrder(framed.page().Problems, drawn.String()) {
		drawn.Reset()
		err = set.ExecuteTemplate(&drawn, "layout", data)
	}
	if err != nil {
		return fmt.Errorf("draw page %s: %w", page, err)
	}
	_, err = drawn.WriteTo(w)
	return err
}

// inFieldOrder sorts problems as their fields stand on a page that was drawn, and says whether that moved any. The summary stands above
// the fields, so only the page itself knows their order. What belongs to no field stands first.
func inFieldOrder(problems models.Problems, drawn string) (moved bool) {
	byPlace := func(a, b *models.Error) int {
		return strings.Index(drawn, ` id="`+a.Field+`"`) - strings.Index(drawn, ` id="`+b.Field+`"`)
	}
	if slices.IsSortedFunc(problems, byPlace) {
		return false
	}
	slices.SortStableFunc(problems, byPlace)
	return true
}

// Pages lists the names that Render knows, in no order.
func (r *Renderer) Pages() []string {
	names := make([]string, 0, len(r.pages))
	for name := range r.pages {
		names = append(names, name)
	}
	return names
}
