package handlerstest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Page is an answer.
type Page struct {
	Path     string // that was asked for
	Status   int
	Header   http.Header
	Location string // of a redirect
	Body     string
	Doc      *goquery.Document
	t        testing.TB
}

func readPage(t testing.TB, path string, answer *http.Response) *Page {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("parse %s: %v", path, err)
	}
	return &Page{
		Path: path, Status: answer.StatusCode, Header: answer.Header, Location: answer.Header.Get("Location"), Body: string(body), Doc: doc, t: t,
	}
}

// Must fails the test unless the answer has this status. It returns the page, to go on with.
func (p *Page) Must(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s: status %d, want %d (to %q): %s", p.Path, p.Status, status, p.Location, p.Text("main"))
	}
	return p
}

// Text is what the selector finds, in words, with spaces brought together; empty when it finds nothing.
func (p *Page) Text(selector string) string {
	var words strings.Builder
	for _, node := range p.Doc.Find(selector).Nodes {
		readWords(&words, node)
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

// readWords writes the text below a node, with a space where a new block begins on screen.
func readWords(words *strings.Builder, node *html.Node) {
	if node.Type == html.TextNode {
		words.WriteString(node.Data)
		return
	}
	switch node.Data {
	case "a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup":
	default:
		defer words.WriteString(" ")
		words.WriteString(" ")
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		readWords(words, child)
	}
}

// Has says that the selector finds something.
func (p *Page) Has(selector string) bool { return p.Doc.Find(selector).Length() > 0 }

// Shows fails the test unless the words stand in what the selector finds.
func (p *Page) Shows(selector, words string) {
	p.t.Helper()
	if text := p.Text(selector); !strings.Contains(text, words) {
		p.t.Errorf("%s: %q shows %q, want %q in it", p.Path, selector, text, words)
	}
}

// Problem is the sentence beside a field; empty when there is none.
func (p *Page) Problem(field string) string {
	text := p.Text("#" + field + "-error")
	return strings.TrimSpace(strings.TrimPrefix(text, "Error:"))
}
