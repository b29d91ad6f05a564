package documents

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// ErrUnread says that a file has no text that one of our PDFs could have.
var ErrUnread = errors.New("documents: no text can be read in this file")

// mostText bounds what is read of one page, in bytes: a page of ours has some ten thousand.
const mostText = 1 << 20

// Unsaid lists which of the texts a PDF of ours does not say, as the PDF would draw them: a letter without a shape as its mark, a long
// line broken. It reads what this package has drawn, of whatever release, and nothing else. Error: ErrUnread.
func Unsaid(pdf []byte, texts ...string) ([]string, error) {
	letters, err := newCoverage(regularFont)
	if err != nil {
		return nil, err
	}
	said := drawnText(pdf)
	if said == "" {
		return nil, ErrUnread
	}
	var unsaid []string
	for _, text := range texts {
		if !strings.Contains(said, unspaced(letters.drawable(text))) {
			unsaid = append(unsaid, text)
		}
	}
	return unsaid, nil
}

// unspaced is a text without its spaces, which stand where lines are broken.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// drawnText is all text of a file, without its spaces.
func drawnText(pdf []byte) string {
	var said strings.Builder
	for {
		_, rest, found := bytes.Cut(pdf, []byte("stream\n"))
		if !found {
			return unspaced(said.String())
		}
		pdf = rest
		if content := inflated(rest); bytes.Contains(content, []byte(" BDC\n")) { // a page; all that a page says is marked content
			shown(&said, content)
		}
	}
}

// inflated is what a stream holds; nothing when it is not one of compressed bytes.
func inflated(stream []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil
	}
	content, err := io.ReadAll(io.LimitReader(r, mostText))
	if err != nil {
		return nil
	}
	return content
}

// shown writes the strings that a page shows: UTF-16, big endian, between round brackets, where a backslash stands before a bracket or
// a backslash of the text, and \r is a carriage return.
func shown(said *strings.Builder, content []byte) {
	var raw []byte
	inside := false
	for i := 0; i < len(content); i++ {
		switch b := content[i]; {
		case !inside:
			inside = b == '('
		case b == ')':
			said.WriteString(fromUTF16(raw))
			raw, inside = raw[:0], false
		case b == '\\' && i+1 < len(content):
			i++
			if b = content[i]; b == 'r' {
				b = '\r'
			}
			raw = append(raw, b)
		default:
			raw = append(raw, b)
		}
	}
}

func fromUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}
